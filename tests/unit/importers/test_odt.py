"""OpenDocument texts."""

from __future__ import annotations

import base64

import pytest

from briefing_app.errors import UnreadableSource
from tests.hostile import zips
from tests.unit.importers.office import (
    FILES,
    ODT_TYPE,
    PNG,
    article,
    blocks,
    odt,
    odt_parts,
    read,
    spans,
)
from tests.unit.importers.test_docx import REPORT


@pytest.mark.parametrize("name", ["report.odt", "report.fodt"])
def test_a_text_that_libreoffice_saved_comes_in_whole(name):
    found = article(name, (FILES / name).read_bytes())

    assert blocks(found) == REPORT
    assert [b.ordered for b in found.body.blocks if b.kind == "item"] == [0, 0, 0, 1, 1, 1]
    assert spans(found) == [
        ("bold", "old bridge", ""),
        ("italic", "never", ""),
        ("link", "the city", "https://news.example/bridges"),
    ]
    assert (found.title, found.authors, found.language, found.published.iso) == (
        "Bridges of the Dnipro",
        ("Olena Koval",),
        "en-GB",
        "2026-01-25T09:30:00",
    )
    (image,) = [block for block in found.body.blocks if block.kind == "image"]
    assert (image.alt, image.asset) == ("a map of the river", found.pictures[0].digest)
    assert found.pictures[0].data == PNG


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d", "a b c d"),
        ("a  \n b", "a b"),
        (
            (
                "<text:ruby><text:ruby-base>東</text:ruby-base>"
                "<text:ruby-text>とう</text:ruby-text></text:ruby>"
            ),
            "東",
        ),
        (
            "<text:date>1 May</text:date> <text:bookmark-ref>above</text:bookmark-ref>",
            "1 May above",
        ),
        ("kept<office:annotation><text:p>a remark</text:p></office:annotation>", "kept"),
        ("<text:span text:style-name='H'>hidden</text:span>seen", "seen"),
        ("<text:a xlink:href='javascript:x()'>words</text:a>", "words"),
    ],
)
def test_all_that_is_seen_of_a_paragraph_is_its_text(inside, text):
    hidden = (
        '<style:style style:name="H" style:family="text"><style:text-properties '
        'text:display="none"/></style:style>'
    )
    found = article("a.odt", odt(f"<text:p>{inside}</text:p>", styles=hidden))
    assert found.body.text == text
    assert found.body.spans == ()


def test_looks_are_inherited_from_parent_styles():
    styles = """
    <style:style style:name="Strong" style:family="text">
      <style:text-properties fo:font-weight="bold"/></style:style>
    <style:style style:name="T1" style:family="text" style:parent-style-name="Strong">
      <style:text-properties fo:font-style="italic"/></style:style>
    <style:style style:name="Loop" style:family="text" style:parent-style-name="Loop"/>"""
    body = (
        '<text:p>a <text:span text:style-name="T1">b</text:span> '
        '<text:span text:style-name="Loop">c</text:span></text:p>'
    )
    found = article("a.odt", odt(body, styles=styles))
    assert spans(found) == [("bold", "b", ""), ("italic", "b", "")]


def test_a_paragraph_whose_style_is_a_heading_is_one():
    body = (
        '<text:p text:style-name="Heading_20_2">Head</text:p>'
        "<text:h>No level</text:h><text:p>x</text:p>"
    )
    assert blocks(article("a.odt", odt(f"<text:p>y</text:p>{body}")))[1:] == [
        ("heading", 2, "Head"),
        ("heading", 1, "No level"),
        ("paragraph", 0, "x"),
    ]


def test_a_list_item_of_several_blocks_begins_once():
    body = (
        "<text:list><text:list-header><text:p>above</text:p></text:list-header><text:list-item>"
        "<text:p>one</text:p><text:p>more of one</text:p><text:list><text:list-item>"
        "<text:p>inner</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
    )
    assert blocks(article("a.odt", odt(body))) == [
        ("paragraph", 0, "above"),
        ("item", 1, "one"),
        ("paragraph", 0, "more of one"),
        ("item", 2, "inner"),
    ]


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def test_a_table_keeps_its_columns_where_cells_are_covered_or_repeated():
    head = (
        "<table:table-header-rows>"
        f"<table:table-row>{cell('a')}{cell('b')}{cell('c')}</table:table-row>"
        "</table:table-header-rows>"
    )
    covered = (
        f"<table:table-row>{cell('wide')}<table:covered-table-cell/>{cell('c')}</table:table-row>"
    )
    times = 'table:number-columns-repeated="{}"'
    twice, endlessly = cell("", times.format(2)), cell("", times.format(16384))
    repeated = f"<table:table-row>{twice}{cell('c')}</table:table-row>"
    endless = f"<table:table-row>{cell('a')}{endlessly}</table:table-row>"
    found = article("a.odt", odt(f"<table:table>{head}{covered}{repeated}{endless}</table:table>"))
    assert blocks(found) == [("table", 0, "a\tb\tc\nwide\t\tc\n\t\tc\na")]


def test_a_table_in_a_table_is_read_once():
    inner = f"<table:table><table:table-row>{cell('x')}{cell('y')}</table:table-row></table:table>"
    outer = (
        "<table:table>"
        f"<table:table-row>{cell('a')}<table:table-cell>{inner}</table:table-cell>"
        "</table:table-row></table:table>"
    )
    assert blocks(article("a.odt", odt(outer))) == [("paragraph", 0, "a"), ("table", 0, "x\ty")]


