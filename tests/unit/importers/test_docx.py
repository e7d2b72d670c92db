"""Word documents."""

from __future__ import annotations

import hashlib

import pytest

from briefing_app.errors import UnreadableSource
from tests.hostile import zips
from tests.unit.importers.office import (
    FILES,
    PNG,
    article,
    blocks,
    docx,
    docx_parts,
    p,
    picture,
    read,
    relations,
    spans,
)

REPORT = [
    ("heading", 1, "What stands"),
    ("paragraph", 0, "The old bridge was never closed[1], says the city."),
    ("item", 1, "first point"),
    ("item", 2, "a detail"),
    ("item", 1, "second point"),
    ("item", 1, "step one"),
    ("item", 1, "step two"),
    ("heading", 2, "Figures"),
    ("table", 0, "Bridge\tMetres\nPaton\t1543"),
    ("quote", 0, "We build, and the river waits."),
    ("code", 0, "length  = 1543"),
    ("paragraph", 0, "Міст закрили на ремонт у понеділок."),
    ("paragraph", 0, "أغلق الجسر للصيانة يوم الاثنين."),
    ("paragraph", 0, "大桥于星期一关闭维修。"),
    ("image", 0, ""),
    ("rule", 0, ""),
    ("item", 1, "Except for three days in 1954."),
]


def test_a_document_that_libreoffice_saved_comes_in_whole():
    found = article("report.docx", (FILES / "report.docx").read_bytes())

    assert blocks(found) == REPORT
    assert [b.ordered for b in found.body.blocks if b.kind == "item"] == [0, 0, 0, 1, 1, 1]
    assert spans(found)[:3] == [
        ("bold", "old bridge", ""),
        ("italic", "never", ""),
        ("link", "the city", "https://news.example/bridges"),
    ]
    assert (found.title, found.authors, found.language) == (
        "Bridges of the Dnipro",
        ("Olena Koval",),
        "en-GB",
    )
    assert found.published.date.isoformat() == "2026-01-25"
    assert dict(found.origins) == {
        "title": "title",
        "authors": "document properties",
        "published": "document properties",
        "language": "document properties",
    }


def test_its_picture_comes_along_and_its_block_names_it():
    found = article("report.docx", (FILES / "report.docx").read_bytes())
    (image,) = [block for block in found.body.blocks if block.kind == "image"]
    (kept,) = found.pictures
    assert image.alt == "a map of the river"
    assert image.asset == kept.digest == hashlib.sha256(kept.data).hexdigest()
    assert kept.media_type == "image/png"


def test_a_style_that_stands_in_the_outline_is_a_heading_whatever_its_name():
    body = p("Top", "T") + p("Second", "U2") + p("Third", "Own") + p("Also third", "Child")
    own = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>By itself</w:t></w:r></w:p>'
    found = article("a.docx", docx(body + own + p("Text.")))
    assert found.title == "Top"
    assert blocks(found) == [
        ("heading", 2, "Second"),
        ("heading", 3, "Third"),
        ("heading", 3, "Also third"),
        ("heading", 1, "By itself"),
        ("paragraph", 0, "Text."),
    ]


def test_a_table_of_contents_is_there_and_left_out():
    toc = '<w:style w:type="paragraph" w:styleId="V1"><w:name w:val="toc 1"/></w:style>'
    page = "<w:r><w:tab/><w:t>7</w:t></w:r>"
    body = p("One", "V1", page) + p("Text.") + p("One")
    found = article("a.docx", docx(body, styles=toc))
    assert [block.included for block in found.body.blocks] == [False, True, True]
    assert found.body.text == "One 7\nText.\nOne"


