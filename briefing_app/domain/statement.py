"""One row of a story, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of a story, in print order. The last three exist only when used."""

    NARRATIVE = "narrative"
    KEY_POINTS = "key-points"
    KEY_TAKEAWAYS = "key-takeaways"
    IMPACT = "impact"
    ASSUMPTIONS = "assumptions"
    NOT_KNOWN = "not-known"
    TO_WATCH = "to-watch"

    @property
    def order(self) -> int:
        """Return the place in print order."""
        return tuple(Part).index(self)


MAIN_PARTS = (Part.NARRATIVE, Part.KEY_POINTS, Part.KEY_TAKEAWAYS, Part.IMPACT)


class Kind(StrEnum):
    """How a statement is set: as a paragraph or as an item of a list."""

    PARAGRAPH = "paragraph"
    ITEM = "item"


class Stance(StrEnum):
    """What a passage does for the statement that cites it."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A link to the annotation (by id) that a statement rests on."""

    annotation: str
    stance: Stance = Stance.SUPPORTS


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of a story: plain text of one line, its evidence in order, its rank in its part."""

    id: str
    part: Part
    kind: Kind
    text: str
    rank: str
    evidence: tuple[Evidence, ...] = ()


def usual_kind(part: Part) -> Kind:
    """Return the kind that a new statement of this part gets."""
    return Kind.PARAGRAPH if part is Part.NARRATIVE else Kind.ITEM
