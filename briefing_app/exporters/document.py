"""The structure tree of a document as frozen nodes: what is printed, in reading order.

Every written form but the story text is made from it. It knows no page, no font and no mark-up: text
is plain, and each exporter escapes or draws it in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.domain.moment import Moment


@dataclass(frozen=True, slots=True)
class Text:
    """Plain running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address: http, https or mailto, nothing else."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class SourceMark:
    """The numbers of the sources of a statement, as printed: ``[1, 3]``. `targets` are item ids."""

    text: str
    targets: tuple[str, ...]


Inline = Text | Link | SourceMark


class HeadingRole(StrEnum):
    """What a heading names."""

    TITLE = "title"
    GROUP = "group"
    HEADLINE = "headline"
    PART = "part"


class ParagraphRole(StrEnum):
    """How a paragraph is set."""

    BYLINE = "byline"
    LEAD = "lead"
    BODY = "body"


class ListRole(StrEnum):
    """How the items of a list are set."""

    POINTS = "points"
    TAKEAWAYS = "takeaways"
    SOURCES = "sources"


class SectionRole(StrEnum):
    """What a section holds."""

    FRONT = "front"
    GROUP = "group"
    STORY = "story"
    PART = "part"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` is its depth from 1, without a gap, and `id` is unique in the document."""

    role: HeadingRole
    level: int
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class DateLine:
    """The day above a story as printed, and the moment that it is as of, where it has one."""

    text: str
    moment: Moment | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of inline nodes."""

    role: ParagraphRole
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of inline nodes; `language` is given where it is not that of the document."""

    content: tuple[Inline, ...]
    id: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items of one kind; the exporter chooses the bullet, and numbers an ordered list from 1."""

    role: ListRole
    items: tuple[ListItem, ...]

    @property
    def ordered(self) -> bool:
        """Tell whether the items are numbered."""
        return self.role is ListRole.SOURCES


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document; its heading, where it has one, is its first block."""

    role: SectionRole
    blocks: tuple[Block, ...]


Block = Heading | DateLine | Paragraph | ItemList | Section


@dataclass(frozen=True, slots=True)
class Furniture:
    """The fixed words around the pages: `page` has {page} and {pages}, `date` stands in the foot."""

    page: str
    date: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `date` is what the file says of itself, `direction` is ltr or rtl."""

    title: str
    language: str
    direction: str
    date: Moment
    author: str
    furniture: Furniture
    blocks: tuple[Block, ...]


def text_of(content: tuple[Inline, ...]) -> str:
    """Return inline nodes as plain text."""
    return "".join(node.text for node in content)


def sections(blocks: tuple[Block, ...], role: SectionRole) -> Iterator[Section]:
    """Go through the sections of a role, in reading order, however deep they stand."""
    for block in blocks:
        if isinstance(block, Section):
            if block.role is role:
                yield block
            yield from sections(block.blocks, role)