def test_quotes_and_captions_are_known_by_their_styles():
    found = article("a.docx", docx(p("Said.", "Q") + p("Figure 1", "C")))
    assert blocks(found) == [("quote", 0, "Said."), ("caption", 0, "Figure 1")]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<w:fldSimple w:instr="REF x"><w:r><w:t>a field</w:t></w:r></w:fldSimple>', "a field"),
        ('<w:bdo w:val="rtl"><w:r><w:t>שלום</w:t></w:r></w:bdo>', "שלום"),
        (
            (
                "<w:r><w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r>"
                "</w:rubyBase></w:ruby></w:r>"
            ),
            "東",
        ),
        (
            (
                "<m:oMath><m:r><m:t>a</m:t></m:r><m:sSup><m:e><m:r><m:t>+b</m:t></m:r></m:e>"
                "</m:sSup></m:oMath>"
            ),
            "a+b",
        ),
        ("<m:oMathPara><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara>", "x=1"),
        ("<w:r><w:t>one</w:t><w:cr/><w:t>two</w:t></w:r>", "one two"),
        (
            (
                "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent><w:p><w:r>"
                "<w:t>in a box</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
                "</mc:AlternateContent></w:r>"
            ),
            "in a box",
        ),
        (
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r>",
            "seen",
        ),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>not hidden</w:t></w:r>', "not hidden"),
        (
            (
                "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r>"
                "<w:t>new</w:t></w:r></w:ins>"
            ),
            "new",
        ),
    ],
)
def test_no_text_that_is_seen_is_lost_and_none_that_is_not_is_shown(inside, text):
    assert article("a.docx", docx(p("", "", inside))).body.text == text


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_cells_that_reach_over_others_leave_these_empty():
    wide, begins, goes_on = (
        '<w:gridSpan w:val="2"/>',
        '<w:vMerge w:val="restart"/>',
        "<w:vMerge/>",
    )
    rows = (
        f"<w:tr>{cell('wide', wide)}{cell('c')}</w:tr>"
        f"<w:tr>{cell('tall', begins)}{cell('b')}{cell('c')}</w:tr>"
        f"<w:tr>{cell('', goes_on)}{cell('b')}{cell('c')}</w:tr>"
    )
    found = article("a.docx", docx(f"<w:tbl>{rows}</w:tbl>"))
    assert blocks(found) == [("table", 0, "wide\t\tc\ntall\tb\tc\n\tb\tc")]


def test_a_cell_with_several_paragraphs_is_one_line_of_a_table():
    row = f"<w:tr>{cell('a')}<w:tc>{p('one')}{p('two')}</w:tc></w:tr>"
    assert article("a.docx", docx(f"<w:tbl>{row}</w:tbl>")).body.text == "a\tone two"


def test_a_table_that_only_places_text_stays_text():
    row = f"<w:tr><w:tc>{p('word ' * 400)}</w:tc><w:tc>{p('beside')}{p('below')}</w:tc></w:tr>"
    found = article("a.docx", docx(f"<w:tbl>{row}</w:tbl>"))
    assert [kind for kind, _, _ in blocks(found)] == ["paragraph"] * 3


@pytest.mark.parametrize(
    ("core", "title", "origin", "authors"),
    [
        (
            "<dc:title>Given</dc:title><dc:creator>A; B</dc:creator>",
            "Given",
            "document properties",
            ("A", "B"),
        ),
        (
            "<dc:title>Microsoft Word - x.doc</dc:title><dc:creator>Administrator</dc:creator>",
            "First",
            "first heading",
            (),
        ),
        ("", "First", "first heading", ()),
    ],
)
def test_the_title_is_what_somebody_wrote(core, title, origin, authors):
    found = article("a.docx", docx(p("First", "U2") + p("Text."), core=core))
    assert (found.title, dict(found.origins)["title"], found.authors) == (title, origin, authors)
    assert "First" not in found.body.text or title == "Given"


def test_without_a_title_it_is_the_name_of_the_file():
    found = article("press_release 3.docx", docx(p("Text.")))
    assert (found.title, found.origins) == ("press release 3", (("title", "file name"),))


def test_dates_are_read_and_those_that_cannot_be_are_passed_over():
    core = (
        "<dcterms:created>0001-01-01T00:00:00Z</dcterms:created>"
        "<dcterms:modified>2026-02-03T04:05:06Z</dcterms:modified>"
    )
    assert article("a.docx", docx(p("x"), core=core)).published.iso == "2026-02-03T04:05:06Z"


def test_comments_that_were_left_out_are_counted():
    noted = "<w:r><w:commentReference w:id='0'/></w:r>"
    (said,) = read("a.docx", docx(p("x", "", noted * 2))).warnings
    assert str(said) == "Comments beside the text, which were left out: 2."


