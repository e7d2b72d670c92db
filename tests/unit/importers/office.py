"""Office documents of our own making, small enough to see what is in them."""

from __future__ import annotations

from pathlib import Path

from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.hostile.zips import packed

FILES = Path(__file__).with_name("files") / "office"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000080000000808020000004b6d29dc000000114944415478da63908b"
    "5a8015310c2d090039dd46013cda6a6b0000000049454e44ae426082"
)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/></Types>'
)
STYLES = """
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="U2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Our own"/>
 <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Child"><w:name w:val="Its child"/>
 <w:basedOn w:val="Own"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style>
"""


def docx(
    body: str, *, styles: str = STYLES, core: str = "", parts: dict[str, bytes | str] | None = None
) -> bytes:
    """Return a Word document; `body` is what stands in its w:body."""
    return packed(docx_parts(body, styles=styles, core=core) | (parts or {}))


def docx_parts(body: str, *, styles: str = STYLES, core: str = "") -> dict[str, bytes | str]:
    """Return the parts of a Word document by name."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_SPACES}>{styles}</w:styles>",
    }
    if core:
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>'
        )
    return parts


def p(text: str, style: str = "", inside: str = "") -> str:
    """Return a paragraph in WordprocessingML; `inside` stands behind its text."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{look}{run}{inside}</w:p>"


def relations(*targets: str) -> str:
    """Return the relations of a Word document's text, numbered from rId1."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/image" Target="{target}"/>'
        for n, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELS}">{rows}</Relationships>'


def picture(number: int, words: str) -> str:
    """Return a run with the picture of a relation."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{words}"/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId{number}"/></pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_SPACES = (
    f'xmlns:office="{_ODF}office:1.0" xmlns:text="{_ODF}text:1.0" xmlns:table="{_ODF}table:1.0"'
    f' xmlns:draw="{_ODF}drawing:1.0" xmlns:style="{_ODF}style:1.0"'
    f' xmlns:svg="{_ODF}svg-compatible:1.0"'
    f' xmlns:fo="{_ODF}xsl-fo-compatible:1.0" xmlns:meta="{_ODF}meta:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def odt(
    body: str, *, styles: str = "", meta: str = "", parts: dict[str, bytes | str] | None = None
) -> bytes:
    """Return an OpenDocument text; `body` is what stands in its office:text."""
    return packed(odt_parts(body, styles=styles, meta=meta) | (parts or {}))


def odt_parts(body: str, *, styles: str = "", meta: str = "") -> dict[str, bytes | str]:
    """Return the parts of an OpenDocument text by name."""
    parts: dict[str, bytes | str] = {
        "mimetype": ODT_TYPE,
        "content.xml": f"<office:document-content {_ODF_SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
    }
    if meta:
        parts["meta.xml"] = (
            f"<office:document-meta {_ODF_SPACES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>"
        )
    return parts


def epub(
    texts: dict[str, str],
    *,
    toc: dict[str, str] | None = None,
    ncx: dict[str, str] | None = None,
    meta: str = "<dc:title>The Book</dc:title><dc:creator>Ann Lee</dc:creator>",
    parts: dict[str, bytes | str] | None = None,
) -> bytes:
    """Return a book; `texts` are the bodies of its chapters by file name, `toc` their titles."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(texts)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(texts)))
    files: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/>'
        "</rootfiles></container>",
    }
    if toc:
        rows = "".join(f'<li><a href="{name}">{label}</a></li>' for name, label in toc.items())
        items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="x"/>'
        spine = f'<itemref idref="nav"/>{spine}'
        files["OPS/nav.xhtml"] = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="e"><body>'
            f'<nav epub:type="toc"><ol>{rows}</ol></nav></body></html>'
        )
    if ncx:
        rows = "".join(
            f'<navPoint><navLabel><text>{label}</text></navLabel><content src="{name}"/></navPoint>'
            for name, label in ncx.items()
        )
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        files["OPS/toc.ncx"] = (
            '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://127.0.0.1:9/ncx.dtd">'
            f"<ncx><navMap>{rows}</navMap></ncx>"
        )
    files["OPS/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{meta}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    for name, body in texts.items():
        files[f"OPS/{name.replace('%20', ' ')}"] = (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
            f"<title>T</title></head><body>{body}</body></html>"
        )
    return packed(files | (parts or {}))


def read(name: str, data: bytes):
    """Read a document as the program does, in this process."""
    return registry.read(Document(name, data), NoProgress())


def article(name: str, data: bytes):
    """Return the one article of a document."""
    (found,) = read(name, data).articles
    return found


def blocks(found) -> list[tuple[str, int, str]]:
    """Return the blocks of an article as (kind, level, text)."""
    return [(b.kind.value, b.level, found.body.text[b.start : b.end]) for b in found.body.blocks]


def spans(found) -> list[tuple[str, str, str]]:
    """Return the looks in an article as (kind, text, target)."""
    return [(s.kind.value, found.body.text[s.start : s.end], s.target) for s in found.body.spans]
