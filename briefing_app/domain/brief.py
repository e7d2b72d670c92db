"""A brief: the recurring product, whose draft links to stories in named sections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from briefing_app.domain import rank
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.domain.moment import Moment


class BriefStatus(StrEnum):
    """How far the draft is."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class StoryLink:
    """A story's place in a section; `story` is its id. The story itself stands on its own."""

    id: str
    story: str
    rank: str
    looked_at: bool = True
    short: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A named run of stories, in rank order. The first one of a brief may have no name."""

    id: str
    rank: str
    name: str = ""
    links: tuple[StoryLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief and its one draft; it holds the ids of stories, not stories.

    `date` is what stands on the page; None means the day of the export. `style` and `page` name the
    print style and the paper (A4, Letter).
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    date: Moment | None = None
    language: str = "en"
    style: str = "house"
    page: str = "A4"
    prepared_by: str = ""
    contact: str = ""
    status: BriefStatus = BriefStatus.DRAFT

    @property
    def stories(self) -> tuple[str, ...]:
        """Return the ids of its stories, in print order."""
        return tuple(link.story for link in self.links())

    def links(self) -> Iterator[StoryLink]:
        """Go through the links of all sections, in print order."""
        for section in self.sections:
            yield from section.links


def new_brief(brief_id: str, section_id: str, title: str) -> Brief:
    """Return an empty brief with the one section that every brief has."""
    return Brief(brief_id, title, (Section(section_id, rank.append("")),))


def add_story(brief: Brief, story_id: str, link_id: str, section_id: str = "") -> Brief:
    """Put a story at the end of a section (the last one by default).

    Raises: NotFound if the brief has no such section.
    """
    section = _section(brief, section_id) if section_id else brief.sections[-1]
    last = section.links[-1].rank if section.links else ""
    link = StoryLink(link_id, story_id, rank.append(last))
    return _swap(brief, replace(section, links=(*section.links, link)))


def remove_story(brief: Brief, story_id: str) -> Brief:
    """Take a story out of the brief; the story itself stays in the library."""
    return replace(
        brief,
        sections=tuple(
            replace(section, links=tuple(link for link in section.links if link.story != story_id))
            for section in brief.sections
        ),
    )


def move_story(brief: Brief, story_id: str, to: int) -> Brief:
    """Move a story to index `to` of its section, counted after it was lifted out and clamped.

    Raises: NotFound if the brief does not hold the story.
    """
    for section in brief.sections:
        for link in section.links:
            if link.story == story_id:
                rest = tuple(other for other in section.links if other is not link)
                at = max(0, min(to, len(rest)))
                if section.links.index(link) == at:
                    return brief
                before = rest[at - 1].rank if at else ""
                after = rest[at].rank if at < len(rest) else ""
                moved = replace(link, rank=rank.between(before, after))
                return _swap(brief, replace(section, links=(*rest[:at], moved, *rest[at:])))
    raise NotFound(QT_TRANSLATE_NOOP("errors", "That story is no longer in this brief."))


def _section(brief: Brief, section_id: str) -> Section:
    for section in brief.sections:
        if section.id == section_id:
            return section
    raise NotFound(QT_TRANSLATE_NOOP("errors", "That section is no longer in this brief."))


def _swap(brief: Brief, section: Section) -> Brief:
    return replace(
        brief,
        sections=tuple(section if s.id == section.id else s for s in brief.sections),
    )