def test_text_in_shapes_stands_behind_its_paragraph():
    box = "<draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box></draw:frame>"
    shape = "<draw:custom-shape><text:p>on the arrow</text:p></draw:custom-shape>"
    assert article("a.odt", odt(f"<text:p>be{box}{shape}fore</text:p>")).body.text == (
        "before\nin the box\non the arrow"
    )


def test_a_table_in_a_shape_keeps_its_cells():
    rows = f"<table:table><table:table-row>{cell('a')}{cell('b')}</table:table-row></table:table>"
    box = f"<text:p><draw:frame><draw:text-box>{rows}</draw:text-box></draw:frame></text:p>"
    assert blocks(article("a.odt", odt(box))) == [("table", 0, "a\tb")]


def test_a_table_of_contents_is_there_and_left_out():
    toc = (
        "<text:table-of-content><text:index-body><text:p>One 1</text:p>"
        "</text:index-body></text:table-of-content>"
    )
    found = article("a.odt", odt(f"{toc}<text:p>Text.</text:p>"))
    assert [block.included for block in found.body.blocks] == [False, True]
    assert found.body.included_text() == "Text."


def test_what_was_deleted_is_not_text():
    gone = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        "<text:p>old</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    assert article("a.odt", odt(f"{gone}<text:p>new</text:p>")).body.text == "new"


def test_a_formula_is_its_characters():
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>E</mi>'
        "<mo>=</mo><mi>m</mi></mrow>"
        '<annotation encoding="StarMath 5.0">E = m</annotation></semantics></math>'
    )
    body = (
        '<text:p>so <draw:frame><draw:object xlink:href="./Object 1"/><draw:image '
        'xlink:href="./r"/></draw:frame>.</text:p>'
    )
    assert article("a.odt", odt(body, parts={"Object 1/content.xml": math})).body.text == "so E=m."


def test_a_note_in_a_note_comes_behind_it():
    inner = (
        "<text:note><text:note-citation>2</text:note-citation><text:note-body>"
        "<text:p>second</text:p></text:note-body></text:note>"
    )
    outer = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        f"<text:p>first{inner}</text:p></text:note-body></text:note>"
    )
    found = article("a.odt", odt(f"<text:p>x{outer}</text:p>"))
    assert blocks(found) == [
        ("paragraph", 0, "x[1]"),
        ("rule", 0, ""),
        ("item", 1, "first[2]"),
        ("item", 1, "second"),
    ]


def test_a_picture_may_be_packed_or_written_or_not_there():
    written = f"<office:binary-data>{base64.b64encode(PNG).decode()}</office:binary-data>"
    frames = (
        f"<draw:frame><draw:image>{written}</draw:image></draw:frame>"
        '<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
        '<draw:frame><draw:image xlink:href="../../etc/passwd"/>'
        "<svg:title>gone</svg:title></draw:frame>"
        '<draw:frame><draw:image xlink:href="http://127.0.0.1:9/a.png"/></draw:frame>'
    )
    found = article("a.odt", odt(f"<text:p>x{frames}</text:p>", parts={"Pictures/a.png": PNG}))
    assert [(bool(b.asset), b.alt) for b in found.body.blocks[1:]] == [
        (True, ""),
        (True, ""),
        (False, "gone"),
    ]
    assert len(found.pictures) == 1


def test_spaces_without_end_are_bounded():
    found = article(
        "a.odt",
        odt(
            '<text:p text:style-name="Preformatted_20_Text">a<text:s text:c="99999"/>'
            '<text:s text:c="999999999"/>b</text:p>'
        ),
    )
    assert blocks(found) == [("code", 0, "a" + " " * 2000 + "b")]


def test_lines_of_code_are_one_block():
    line = '<text:p text:style-name="Preformatted_20_Text">{}</text:p>'
    body = (
        line.format("a:")
        + line.format('<text:s text:c="2"/>b')
        + "<text:p>x</text:p>"
        + line.format("c")
    )
    assert blocks(article("a.odt", odt(body))) == [
        ("code", 0, "a:\n  b"),
        ("paragraph", 0, "x"),
        ("code", 0, "c"),
    ]


def test_openoffice_1_is_read_too():
    spaces = (
        'xmlns:office="http://openoffice.org/2000/office" '
        'xmlns:text="http://openoffice.org/2000/text"'
    )
    content = (
        f'<!DOCTYPE office:document-content PUBLIC "x" "office.dtd"><office:document-content {spaces}>'
        '<office:body><text:h text:level="2">Old</text:h><text:ordered-list>'
        "<text:list-item><text:p>one</text:p>"
        "</text:list-item></text:ordered-list></office:body></office:document-content>"
    )
    data = zips.packed({"mimetype": "application/vnd.sun.xml.writer", "content.xml": content})
    found = article("a.sxw", data)
    assert (found.title, blocks(found)) == ("Old", [("item", 1, "one")])
    assert found.body.blocks[0].ordered


@pytest.mark.parametrize("name", ["a.odt", "a.zip", "nothing"])
def test_it_is_known_by_its_content(name):
    assert read(name, odt("<text:p>x</text:p>")).format == "OpenDocument text"


_LOCK = '<manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></manifest>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt(""), "no text"),
        (odt("<text:p>x</text:p>", parts={"META-INF/manifest.xml": _LOCK}), "password"),
        (zips.packed({"mimetype": ODT_TYPE}), "content.xml"),
        (zips.packed({"mimetype": ODT_TYPE, "content.xml": "<a>"}), "not well-formed"),
        (b"not a zip file", "whatever its name says"),
        (zips.locked(odt_parts("<text:p>x</text:p>")), "password"),
    ],
)
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read("a.odt", data)
