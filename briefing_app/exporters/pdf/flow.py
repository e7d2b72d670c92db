"""A document as a flow of boxes: its text in lines, its structure nodes, and what belongs together.

The boxes know their width and nothing of pages yet; `pages` puts them there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.exporters.document import (
    Block,
    DateLine,
    Document,
    Heading,
    HeadingRole,
    Inline,
    ItemList,
    Link,
    ListRole,
    Paragraph,
    Section,
    SectionRole,
    SourceMark,
)
from briefing_app.exporters.pdf.inline import Ink, Line, Span, break_lines, words
from briefing_app.exporters.pdf.tree import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.exporters.pdf.faces import Faces
    from briefing_app.exporters.style import Style, TextStyle
    from briefing_app.progress import Progress

MM = 72 / 25.4
_LABEL_GUTTER = 8
_MARK_SIZE = 0.78
_LAST_HEADING = 6
_SHORT = 6  # lines: what opens a list stands on the page where the list begins
_NO_BREAK = str.maketrans(" ", "\u00a0")


@dataclass(frozen=True, slots=True)
class Label:
    """The heading of a part, hanging in the left column; `rule` is the hairline above it."""

    lines: tuple[Line, ...]
    text: TextStyle
    x: float
    rule: bool


@dataclass(frozen=True, slots=True)
class Bullet:
    """What stands in front of an item, on its first line."""

    line: Line
    x: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the file: an id, and for the outline a title and a level from 1 (0: not in it)."""

    id: str
    title: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """Lines of one kind. `room` is the height that must be left on a page for it to begin there.

    `keep` ties it to the next box; `bar` draws the accent bar beside it; `running` is the headline
    that the pages from here on show; `in_part` tells that a label hangs beside it or above; `opens`
    draws the line that sets a story apart from what stands above it.
    Units: points, `x` from the left edge of the page.
    """

    lines: tuple[Line, ...]
    text: TextStyle
    x: float
    before: float = 0
    after: float = 0
    room: float = 0
    keep: bool = False
    bar: float | None = None
    label: Label | None = None
    bullet: Bullet | None = None
    mark: Mark | None = None
    running: str = ""
    in_part: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """All boxes in the order of painting, and the structure tree they belong to."""

    boxes: tuple[Box, ...]
    root: Node


def flow(document: Document, style: Style, faces: Faces, progress: Progress) -> Flow:
    """Return the boxes of a document and its structure tree. Raises: Cancelled."""
    root = Node("Document")
    boxes: list[Box] = []
    for box in _Builder(style, faces).blocks(document.blocks, root):
        progress.check()
        boxes.append(box)
    return Flow(tuple(boxes), root)


