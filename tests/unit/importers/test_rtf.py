"""Rich Text Format documents."""

from __future__ import annotations

import pytest

from briefing_app.errors import UnreadableSource
from tests.unit.importers.office import FILES, PNG, article, blocks, read, spans
from tests.unit.importers.test_docx import REPORT


def rtf(body: str | bytes, head: str = "") -> bytes:
    inside = body if isinstance(body, bytes) else body.encode("ascii")
    return b"{\\rtf1\\ansi\\ansicpg1252" + head.encode("ascii") + b"\n" + inside + b"}"


def text(body: str | bytes, head: str = "") -> str:
    return article("a.rtf", rtf(body, head)).body.text


def test_a_document_that_libreoffice_saved_comes_in_whole():
    found = article("report.rtf", (FILES / "report.rtf").read_bytes())

    assert blocks(found) == REPORT
    assert [b.ordered for b in found.body.blocks if b.kind == "item"] == [0, 0, 0, 1, 1, 1]
    assert spans(found) == [
        ("bold", "old bridge", ""),
        ("italic", "never", ""),
        ("link", "the city", "https://news.example/bridges"),
    ]
    assert (found.title, found.authors, found.published.iso) == (
        "Bridges of the Dnipro",
        ("Olena Koval",),
        "2026-01-25T09:30:00",
    )
    (image,) = [block for block in found.body.blocks if block.kind == "image"]
    assert (image.alt, image.asset) == ("a map of the river", found.pictures[0].digest)
    assert found.pictures[0].data == PNG


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (r"a\par b\par", "a\nb"),
        ("a\\\nb", "a\nb"),
        ("a\nb", "ab"),
        (r"a\line b\tab c", "a b c"),
        (r"\lquote a\rquote\emdash\~b\{\}\\", "‘a’— b{}\\"),
        (r"caf\'e9 \'93x\'94", "café “x”"),
        (r"\u1052?\u1110?\u1089?\u1090?", "Міст"),
        (r"\uc0\u1052\u1110\uc2\u1089ab\u1090\'61\'62!", "Міст!"),
        (r"{\uc3\u1052abc}\u1110?", "Мі"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\uc1\u1052\par b", "М\nb"),
        (r"op\-tion\-al", "optional"),
        (r"a{\v hidden}b{\deleted gone}", "ab"),
        (r"a{\*\unknown not text}b{\header top}{\footer end}", "ab"),
        (r"{\upr{old}{\*\ud{\u1052?}}}", "М"),
        (
            r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt in a box\par}}{\shprslt twice}}",
            "in a box",
        ),
        (r"{\object{\*\objdata 00ff}{\result shown}}", "shown"),
        (r"{\annotation a remark}kept", "kept"),
        (r"a{\bin5 }}}}}b}c", "abc"),
        (r"a}not of it", "a"),
        ("a{b{c", "abc"),
    ],
)
def test_characters_and_groups(body, said):
    assert text(body) == said


FONTS = (
    r"{\fonttbl{\f0\fcharset204 Cyr;}{\f1\fcharset134 Sim;}{\f2\fcharset178 Ara;}{\f3\fcharset0 A;}"
    r"{\f4\fcharset128 Jap;}{\f5\fcharset238 Cen;}}"
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{\\f0 \\'cc\\'b3\\'f1\\'f2}", "Міст"),
        (b"{\\f1 \\'c7\\'c5}", "桥"),
        (b"{\\f2 \\'c8\\'e3}", "بم"),
        (b"{\\f3 \\'e9}", "é"),
        (b"{\\f4 \\'83A\\'83\\'43}", "アイ"),
        (b"{\\f5 \\'9e}", "ž"),
        (b"{\\f0 \xcc\xb3\xf1\xf2}", "Міст"),
        ("Міст".encode(), "Міст"),
    ],
)
def test_bytes_are_read_in_the_encoding_of_their_font(body, said):
    assert text(body, FONTS) == said


def test_the_code_page_of_the_document_is_that_of_fonts_which_say_none():
    data = b"{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0 A;}}\\f0 \\'cc\\'b3\\'f1\\'f2}"
    assert article("a.rtf", data).body.text == "Міст"
    assert article("a.rtf", b"{\\rtf1\\ansicpg99999 \\'e9}").body.text == "é"


STYLES = (
    r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2\outlinelevel1 Ours;}{\s3\sbasedon2 Child;}"
    r"{\s4 Quote;}{\s5 caption;}{\s6 HTML Preformatted;}{\s7 Title;}"
    r"{\s8\sbasedon8 Loop;}{\*\cs9 Char;}}"
)


def test_styles_tell_what_a_paragraph_is():
    body = (
        r"\pard\s7 Top\par\pard\s1 One\par\pard\s2 Two\par\pard\s3 Two again\par"
        r"\pard\outlinelevel2 Three\par\pard\outlinelevel9 Text\par\pard\s4 Said\par\pard\s5 Figure\par"
        r"\pard\s6 a:\par   b\par\pard\s8 Loop\par\pard\s99 None\par"
    )
    found = article("a.rtf", rtf(body, STYLES))
    assert found.title == "Top"
    assert blocks(found) == [
        ("heading", 1, "One"),
        ("heading", 2, "Two"),
        ("heading", 2, "Two again"),
        ("heading", 3, "Three"),
        ("paragraph", 0, "Text"),
        ("quote", 0, "Said"),
        ("caption", 0, "Figure"),
        ("code", 0, "a:\n  b"),
        ("paragraph", 0, "Loop"),
        ("paragraph", 0, "None"),
    ]


