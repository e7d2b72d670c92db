"""Paint pages with ReportLab, each piece of text inside marked content of its structure node.

What comes out is a plain file with fonts and contents; `finish` makes it a tagged and archival one.
ReportLab's types end here.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from briefing_app.errors import fill
from briefing_app.exporters.pdf.faces import font_name
from briefing_app.exporters.pdf.flow import MM
from briefing_app.exporters.pdf.inline import Ink, Line, Run, Span, break_lines, words
from briefing_app.exporters.pdf.tree import Marked, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.exporters.document import Document
    from briefing_app.exporters.pdf.faces import Faces
    from briefing_app.exporters.pdf.flow import Label, Mark
    from briefing_app.exporters.pdf.pages import Page, Piece
    from briefing_app.exporters.style import Style, TextStyle
    from briefing_app.progress import Progress

_BAR_OVERHANG = 1.5
_ARTIFACT = Node("Artifact")


@dataclass(frozen=True, slots=True)
class LinkArea:
    """Where a link is on a page (from 0); a target that begins with # is a place in the file."""

    page: int
    rect: tuple[float, float, float, float]
    target: str
    text: str
    node: Node


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark of the flow has come to stand; `page` from 0."""

    mark: Mark
    page: int
    top: float


@dataclass(slots=True)
class Painted:
    """The plain file, and what `finish` needs to know of its pages."""

    data: bytes = b""
    marked: list[list[Node]] = field(default_factory=list)
    links: list[LinkArea] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def paint(
    pages: list[Page], document: Document, style: Style, faces: Faces, progress: Progress
) -> Painted:
    """Return the painted pages."""
    painter = _Painter(document, style, faces, len(pages))
    for number, page in enumerate(pages):
        progress.check()
        painter.page(number, page)
        progress.step(number + 1, len(pages))
    return painter.close()


class _Painter:
    def __init__(self, document: Document, style: Style, faces: Faces, count: int) -> None:
        self._document = document
        self._style = style
        self._faces = faces
        self._count = count
        self._out = io.BytesIO()
        # An initial font keeps Helvetica out; a fixed time stamp (it is replaced later) keeps the clock
        # out. Streams are compressed later, by one library on every machine.
        self._canvas: Any = Canvas(
            self._out,
            pagesize=(style.width, style.height),
            pageCompression=0,
            invariant=1,
            initialFontName=font_name(style.text.furniture.face),
        )
        self._left = style.margins.left * MM
        self._right = style.width - style.margins.right * MM
        palette = style.colours
        self._inks = {
            colour: HexColor(colour)
            for colour in (palette.ink, palette.muted, palette.accent, palette.hairline)
        }
        self._page = 0
        self._colour = ""
        self._done = Painted()

    def page(self, number: int, page: Page) -> None:
        """Paint one page."""
        self._page = number
        self._colour = ""
        self._done.marked.append([])
        self._head(page)
        self._bars(page.pieces)
        if page.continued and page.pieces:
            self._continued(page.continued, page.pieces[0])
        for piece in page.pieces:
            self._piece(piece, first=piece is page.pieces[0])
        self._foot()
        self._canvas.showPage()

    def close(self) -> Painted:
        """Return everything, with the finished plain file."""
        self._canvas.save()
        self._done.data = self._out.getvalue()
        return self._done

    # marked content

    def _begin(self, node: Node) -> None:
        nodes = self._done.marked[-1]
        node.mark(Marked(self._page, len(nodes)))
        self._canvas.addLiteral(f"/{node.tag} <</MCID {len(nodes)}>> BDC")
        nodes.append(node)

    def _begin_artifact(self, kind: str) -> None:
        self._canvas.addLiteral(f"/Artifact <</Type /{kind}>> BDC")

    def _end(self) -> None:
        self._canvas.addLiteral("EMC")

    # furniture

    def _head(self, page: Page) -> None:
        if self._page == 0:
            return
        style = self._style
        text = style.text.furniture
        y = style.height - style.margins.head * MM
        self._begin_artifact("Pagination")
        title = self._document.title
        half = (self._right - self._left) * (0.48 if self._running(page) else 1)
        self._plain(self._fit(title, text, half), self._left, y)
        if running := self._running(page):
            self._plain_right(self._fit(running, text, half), y)
        self._hairline(y - 9)
        self._end()

    def _running(self, page: Page) -> str:
        return "" if page.running == self._document.title else page.running

    def _foot(self) -> None:
        style = self._style
        text = style.text.furniture
        y = style.margins.foot * MM
        furniture = self._document.furniture
        self._begin_artifact("Pagination")
        self._hairline(y + 14)
        self._plain(self._fit(furniture.date, text, self._right - self._left), self._left, y)
        words_of_page = fill(furniture.page, {"page": self._page + 1, "pages": self._count})
        self._plain_right(self._fit(words_of_page, text, self._right - self._left), y)
        self._end()

    def _hairline(self, y: float) -> None:
        self._line(y, self._style.colours.hairline, 1)

    def _line(self, y: float, colour: str, weight: float) -> None:
        self._canvas.setStrokeColor(self._inks[colour])
        self._canvas.setLineWidth(self._style.layout.rule * weight)
        self._canvas.line(round(self._left, 2), round(y, 2), round(self._right, 2), round(y, 2))

    def _fit(self, text: str, style: TextStyle, width: float) -> Line:
        """Return one line; a text that is too long ends in an ellipsis after a word."""
        ink = Ink(_ARTIFACT, style.face, style.size, self._style.colour(style.colour))
        lines = break_lines(words((Span(text[:400], ink),), self._faces), width, self._faces)
        if len(lines) < 2:
            return lines[0] if lines else Line((), 0)
        room = width - style.size
        line = break_lines(words((Span(text[:400], ink),), self._faces), room, self._faces)[0]
        kept = "".join(run.chunk.text for run in line.runs).rstrip(" ,;:-")
        return break_lines(words((Span(f"{kept}…", ink),), self._faces), width, self._faces)[0]

    def _plain(self, line: Line, x: float, y: float) -> None:
        if line.runs:
            self._text([(x, y, line.runs)])

    def _plain_right(self, line: Line, y: float) -> None:
        self._plain(line, self._right - line.width, y)

    # content

    def _bars(self, pieces: list[Piece]) -> None:
        """Draw one bar beside each run of pieces that have one, without a gap."""
        layout = self._style.layout
        for bar, group in groupby(pieces, key=lambda piece: piece.box.bar):
            if bar is None:
                continue
            run = list(group)
            top, bottom = run[0].top + _BAR_OVERHANG, run[-1].bottom - _BAR_OVERHANG
            self._begin_artifact("Layout")
            self._fill(self._style.colours.accent)
            self._canvas.rect(bar, bottom, layout.bar, top - bottom, stroke=0, fill=1)
            self._end()

    def _piece(self, piece: Piece, *, first: bool) -> None:
        box = piece.box
        base = piece.top - _drop(box.text)
        if piece.first == 0:
            if box.opens and not first:
                self._begin_artifact("Layout")
                self._line(piece.top + box.before / 2, self._style.colours.ink, 2)
                self._end()
            if box.mark:
                self._done.places.append(Place(box.mark, self._page, piece.top))
            if box.label:
                self._label(box.label, piece, base, rule=box.label.rule and not first)
            if box.bullet:
                self._marked([(box.bullet.x, base, box.bullet.line.runs)])
        self._marked(
            (box.x, base - number * box.text.leading, line.runs)
            for number, line in enumerate(box.lines[piece.first : piece.last])
        )

    def _label(self, label: Label, piece: Piece, base: float, *, rule: bool) -> None:
        if rule:
            self._begin_artifact("Layout")
            self._hairline(piece.top + self._style.layout.part_space)
            self._end()
        self._marked(
            (label.x, base - number * label.text.leading, line.runs)
            for number, line in enumerate(label.lines)
        )

    def _continued(self, label: Label, piece: Piece) -> None:
        """Repeat the label of a part that goes on; it is decoration, as it was read before."""
        base = piece.top - _drop(piece.box.text)
        style = self._style.text.furniture
        text = "".join(run.chunk.text for line in label.lines for run in line.runs).strip()
        self._begin_artifact("Layout")
        width = self._style.layout.label * MM
        self._plain(self._fit(text, style, width), label.x, base)
        self._end()

    def _marked(self, lines: Iterable[tuple[float, float, tuple[Run, ...]]]) -> None:
        """Paint lines, each stretch of one structure node as marked content of its own."""
        placed = _placed(lines)
        for _ink, group in groupby(placed, key=lambda item: id(item[2][0].ink)):
            stretch = list(group)
            self._begin(stretch[0][2][0].ink.node)
            self._text(stretch)
            self._end()
            self._links(stretch)

    def _links(self, stretch: list[tuple[float, float, tuple[Run, ...]]]) -> None:
        for x, y, runs in stretch:
            ink = runs[0].ink
            if ink.target:
                width = sum(run.width for run in runs)
                rect = (x, y - ink.size * 0.25, x + width, y + ink.size * 0.8)
                text = "".join(run.chunk.actual or run.chunk.text for run in runs).strip()
                self._done.links.append(LinkArea(self._page, rect, ink.target, text, ink.node))

    def _text(self, stretch: Iterable[tuple[float, float, tuple[Run, ...]]]) -> None:
        """Paint lines of runs that stand in one structure node."""
        text: Any = None
        current: tuple[str, float] | None = None
        for x, y, runs in stretch:
            if text is None:
                self._fill(runs[0].ink.colour)
                text = self._canvas.beginText()
            text.setTextOrigin(round(x, 2), round(y, 2))
            for run in runs:
                font = (font_name(run.chunk.face), run.ink.size)
                if font != current:
                    text.setFont(*font)
                    current = font
                if run.chunk.actual:
                    text = self._replaced(text, run)
                    current = font
                else:
                    text.textOut(run.chunk.text)
        if text is not None:
            self._canvas.drawText(text)

    def _replaced(self, text: Any, run: Run) -> Any:  # noqa: ANN401 (ReportLab's text object)
        """Paint what stands for a character that no face has; as text it is that character."""
        x, y = text.getX(), text.getY()
        self._canvas.drawText(text)
        self._done.missing.add(run.chunk.actual)
        actual = run.chunk.actual.encode("utf-16-be").hex().upper()
        self._canvas.addLiteral(f"/Span <</ActualText <FEFF{actual}>>> BDC")
        self._canvas.drawText(self._run(x, y, run))
        self._end()
        rest = self._canvas.beginText()
        rest.setTextOrigin(round(x + run.width, 2), y)
        rest.setFont(font_name(run.chunk.face), run.ink.size)
        return rest

    def _run(self, x: float, y: float, run: Run) -> Any:  # noqa: ANN401 (ReportLab's text object)
        text: Any = self._canvas.beginText()
        text.setTextOrigin(round(x, 2), round(y, 2))
        text.setFont(font_name(run.chunk.face), run.ink.size)
        text.textOut(run.chunk.text)
        return text

    def _fill(self, colour: str) -> None:
        if colour != self._colour:
            self._canvas.setFillColor(self._inks[colour])
            self._colour = colour


def _placed(
    lines: Iterable[tuple[float, float, tuple[Run, ...]]],
) -> Iterator[tuple[float, float, tuple[Run, ...]]]:
    """Yield stretches of lines that are of one ink, with the place where each begins."""
    for x, y, runs in lines:
        at = x
        for _ink, group in groupby(runs, key=lambda run: id(run.ink)):
            stretch = tuple(group)
            yield at, y, stretch
            at += sum(run.width for run in stretch)


def _drop(text: TextStyle) -> float:
    """Return how far below the upper edge of a line its letters stand."""
    return (text.leading + text.size) / 2 - text.size * 0.17
