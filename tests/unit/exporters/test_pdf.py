import io
import itertools
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from briefing_app.domain.statement import Kind, Part
from briefing_app.errors import Cancelled
from briefing_app.exporters.pdf import exporter
from briefing_app.exporters.style import load_style
from briefing_app.progress import NoProgress
from tests.unit.exporters import reading
from tests.unit.exporters.contents import (
    cited_content,
    content,
    row,
    seed_bytes,
    seed_story,
    story,
)

N, K, T, M = Part.NARRATIVE, Part.KEY_POINTS, Part.KEY_TAKEAWAYS, Part.IMPACT


def written(made, page="A4"):
    return exporter.write(made, load_style("house", page), NoProgress())


def three_stories():
    cited = story(
        row(N, "What happened.", "n1"),
        row(K, "A fact.", "n3"),
        row(K, "Another.", "n1", against=("n3",)),
        row(T, "A judgement."),
        headline="The first of three",
    )
    return cited_content(cited, seed_story(), story(row(K, "x"), headline="Last"), title="Three")


@pytest.fixture(scope="module")
def seed_pdf(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "seed.pdf"
    path.write_bytes(written(content(seed_story())).data)
    return path


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "three.pdf"
    path.write_bytes(written(three_stories()).data)
    return path


def seed_words():
    found = reading.words(seed_bytes().decode().split("# ", 1)[1])
    assert len(found) == 475
    return found


def test_poppler_finds_every_word_of_the_sample_story_in_order(seed_pdf):
    assert reading.missing(seed_words(), reading.words(reading.poppler_text(seed_pdf))) == []


def test_pdfium_finds_every_word_of_the_sample_story_in_order(seed_pdf):
    found = reading.words(reading.pdfium_text(seed_pdf.read_bytes()))
    assert reading.missing(seed_words(), found) == []


def test_the_structure_holds_every_word_of_the_sample_story_in_order(seed_pdf):
    found = reading.words(reading.run(seed_pdf, "pdfinfo", "-struct-text"))
    assert reading.missing(seed_words(), found) == []


@pytest.mark.parametrize("page", ["A4", "Letter"])
def test_the_sample_story_takes_two_pages(page):
    made = written(content(seed_story()), page)
    assert made.pages == reading.page_count(made.data) == 2
    assert made.warnings == ()


def test_qpdf_finds_nothing_wrong(seed_pdf, three):
    for path in (seed_pdf, three):
        assert "No syntax or stream encoding errors" in reading.run(path, "qpdf", "--check")


def test_the_same_content_gives_the_same_bytes(seed_pdf):
    assert written(content(seed_story())).data == seed_pdf.read_bytes()


def test_neither_the_clock_nor_the_environment_changes_a_byte(seed_pdf, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert written(content(seed_story())).data == seed_pdf.read_bytes()


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "RL_useA85": "0", "RL_ttfAsciiReadable": "1", "RL_invariant": "0"},
    ],
    ids=["another place", "other settings of ReportLab"],
)
def test_another_process_makes_the_same_bytes(seed_pdf, settings):
    code = (
        "import sys; from tests.unit.exporters.test_pdf import *; "
        "sys.stdout.buffer.write(written(content(seed_story())).data)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[3],
        env={**os.environ, **settings},
        capture_output=True,
        check=True,
    )
    assert done.stdout == seed_pdf.read_bytes()


def test_nothing_private_is_in_the_file(seed_pdf):
    with pikepdf.open(seed_pdf) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer", "/CreationDate", "/ModDate"}
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260125120000Z"
        text = str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode()
    assert "ReportLab" not in text
    assert not re.search(r"uuid|/home/|/tmp/|/root", text, re.IGNORECASE)


@pytest.mark.parametrize("name", ["seed_pdf", "three"])
def test_all_that_is_painted_is_tagged_and_all_that_is_tagged_is_painted(name, request):
    tree = reading.Structure(request.getfixturevalue(name).read_bytes())
    assert tree.marked
    assert tree.untagged == []
    assert sorted(tree.in_tree) == sorted(tree.painted)
    assert len(tree.in_tree) == len(set(tree.in_tree))
    assert set(tree.tabs) == {"/S"}


