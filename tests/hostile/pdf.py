"""PDF files that mean harm, or are broken: each maker returns the bytes of one."""

from __future__ import annotations

import zlib

from tests.unit.importers.pdf.papers import objects, stream

_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_TREE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> >> >>"
)
WORDS = b"BT /F1 12 Tf 72 700 Td (A few plain words to be read.) Tj ET"


def one_page(content: bytes, entries: bytes = b"", *more: bytes, page: bytes = _PAGE) -> bytes:
    """Return a page with this content."""
    return objects(_CATALOG, _TREE, page, stream(content, entries), _FONT, *more)


def flate_bomb(size: int = 2_000_000_000) -> bytes:
    """A page whose content unpacks to gigabytes, packed twice."""
    packer = zlib.compressobj(1)
    piece = b"0 0 m " * 200_000
    once = b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()
    return one_page(zlib.compress(once, 9), b"/Filter [/FlateDecode /FlateDecode]")


def ascii_bomb() -> bytes:
    """Forty filters, one behind the other."""
    data = WORDS
    for _ in range(40):
        data = zlib.compress(data)
    return one_page(data, b"/Filter [%s]" % (b"/FlateDecode " * 40))


def page_loop() -> bytes:
    """A tree of pages that is its own branch."""
    return objects(
        _CATALOG,
        b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 1000000 >>",
        _PAGE,
        stream(WORDS),
        _FONT,
    )


def deep_pages(depth: int = 20_000) -> bytes:
    """A tree of pages that is a chain of thousands."""
    chain = (
        b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1)
        for number in range(6, 6 + depth)
    )
    return objects(
        _CATALOG,
        b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>",
        _PAGE,
        stream(WORDS),
        _FONT,
        *chain,
        _PAGE,
    )


def many_pages(count: int = 2_001) -> bytes:
    """More pages than are read."""
    kids = b"3 0 R " * count
    return objects(
        _CATALOG,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        _PAGE,
        stream(WORDS),
        _FONT,
    )


def form_loop() -> bytes:
    """A drawing that draws itself."""
    form = stream(
        b"/X0 Do /X0 Do " + WORDS,
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
        b"/Resources << /XObject << /X0 6 0 R >> /Font << /F1 5 0 R >> >>",
    )
    page = _PAGE.replace(b"/Font <<", b"/XObject << /X0 6 0 R >> /Font <<")
    return one_page(b"/X0 Do " + WORDS, b"", form, page=page)


def form_bomb(depth: int = 30) -> bytes:
    """Drawings that each draw the next one twice: a thousand million words."""
    forms = [
        stream(
            b"/X0 Do /X0 Do " if at < depth - 1 else WORDS,
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources "
            b"<< /XObject << /X0 %d 0 R >> /Font << /F1 5 0 R >> >>" % (7 + at),
        )
        for at in range(depth)
    ]
    page = _PAGE.replace(b"/Font <<", b"/XObject << /X0 6 0 R >> /Font <<")
    return one_page(b"/X0 Do", b"", *forms, page=page)


def outline_loop() -> bytes:
    """An outline whose entries follow themselves."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    return objects(
        catalog,
        _TREE,
        _PAGE,
        stream(WORDS),
        _FONT,
        b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        b"<< /Title (Again) /Parent 6 0 R /Next 7 0 R /First 7 0 R /Dest [3 0 R /Fit] >>",
    )


def broken_xref() -> bytes:
    """A table of places that are all wrong."""
    return one_page(WORDS).replace(b"00000 n", b"00007 n").replace(b"\n0000000", b"\n0000009")


def cut_off(share: float = 0.6) -> bytes:
    """The first part of a file."""
    whole = one_page(WORDS)
    return whole[: int(len(whole) * share)]


def no_end() -> bytes:
    """A file whose end is missing, and whose pages are there."""
    whole = one_page(WORDS)
    return whole[: whole.index(b"xref\n")]


def strange_numbers() -> bytes:
    """Sizes and places that no page has."""
    page = _PAGE.replace(b"[0 0 595 842]", b"[0 0 1e30 -99999999999999999999]")
    content = (
        b"BT /F1 1e20 Tf 1e30 0 0 -1e30 99999999999 -1e38 Tm (far) Tj ET "
        b"BT /F1 0 Tf 0 0 0 0 0 0 Tm (nothing) Tj ET " + WORDS
    )
    return one_page(content, page=page)


def letters_everywhere(count: int = 150_000) -> bytes:
    """A page of letters each of which is a text of its own, strewn without lines."""
    content = b"BT /F1 3 Tf %s ET" % b"".join(
        b"1 0 0 1 %d.%d %d.%d Tm (x) Tj "
        % (at * 7919 % 590, at % 10, at * 104729 % 838, at * 3 % 10)
        for at in range(count)
    )
    return one_page(zlib.compress(content), b"/Filter /FlateDecode")


def letters_in_one_place(count: int = 60_000) -> bytes:
    """Thousands of different words on each other."""
    content = b"BT /F1 12 Tf %s ET" % b"".join(
        b"1 0 0 1 72 700 Tm (w%d and some) Tj " % at for at in range(count // 10)
    )
    return one_page(zlib.compress(content), b"/Filter /FlateDecode")


def lines_everywhere(count: int = 100_000) -> bytes:
    """A page of ruling lines that all meet."""
    content = b"".join(
        b"0 %d.%d m 595 %d.%d l S %d.%d 0 m %d.%d 842 l S "
        % (at % 842, at % 10, at % 842, at % 10, at % 595, at % 10, at % 595, at % 10)
        for at in range(count // 2)
    )
    return one_page(zlib.compress(WORDS + b" " + content), b"/Filter /FlateDecode")


def mapping_bomb() -> bytes:
    """A font whose letters each stand for a book."""
    text = ("00" + "41") * 5_000
    mapping = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"100 beginbfchar\n{chr(10).join(f'<{code:02x}> <{text}>' for code in range(33, 133))}\n"
        "endbfchar endcmap end end"
    ).encode()
    font = _FONT.replace(b"/Subtype", b"/ToUnicode 6 0 R /Subtype")
    content = b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % (b"abcdefgh" * 500)
    return objects(
        _CATALOG,
        _TREE,
        _PAGE,
        stream(content),
        font,
        stream(zlib.compress(mapping), b"/Filter /FlateDecode"),
    )


def long_metadata() -> bytes:
    """A title of a million letters, with marks that turn the text round."""
    title = (b"\xfe\xff" + ("\u202e\u0000Evil " * 200_000).encode("utf-16-be")).hex().encode()
    info = b"<< /Title <%s> /Author <%s> >>" % (title, title)
    trailer = b"/Root 1 0 R /Info 6 0 R"
    return objects(_CATALOG, _TREE, _PAGE, stream(WORDS), _FONT, info, trailer=trailer)


def with_action() -> bytes:
    """A page that would run a script, open a program and fetch a file when it is opened."""
    catalog = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript "
        b"/JS (app.launchURL\\('http://192.0.2.1/'\\)) /Next << /S /Launch /F (/bin/sh) >> >> >>"
    )
    return objects(catalog, _TREE, _PAGE, stream(WORDS), _FONT)


def nested_arrays(depth: int = 100_000) -> bytes:
    """Brackets within brackets."""
    return one_page(b"[" * depth + b"]" * depth + b" " + WORDS)


def random_bytes() -> bytes:
    """A head, and then nothing that means anything."""
    return b"%PDF-1.7\n" + bytes(at * at * 31 % 251 for at in range(200_000))