class _Builder:
    def __init__(self, style: Style, faces: Faces) -> None:
        self._style = style
        self._faces = faces
        self._left = style.margins.left * MM
        self._body = self._left + style.layout.label * MM
        self._right = style.width - style.margins.right * MM

    def blocks(self, blocks: tuple[Block, ...], node: Node) -> Iterator[Box]:
        """Yield the boxes of blocks that stand in `node`."""
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            if isinstance(block, Section):
                yield from self._section(block, node.sub("Sect"))
            elif isinstance(block, Heading):
                yield self._heading(block, _heading_node(node, block))
            elif isinstance(block, DateLine):
                yield self._date(block, node.sub("P"))
            elif isinstance(block, Paragraph):
                box = self._paragraph(block, node.sub("P"))
                opens = isinstance(following, ItemList) and len(box.lines) <= _SHORT
                yield replace(box, keep=opens)
            else:
                yield from self._list(block, node)

    def _section(self, section: Section, node: Node) -> Iterator[Box]:
        if section.role is SectionRole.STORY:
            yield from self._story(section, node)
        elif section.role in (SectionRole.PART, SectionRole.SOURCES):
            yield from self._part(section, node)
        elif section.role is SectionRole.GROUP:
            yield from self._group(section, node)
        else:
            yield from self.blocks(section.blocks, node)

    def _group(self, section: Section, node: Node) -> Iterator[Box]:
        """Yield a section of stories: the line that sets it apart stands above its name."""
        space = self._style.layout.story_space
        for number, box in enumerate(self.blocks(section.blocks, node)):
            if number == 0:
                yield replace(box, before=space, opens=True)
            elif number == 1:
                yield replace(box, before=0, opens=False)
            else:
                yield box

    def _story(self, section: Section, node: Node) -> Iterator[Box]:
        """Yield a story. Its day is painted above the headline and read after it."""
        found = list(self.blocks(section.blocks, node))
        if len(section.blocks) > 1 and isinstance(section.blocks[1], DateLine):
            found[0], found[1] = found[1], found[0]
        found[0] = replace(found[0], before=self._style.layout.story_space, opens=True)
        # the first part follows the headline without a hairline
        for at, box in enumerate(found):
            if box.label:
                found[at] = replace(box, before=0, label=replace(box.label, rule=False))
                break
        yield from found

    def _part(self, section: Section, node: Node) -> Iterator[Box]:
        heading, *rest = section.blocks
        if not isinstance(heading, Heading):
            raise TypeError(section.role)
        label = self._label(heading, _heading_node(node, heading))
        space = self._style.layout.part_space
        for number, box in enumerate(self.blocks(tuple(rest), node)):
            if number == 0:
                tall = len(label.lines) * label.text.leading
                room = max(3 * box.text.leading, tall)
                yield replace(box, label=label, before=2 * space, room=room, in_part=True)
            else:
                yield replace(box, in_part=True)

    def _label(self, heading: Heading, node: Node) -> Label:
        text = self._style.text.label
        if heading.role is HeadingRole.PART and not heading.text:
            raise ValueError(heading)
        width = self._style.layout.label * MM - _LABEL_GUTTER
        lines = self._lines((Span(heading.text, self._ink(text, node)),), width, even=True)
        return Label(lines, text, self._left, rule=True)

    def _heading(self, heading: Heading, node: Node) -> Box:
        text = {
            HeadingRole.TITLE: self._style.text.title,
            HeadingRole.GROUP: self._style.text.group,
        }.get(heading.role, self._style.text.headline)
        span = Span(heading.text, self._ink(text, node))
        lines = self._lines((span,), self._right - self._left, even=True)
        story = heading.role is HeadingRole.HEADLINE
        mark = Mark(heading.id, heading.text, heading.level)
        running = heading.text if story else ""
        return Box(lines, text, self._left, after=text.after, keep=True, mark=mark, running=running)

    def _date(self, block: DateLine, node: Node) -> Box:
        text = self._style.text.date
        span = Span(block.text, self._ink(text, node))
        lines = self._lines((span,), self._right - self._left)
        return Box(lines, text, self._left, after=text.after, keep=True)

    def _paragraph(self, block: Paragraph, node: Node) -> Box:
        text: TextStyle = getattr(self._style.text, block.role.value)
        x = self._left if block.role.value == "byline" else self._body
        lines = self._lines(self._spans(block.content, text, node), self._right - x)
        return Box(lines, text, x, after=text.after)

    def _list(self, block: ItemList, node: Node) -> Iterator[Box]:
        text: TextStyle = getattr(self._style.text, block.role.value)
        takeaways = block.role is ListRole.TAKEAWAYS
        layout = self._style.layout
        indent = layout.takeaway_indent if takeaways else layout.indent
        bullet_x = self._body + (indent - layout.indent)
        x = self._body + indent
        items = node.sub("L", numbering="Decimal" if block.ordered else "Disc")
        for number, item in enumerate(block.items, 1):
            entry = items.sub("LI")
            sign = f"{number}" if block.ordered else self._bullet(block.role)
            label = entry.sub("Lbl")
            body = entry.sub("LBody", language=item.language)
            lines = self._lines(self._spans(item.content, text, body), self._right - x)
            last = number == len(block.items)
            yield Box(
                lines,
                text,
                x,
                after=max(text.after, self._style.text.body.after) if last else text.after,
                bar=self._body if takeaways else None,
                bullet=Bullet(self._sign(sign, text, label, ordered=block.ordered), bullet_x),
                mark=Mark(item.id) if item.id else None,
            )

    def _bullet(self, role: ListRole) -> str:
        bullets = self._style.bullets
        return bullets.takeaways if role is ListRole.TAKEAWAYS else bullets.points

    def _sign(self, sign: str, text: TextStyle, node: Node, *, ordered: bool) -> Line:
        label = self._style.text.label
        colour = self._style.colours.muted if ordered else self._style.colours.accent
        ink = Ink(node, label.face, text.size if ordered else text.size * 0.86, colour)
        return self._lines((Span(sign, ink),), self._right)[0]

    def _spans(self, content: tuple[Inline, ...], text: TextStyle, node: Node) -> Iterator[Span]:
        ink = self._ink(text, node)
        for inline in content:
            if isinstance(inline, Link):
                link = node.later("Link")
                colour = self._style.colours.accent
                yield Span(inline.text, Ink(link, text.face, text.size, colour, inline.target))
            elif isinstance(inline, SourceMark):
                face, colour = self._style.text.sources.face, self._style.colours.muted
                size = text.size * _MARK_SIZE
                target = f"#{inline.targets[0]}" if inline.targets else ""
                owner = node.later("Link") if target else node
                yield Span("\u00a0", ink)
                yield Span(inline.text.translate(_NO_BREAK), Ink(owner, face, size, colour, target))
            else:
                yield Span(inline.text, ink)

    def _ink(self, text: TextStyle, node: Node) -> Ink:
        return Ink(node, text.face, text.size, self._style.colour(text.colour))

    def _lines(
        self, spans: Iterator[Span] | tuple[Span, ...], width: float, *, even: bool = False
    ) -> tuple[Line, ...]:
        return break_lines(words(spans, self._faces), width, self._faces, even=even)


def _heading_node(node: Node, heading: Heading) -> Node:
    return node.sub(f"H{min(heading.level, _LAST_HEADING)}")
