"""Whether the fields of a stored record are what the domain can read; a flipped bit is met here.

Without this a damaged row would be a fault of the program, in whichever service meets it first.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from briefing_app.domain.annotation import AnchorState, Role
from briefing_app.domain.article import State
from briefing_app.domain.brief import BriefStatus
from briefing_app.domain.record import Entity, Fields, moment_from
from briefing_app.domain.statement import Kind, Part, Stance
from briefing_app.domain.story import StoryStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum


def check(entity: Entity, fields: Fields) -> None:
    """Pass over the fields of a record. Raises: ValueError, TypeError with the field that is wrong."""
    special = _SPECIAL.get(entity, {})
    for name, value in fields.items():
        fits = special.get(name)
        if not (isinstance(value, str) if fits is None else fits(value)):
            raise ValueError(f"{entity.value}.{name}")


def check_stance(stance: object) -> None:
    """Pass over what a passage does for a statement. Raises: ValueError."""
    if stance not in _STANCES:
        raise ValueError("evidence.stance")


def _one_of(words: type[StrEnum]) -> Callable[[Any], bool]:
    return frozenset(word.value for word in words).__contains__


def _is_moment(value: Any) -> bool:  # noqa: ANN401 (whatever JSON holds)
    moment_from(value)
    return True


def _is_instant(value: Any) -> bool:  # noqa: ANN401 (whatever JSON holds)
    return value is None or dt.datetime.fromisoformat(value) is not None


def _is_number(value: object) -> bool:
    return isinstance(value, int)


def _is_numbers(value: object) -> bool:
    return isinstance(value, list) and all(type(each) is int for each in value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_pairs(value: object) -> bool:
    return isinstance(value, list) and all(_is_texts(pair) and len(pair) == 2 for pair in value)


def _is_reference(value: object) -> bool:
    return value is None or isinstance(value, str)


_STANCES = frozenset(stance.value for stance in Stance)

# all other fields are text
_SPECIAL: dict[Entity, dict[str, Callable[[Any], bool]]] = {
    Entity.ARTICLE: {
        "version": _is_reference,
        "published": _is_moment,
        "retrieved": _is_instant,
        "authors": _is_texts,
        "tags": _is_texts,
        "collections": _is_texts,
        "origins": _is_pairs,
        "state": _one_of(State),
    },
    Entity.VERSION: {"switched": _is_numbers},
    Entity.ANNOTATION: {
        "start": _is_number,
        "end": _is_number,
        "role": _one_of(Role),
        "tags": _is_texts,
        "state": _one_of(AnchorState),
    },
    Entity.STORY: {"as_of": _is_moment, "status": _one_of(StoryStatus)},
    Entity.STATEMENT: {"part": _one_of(Part), "kind": _one_of(Kind)},
    Entity.BRIEF: {"date": _is_moment, "status": _one_of(BriefStatus)},
    Entity.LINK: {"looked_at": _is_number, "short": _is_number},
}