LISTS = (
    r"{\*\listtable{\list{\listlevel\levelnfc0{\leveltext x;}}{\listlevel\levelnfc23 }\listid7}}"
    r"{\*\listoverridetable{\listoverride\listid7\ls1}}"
)


def test_items_are_known_by_their_marker_or_by_the_table_of_lists():
    body = (
        r"\pard{\listtext\'95\tab}\ls1\ilvl0 dot\par\pard{\pntext\f3 o\tab}\ilvl1 ring\par"
        r"\pard{\listtext 12.\tab}\ls1 twelve\par\pard\ls1\ilvl0 one\par\pard\ls1\ilvl1 two\par"
        r"\pard\ls9 text\par"
    )
    found = article("a.rtf", rtf(body, LISTS))
    assert blocks(found) == [
        ("item", 1, "dot"),
        ("item", 2, "ring"),
        ("item", 1, "twelve"),
        ("item", 1, "one"),
        ("item", 2, "two"),
        ("paragraph", 0, "text"),
    ]
    assert [block.ordered for block in found.body.blocks] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]


def test_rows_of_cells_are_a_table():
    row = r"\trowd\cellx100\cellx200\pard\intbl {}\cell {}\cell\row "
    body = (
        r"before\par " + row.format("a", "b") + row.format(r"one\par two", "") + r"\pard after\par"
    )
    assert blocks(article("a.rtf", rtf(body))) == [
        ("paragraph", 0, "before"),
        ("table", 0, "a\tb\none two\t"),
        ("paragraph", 0, "after"),
    ]


def test_a_table_that_only_places_text_stays_text():
    row = r"\pard\intbl {}\cell beside\cell\row "
    found = article("a.rtf", rtf(row.format("word " * 400)))
    assert [kind for kind, _, _ in blocks(found)] == ["paragraph", "paragraph"]


def test_looks_and_links_are_spans():
    link = r'{\field{\*\fldinst{HYPERLINK "https://a.example/"}}{\fldrslt{\ul link}}}'
    none = r'{\field{\*\fldinst HYPERLINK "javascript:x()"}{\fldrslt  none}}'
    page = r"{\field{\*\fldinst PAGE}{\fldrslt  7}}"
    body = r"a {\b bold {\i both}} \b on\b0  off " + link + none + page
    found = article("a.rtf", rtf(body))
    assert found.body.text == "a bold both on off link none 7"
    assert spans(found) == [
        ("bold", "bold both", ""),
        ("italic", "both", ""),
        ("bold", "on", ""),
        ("link", "link", "https://a.example/"),
    ]


def test_a_note_stands_at_the_end_and_its_paragraph_goes_on():
    note = r"{\super\chftn{\footnote\pard\plain\chftn  the note\par second}}"
    body = r"\pard a" + note + r" b{\*\footnote x}\par c\par"
    assert blocks(article("a.rtf", rtf(body))) == [
        ("paragraph", 0, "a[1] b[2]"),
        ("paragraph", 0, "c"),
        ("rule", 0, ""),
        ("item", 1, "the note"),
        ("item", 1, "second"),
        ("item", 1, "x"),
    ]


def test_a_picture_is_kept_once_and_what_is_none_is_not():
    png = PNG.hex()
    body = (
        r"x{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv a map}}}\pngblip " + png + "}}"
        r"{\nonshppict{\pict\wmetafile8 00ff}}{\pict\wmetafile8 00ff}{\pict\pngblip zz}\par"
    )
    found = article("a.rtf", rtf(body))
    assert [(b.alt, bool(b.asset)) for b in found.body.blocks[1:]] == [("a map", True)]
    assert found.pictures[0].data == PNG


def test_a_picture_may_be_given_as_bytes():
    body = b"x{\\pict\\pngblip\\bin" + str(len(PNG)).encode() + b" " + PNG + b"}\\par"
    assert article("a.rtf", rtf(body)).pictures[0].data == PNG


def test_what_a_document_says_of_itself_is_taken():
    info = r"{\info{\title Caf\'e9}{\author A; B}{\creatim\yr2026\mo2\dy3}{\revtim\yr2027\mo1\dy1\hr4}}"
    found = article("a.rtf", rtf("x", info))
    assert (found.title, found.authors, found.published.iso) == ("Café", ("A", "B"), "2026-02-03")
    assert article("a.rtf", rtf("x", r"{\info{\creatim\yr0\mo0\dy0}}")).published is None


def test_a_title_that_is_all_there_is_stays_the_text():
    found = article("a.rtf", rtf(r"All.\par", r"{\info{\title All.}}"))
    assert (found.title, found.body.text) == ("All.", "All.")


@pytest.mark.parametrize("name", ["a.rtf", "a.doc", "a.txt", "x"])
def test_it_is_known_by_its_content(name):
    assert read(name, b"\n{\\rtf1 x}").format == "RTF document"


@pytest.mark.parametrize("data", [b"{\\rtf1}", b"{\\rtf1{\\header x}}", b"{\\rtf"])
def test_what_holds_no_text_says_so(data):
    with pytest.raises(UnreadableSource, match="no text"):
        read("a.rtf", data)
