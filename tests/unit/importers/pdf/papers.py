"""PDF files to read, made with ReportLab, or by hand where it cannot make them."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from briefing_app.assets import resource

WIDTH, HEIGHT = A4
SERIF, BOLD, ITALIC = "Test-Serif", "Test-Serif-Bold", "Test-Serif-Italic"
_FACES = {
    SERIF: "SourceSerif4_400Regular.ttf",
    BOLD: "SourceSerif4_600SemiBold.ttf",
    ITALIC: "SourceSerif4_400Regular_Italic.ttf",
}


def canvas(**options) -> tuple[Canvas, io.BytesIO]:
    """Return a canvas with our fonts, and what it will be saved to."""
    for name, file in _FACES.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))
    out = io.BytesIO()
    return Canvas(out, pagesize=A4, invariant=1, **options), out


def saved(paper: Canvas, out: io.BytesIO) -> bytes:
    """Return the bytes of a finished canvas."""
    paper.save()
    return out.getvalue()


def turned(paper: Canvas) -> None:
    """Have the page shown by a quarter turn, and drawn so that it is level then."""
    paper.setPageRotation(90)
    paper.rotate(90)
    paper.translate(0, -HEIGHT)


def column(
    paper: Canvas, text: str, x: float, y: float, width: float, *, size=10, font=SERIF, indent=0.0
) -> float:
    """Draw paragraphs one below the other, justified; return where the next line would stand.

    A newline in `text` parts two paragraphs.
    """
    for paragraph in text.split("\n"):
        rows = wrapped(paragraph, font, size, width, indent)
        for at, words in enumerate(rows):
            start = x + (indent if at == 0 else 0)
            natural = sum(pdfmetrics.stringWidth(word, font, size) for word in words)
            blank = pdfmetrics.stringWidth(" ", font, size)
            if at < len(rows) - 1 and len(words) > 1:
                blank = (x + width - start - natural) / (len(words) - 1)
            paper.setFont(font, size)
            for word in words:
                paper.drawString(start, y, word)
                start += pdfmetrics.stringWidth(word, font, size) + blank
            y -= 1.25 * size
    return y


def wrapped(text: str, font: str, size: float, width: float, indent: float) -> list[list[str]]:
    """Return the words of a paragraph by line."""
    rows: list[list[str]] = [[]]
    room = width - indent
    for word in text.split(" "):
        wide = pdfmetrics.stringWidth(" ".join([*rows[-1], word]), font, size)
        if rows[-1] and wide > room:
            rows.append([])
            room = width
        rows[-1].append(word)
    return rows


def lines(paper: Canvas, rows, x: float, y: float, *, size=10, font=SERIF) -> float:
    """Draw lines just as they are."""
    for row in rows:
        paper.setFont(font, size)
        paper.drawString(x, y, row)
        y -= 1.25 * size
    return y


def sentences(words: str, count: int) -> str:
    """Return sentences that can be told apart: the nth ends with its number."""
    return " ".join(f"{words} makes sentence number {at}." for at in range(1, count + 1))


def by_hand(text: str, *, x=100, y=700, size=20, advance=600, rtl=False, **more) -> bytes:
    """Return a page whose letters are boxes of a font of its own, with what they stand for.

    With `rtl` the letters lie from right to left, as the first is read first.
    """
    letters = list(dict.fromkeys(text))
    codes = {letter: at + 1 for at, letter in enumerate(letters)}
    shown = text[::-1] if rtl else text
    codes_shown = "".join(f"{codes[letter]:02x}" for letter in shown)
    content = f"BT /F1 {size} Tf {x} {y} Td <{codes_shown}> Tj ET".encode()
    names = " ".join(f"/g{at}" for at in codes.values())
    procs = " ".join(f"/g{at} 6 0 R" for at in codes.values())
    glyph = b"600 0 0 0 500 700 d1 0 0 500 700 re f"
    pairs = "\n".join(
        f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items()
    )
    mapping = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    ).encode()
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 800] /FontMatrix [0.001 0 0 0.001 0 0] "
        f"/FirstChar 1 /LastChar {len(codes)} /Widths [{' '.join([str(advance)] * len(codes))}] "
        f"/Encoding << /Type /Encoding /Differences [1 {names}] >> /CharProcs << {procs} >> "
        "/Resources << >> /ToUnicode 7 0 R >>"
    ).encode()
    page = more.get("page", "").encode()
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> " + page + b" >>",
        stream(content),
        font,
        stream(glyph),
        stream(mapping),
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object's inside."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def objects(*inside: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, each in enumerate(inside, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(inside) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(inside) + 1, trailer, start,
    )  # fmt: skip
    return bytes(out)