def test_a_picture_that_lies_elsewhere_is_not_fetched_and_its_words_stay():
    linked = picture(1, "from afar").replace("r:embed", "r:link")
    rels = {"word/_rels/document.xml.rels": relations("http://127.0.0.1:9/a.png")}
    found = article("a.docx", docx(p("x", "", linked), parts=rels))
    assert [(b.kind, b.alt, b.asset) for b in found.body.blocks][1:] == [("image", "from afar", "")]
    assert found.pictures == ()


def test_what_a_file_calls_a_picture_is_looked_at():
    rels = {
        "word/_rels/document.xml.rels": relations("media/a.png", "media/b.png"),
        "word/media/a.png": b"<script>",
        "word/media/b.png": PNG,
    }
    body = p("x", "", picture(1, "no") + picture(2, "yes") + picture(2, "again"))
    found = article("a.docx", docx(body, parts=rels))
    assert [bool(b.asset) for b in found.body.blocks] == [False, False, True, True]
    assert [kept.data for kept in found.pictures] == [PNG]


def test_references_that_lead_nowhere_cost_nothing_else():
    nowhere = (
        f"{picture(7, 'gone')}<w:hyperlink r:id='rId8'><w:r><w:t>a link</w:t></w:r></w:hyperlink>"
        "<w:r><w:footnoteReference w:id='5'/></w:r>"
    )
    found = read("a.docx", docx(p("Head", "U2") + p("Words and ", "", nowhere)))
    assert found.articles[0].title == "Head"
    assert found.articles[0].body.text == "Words and a link"
    assert found.warnings == ()


def test_what_the_converter_cannot_follow_costs_looks_and_not_the_text():
    strange = docx_parts(p("Words stay.") + f"<w:tbl><w:tr>{cell('a')}{cell('b')}</w:tr></w:tbl>")
    broken = '<w:numbering xmlns:w="{}"><w:num/></w:numbering>'
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strange["word/numbering.xml"] = broken.format(space)
    found = read("a.docx", zips.packed(strange))
    assert found.articles[0].body.text == "Words stay.\na\tb"
    assert "without headings" in str(found.warnings[0])


def test_a_page_that_a_document_takes_in_as_it_is_is_a_document_of_its_own():
    relation = relations("/word/page.html").replace("/image", "/aFChunk")
    parts = {"word/_rels/document.xml.rels": relation, "word/page.html": "<html><p>From the web."}
    (child,) = read("a.docx", docx("<w:altChunk r:id='rId1'/>", parts=parts)).children
    assert child.name == "a.docx › page.html"
    found = read("a.docx", docx(p("Text.") + "<w:altChunk r:id='rId1'/>", parts=parts))
    assert (found.articles[0].body.text, len(found.children)) == ("Text.", 1)


def test_a_damaged_part_beside_the_text_is_left_out_and_named():
    found = read("a.docx", docx(p("Fine."), parts={"word/footnotes.xml": b"\0\0"}))
    assert found.articles[0].body.text == "Fine."
    assert "footnotes.xml" in str(found.warnings[0])


def test_a_text_with_slips_is_read_as_far_as_it_goes():
    parts = docx_parts(p("Tom & Jerry") + p("End"))
    found = read("a.docx", zips.packed(parts))
    assert found.articles[0].body.text.endswith("Jerry\nEnd")
    assert "damaged" in str(found.warnings[0])


def test_the_part_with_the_text_may_have_any_name():
    parts = docx_parts(p("Text."))
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("document.xml", "document2.xml")
    assert article("a", zips.packed(parts)).body.text == "Text."


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "mail attachment"])
def test_it_is_known_by_its_content(name):
    assert read(name, docx(p("Text."))).format == "Word document"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(""), "no text"),
        (
            zips.packed({"[Content_Types].xml": "<a/>", "word/styles.xml": "<a/>"}),
            "no Word document in it",
        ),
        (b"PK\x03\x04 cut off", "damaged"),
        (zips.locked(docx_parts(p("x"))), "password"),
    ],
)
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read("a.docx", data)