def test_the_tree_follows_the_story(seed_pdf):
    tags = [tag for _depth, tag in reading.Structure(seed_pdf.read_bytes()).tags]
    assert tags[:6] == ["Document", "Sect", "H1", "P", "Sect", "H2"]
    assert tags.count("H2") == 4
    assert tags.count("L") == 3
    assert tags.count("LI") == tags.count("Lbl") == tags.count("LBody") == 15


def test_headings_of_several_stories_have_no_gap(three):
    tags = [tag for _depth, tag in reading.Structure(three.read_bytes()).tags]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("H[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_each_link_is_named_and_stands_in_the_tree(three):
    tree = reading.Structure(three.read_bytes())
    assert tree.link_targets == ["inside"] * 3 + ["https://www.example.org/peace?id=7"]
    assert tree.link_texts[:3] == ["[1]", "[2]", "[1, but see 2]".replace(" ", "\u00a0")]
    assert set(tree.link_parents) <= tree.parents
    assert sorted(tree.objects) == sorted(tree.link_objects)


def test_the_file_claims_what_it_keeps(seed_pdf):
    tree = reading.Structure(seed_pdf.read_bytes())
    assert (tree.lang, tree.title) == ("en", seed_story().headline)
    assert tree.shows_title
    assert tree.intents == ["/GTS_PDFA1"]
    xmp = ElementTree.fromstring(tree.xmp.split("?>", 1)[1].rsplit("<?xpacket", 1)[0])
    facts = {
        node.tag.split("}")[0][1:]: node.text for node in xmp.iter() if node.tag.endswith("}part")
    }
    assert facts == {
        "http://www.aiim.org/pdfa/ns/id/": "2",
        "http://www.aiim.org/pdfua/ns/id/": "1",
    }


def test_every_font_is_embedded_and_none_is_helvetica(three):
    fonts = reading.Structure(three.read_bytes()).fonts
    assert fonts
    for name, embedded, unicode in fonts:
        assert embedded, name
        assert unicode, name
        assert "Helvetica" not in name
        assert re.match(r"/[A-Z]{6}\+Source", name)


def test_streams_end_with_a_line_end_before_the_keyword(seed_pdf):
    data = seed_pdf.read_bytes()
    ends = list(re.finditer(rb"(.)endstream", data, re.DOTALL))
    assert ends
    assert all(end[1] in b"\r\n" for end in ends)


def test_pages_after_the_first_show_the_headline_and_all_show_their_number(seed_pdf):
    first, second = reading.poppler_text(seed_pdf).split("\f")[:2]
    assert first.rstrip().endswith("Page 1 of 2")
    assert second.startswith(seed_story().headline[:40])
    assert "Page 2 of 2" in second


def test_the_outline_lists_the_stories(three):
    with pikepdf.open(three) as pdf, pdf.open_outline() as outline:
        (brief,) = outline.root
        assert brief.title == "Three"
        assert [item.title for item in brief.children][::2] == ["The first of three", "Last"]


def test_the_bar_beside_the_takeaways_is_one_piece_on_each_page(seed_pdf):
    with pikepdf.open(seed_pdf) as pdf:
        bars = [
            [float(edge) for edge in operands]
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "re"
        ]
    (bar,) = bars
    assert bar[2] == pytest.approx(2.2)
    assert bar[3] > 100


@pytest.mark.parametrize(
    "text",
    [
        '<img src="/etc/hostname">',
        "a<b and AT&T &amp; <b>unclosed",
        "javascript:alert(1) (paren\\) %s {page}",
        "100 % of \u201cquotes\u201d \u2014 d\u2019accord",
    ],
)
def test_what_looks_like_markup_is_printed_as_it_is(text, tmp_path):
    path = tmp_path / "x.pdf"
    made = content(story(row(N, text), row(K, text), headline=text))
    path.write_bytes(written(made).data)
    found = " ".join(reading.poppler_text(path).split())
    assert found.count(" ".join(text.split())) == 3
    with pikepdf.open(path) as pdf:
        assert all("/XObject" not in page.obj.Resources for page in pdf.pages)


def test_a_character_that_no_face_has_is_seen_on_the_page_and_kept_as_text(tmp_path):
    path = tmp_path / "x.pdf"
    made = written(content(story(row(N, "before \u4e16\u754c after \U0001f389."))))
    path.write_bytes(made.data)
    assert "before \u4e16\u754c after \U0001f389." in reading.poppler_text(path)
    (warning,) = map(str, made.warnings)
    assert "3 of the characters" in warning
    for char in "\u4e16\u754c\U0001f389":
        assert char in warning


def test_cyrillic_and_greek_need_no_replacement():
    assert written(content(story(row(N, "Зеленський Їжак Ωμέγα Tiếng Việt")))).warnings == ()


def test_a_letter_with_a_loose_accent_is_set_as_one(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(written(content(story(row(N, "cafe\u0301 \u2610 done")))).data)
    assert "caf\u00e9" in reading.poppler_text(path)


def test_control_characters_are_seen_not_swallowed(tmp_path):
    made = written(content(story(row(N, "a\x00b\x07c"))))
    (warning,) = map(str, made.warnings)
    assert "\ufffd" in warning


def test_a_paragraph_of_32000_words_takes_less_than_two_seconds_and_keeps_every_word(tmp_path):
    text = " ".join(f"word{number}" for number in range(32000))
    begun = time.process_time()
    made = written(content(story(row(N, text))))
    assert time.process_time() - begun < 2
    assert made.pages > 50
    path = tmp_path / "x.pdf"
    path.write_bytes(made.data)
    assert reading.missing(text.split(), reading.words(reading.poppler_text(path))) == []


def test_a_headline_longer_than_a_page_is_parted(tmp_path):
    made = written(content(story(row(K, "end"), headline="A very long headline " * 200)))
    path = tmp_path / "x.pdf"
    path.write_bytes(made.data)
    assert made.pages > 2
    assert reading.poppler_text(path).count("headline") >= 200


def test_six_hundred_stories_are_one_file():
    made = written(
        content(*(story(row(N, "x"), row(K, "y"), headline=f"S{n}") for n in range(600)), title="B")
    )
    tree = reading.Structure(made.data)
    assert [tag for _depth, tag in tree.tags].count("H2") == 600
    assert sorted(tree.in_tree) == sorted(tree.painted)


@pytest.mark.parametrize(
    "made",
    [
        content(),
        content(story(headline="")),
        content(story(headline="\u200b")),
        content(story(row(K, "\u200b\u200f"), row(M, "\u200b", kind=Kind.PARAGRAPH))),
        content(story(row(K, "Only one statement."), headline="Short")),
    ],
    ids=["nothing", "no words", "no ink", "no ink in parts", "one statement"],
)
def test_a_brief_with_next_to_nothing_in_it_is_a_page(made, tmp_path):
    path = tmp_path / "x.pdf"
    done = written(made)
    path.write_bytes(done.data)
    assert done.pages == 1
    reading.run(path, "qpdf", "--check")


def test_the_sample_story_takes_less_than_a_twentieth_of_a_second():
    made, style = content(seed_story()), load_style()
    exporter.write(made, style, NoProgress())
    times = []
    for _ in range(7):
        begun = time.process_time()
        exporter.write(made, style, NoProgress())
        times.append(time.process_time() - begun)
    assert min(times) <= 0.05


def test_an_export_can_be_stopped():
    class Stop(NoProgress):
        def check(self):
            raise Cancelled

    with pytest.raises(Cancelled):
        exporter.write(content(seed_story()), load_style(), Stop())


def test_exports_in_several_threads_give_the_same_bytes(seed_pdf):
    from concurrent import futures

    with futures.ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _n: written(content(seed_story())).data, range(12)))
    assert set(made) == {seed_pdf.read_bytes()}


def test_the_bytes_are_read_by_pikepdf_without_a_repair(three):
    with pikepdf.open(io.BytesIO(three.read_bytes())) as pdf:
        assert pdf.check_pdf_syntax() == []
