"""Office documents and archives that were made to do harm; each is answered with a sentence."""

from __future__ import annotations

import zipfile

from tests.hostile import xmls, zips

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_OPEN = f'xmlns:office="{_ODF}office:1.0" xmlns:text="{_ODF}text:1.0" xmlns:table="{_ODF}table:1.0"'


def docx(document: bytes | str) -> bytes:
    """Return a Word document of this one part."""
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": document}
    return zips.packed(parts, quickly=True)


def odt(content: bytes | str) -> bytes:
    """Return an OpenDocument text of this one part."""
    mimetype = "application/vnd.oasis.opendocument.text"
    return zips.packed({"mimetype": mimetype, "content.xml": content}, quickly=True)


def paragraphs(count: int = 2_000_000) -> bytes:
    """Return a Word document of a great many paragraphs, no two alike, so that it packs badly."""
    rows = _many("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", count)
    return docx(f"<w:document {_WORD}><w:body>{rows}</w:body></w:document>")


def odt_paragraphs(count: int = 2_000_000) -> bytes:
    """Return an OpenDocument text of a great many paragraphs."""
    return odt(_content(_many("<text:p>{}</text:p>", count)))


def spaces() -> bytes:
    """Return an OpenDocument text whose elements stand for a hundred billion spaces."""
    return odt(_content("<text:p>a" + '<text:s text:c="99999999"/>' * 20_000 + "b</text:p>"))


def repeated() -> bytes:
    """Return an OpenDocument text with cells and rows that stand for a trillion."""
    cell = (
        '<table:table-cell table:number-columns-repeated="999999"><text:p>x</text:p>'
        "</table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="999999">{cell * 100}</table:table-row>'
    return odt(_content(f"<table:table>{row * 100}</table:table>"))


def nested_lists(levels: int) -> bytes:
    """Return an OpenDocument text with lists in lists."""
    opening, closing = "<text:list><text:list-item>", "</text:list-item></text:list>"
    return odt(_content(opening * levels + "<text:p>x</text:p>" + closing * levels))


def nested_tables(levels: int) -> bytes:
    """Return a Word document with tables in tables."""
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    inside = opening * levels + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + closing * levels
    return docx(f"<w:document {_WORD}><w:body>{inside}</w:body></w:document>")


def rtf(body: bytes) -> bytes:
    """Return an RTF document."""
    return b"{\\rtf1\\ansi " + body + b"}"


def spine(entries: int = 200_000) -> bytes:
    """Return a book whose reading order names one long text again and again."""
    text = "<html><body>" + _many("<p>{}</p>", 20_000) + "</body></html>"
    order = '<itemref idref="a"/>' * entries
    package = (
        '<package><manifest><item id="a" href="a.xhtml" media-type="text/html"/></manifest>'
        f"<spine>{order}</spine></package>"
    )
    files = {"mimetype": "application/epub+zip", "a.opf": package + " " * 100, "a.xhtml": text}
    return zips.packed(files, zipfile.ZIP_STORED)


def files() -> dict[str, bytes]:
    """Return all of them by name, those that are answered with a sentence and with no text."""
    return {
        "bomb.docx": docx(bytes(300_000_000)),
        "bomb.odt": odt(bytes(300_000_000)),
        "bomb.zip": zips.bomb(300),
        "lying.zip": zips.lying(),
        "wide.zip": zips.wide(),
        "crowd.zip": zips.crowd(),
        "bomb-in.zip": zips.packed({"a.zip": zips.bomb(300)}),
        "deep.zip": zips.nested(30),
        "outside.zip": zips.packed({"../../../tmp/x.txt": b"Title\n\nText."}),
        "locked.zip": zips.locked({"a.txt": b"Title\n\nText."}),
        "locked.docx": zips.locked({"[Content_Types].xml": b"", "word/document.xml": b"<a/>"}),
        "laughs.docx": docx(xmls.laughs()),
        "laughs.odt": odt(xmls.laughs()),
        "laughs16.docx": docx(xmls.laughs("utf-16")),
        "quadratic.docx": docx(xmls.quadratic()),
        "outside.odt": odt(xmls.outside("/etc/passwd")),
        "nested.docx": docx(xmls.deep()),
        "nested.odt": odt(xmls.deep()),
        "lists.odt": nested_lists(50_000),
        "tables.docx": nested_tables(50_000),
        "paragraphs.docx": paragraphs(),
        "words.rtf": rtf(b"\\b" * 20_000_000),
        "paragraphs.odt": odt_paragraphs(),
    }


def bearable() -> dict[str, bytes]:
    """Return those that are read, or refused, without harm."""
    return {
        "spaces.odt": spaces(),
        "repeated.odt": repeated(),
        "lists100.odt": nested_lists(100),
        "tables60.docx": nested_tables(60),
        "spine.epub": spine(),
        "braces.rtf": rtf(b"{" * 1_000_000 + b"x"),
        "notes.rtf": rtf(b"{\\footnote x" * 20_000),
        "binary.rtf": rtf(b"x\\bin999999999 y\\bin-5 z"),
        "numbers.rtf": rtf(b"x\\u9999999999 \\uc999999999\\u5 \\s-3\\ilvl-9\\ls9\\f99999 y"),
        "pictures.rtf": rtf(b"x" + b"{\\pict\\pngblip 89504e470d0a1a0a00}" * 100_000),
        "attributes.docx": docx(xmls.attributes()),
        "attributes.odt": odt(xmls.attributes()),
    }


def _many(row: str, count: int) -> str:
    """Return rows that repeat too far apart for a packer to see."""
    different = "".join(row.format(f"{n * 7919 % 1000003:x}") for n in range(20_000))
    return different * (count // 20_000)


def _content(body: str) -> str:
    return (
        f"<office:document-content {_OPEN}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
