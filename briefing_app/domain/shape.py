"""Whether the fields of a record from outside are what such a record has: their names and kinds."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from briefing_app.domain.annotation import AnchorState, Role
from briefing_app.domain.article import State
from briefing_app.domain.brief import BriefStatus
from briefing_app.domain.record import Entity, moment_from, moment_json
from briefing_app.domain.statement import Kind, Part, Stance
from briefing_app.domain.story import StoryStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    Fits = Callable[[Any], bool]

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_RANK = re.compile(r"[0-9a-z]{1,2000}")
_MOST = 100_000  # things in a list
_LARGEST = 1 << 31
_DAY = 24 * 60  # minutes


def check(entity: Entity, fields: dict[str, Any], held_back: Iterable[str] = ()) -> None:
    """Raise ValueError with the name of a field that is missing, unknown or of another kind."""
    shape = _SHAPES[entity]
    expected = shape.keys() - set(held_back)
    for name in sorted(fields.keys() ^ expected):
        raise ValueError(name)
    for name, value in fields.items():
        if not shape[name](value):
            raise ValueError(name)


def is_uuid(value: object) -> bool:
    """Tell whether a value is a UUID as text."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_text(value: object) -> bool:
    """Tell whether a value is a text that a file can hold."""
    if not isinstance(value, str):
        return False
    return value.isascii() or not any("\ud800" <= mark <= "\udfff" for mark in value)


def an_object(value: object, name: str) -> dict[str, Any]:
    """Return a value that is a JSON object. Raises: ValueError with what should have been one."""
    if not isinstance(value, dict):
        raise ValueError(name)  # noqa: TRY004 (one kind of error for all that is damaged)
    return value


def a_list(value: object, name: str) -> list[Any]:
    """Return a value that is a JSON list. Raises: ValueError with what should have been one."""
    if not isinstance(value, list):
        raise ValueError(name)  # noqa: TRY004 (one kind of error for all that is damaged)
    return value


def _list_of(fits: Fits) -> Fits:
    return lambda value: isinstance(value, list) and len(value) <= _MOST and all(map(fits, value))


def _pair_of(first: Fits, second: Fits) -> Fits:
    return lambda value: (
        isinstance(value, list) and len(value) == 2 and first(value[0]) and second(value[1])
    )


def _one_of(words: type[StrEnum]) -> Fits:
    known = frozenset(word.value for word in words)
    return lambda value: isinstance(value, str) and value in known


def _short(length: int) -> Fits:
    return lambda value: is_text(value) and len(value) <= length


def _is_place(value: object) -> bool:
    return type(value) is int and 0 <= value < _LARGEST


def _is_rank(value: object) -> bool:
    return isinstance(value, str) and _RANK.fullmatch(value) is not None


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_direction(value: object) -> bool:
    return value in ("ltr", "rtl")


def is_instant(value: object) -> bool:
    """Tell whether a value is an instant with an offset in the ISO form."""
    try:
        found = isinstance(value, str) and dt.datetime.fromisoformat(value)
    except ValueError:
        return False
    return bool(found) and len(str(value)) <= 40


def _is_instant_or_none(value: object) -> bool:
    return value is None or is_instant(value)


def _is_moment(value: object) -> bool:
    if value is None:
        return True
    try:
        if not isinstance(value, dict) or not all(is_text(value[n]) for n in ("zone", "text")):
            return False
        offset = value["offset"]
        if offset is not None and not (type(offset) is int and abs(offset) < _DAY):
            return False
        return moment_json(moment_from(value)) == value
    except (KeyError, TypeError, ValueError, OverflowError):
        return False


_SHAPES: dict[Entity, dict[str, Fits]] = {
    Entity.ARTICLE: {
        "title": is_text,
        "version": is_uuid,
        "authors": _list_of(is_text),
        "source": is_text,
        "url": is_text,
        "canonical_url": is_text,
        "published": _is_moment,
        "retrieved": _is_instant_or_none,
        "language": _short(35),
        "direction": _is_direction,
        "page": is_text,
        "tags": _list_of(is_text),
        "state": _one_of(State),
        "origins": _list_of(_pair_of(is_text, is_text)),
        "collections": _list_of(is_uuid),
    },
    Entity.VERSION: {"article": is_uuid, "switched": _list_of(_is_place)},
    Entity.COLLECTION: {"name": is_text, "rank": _is_rank},
    Entity.SEARCH: {"name": is_text, "query": is_text, "rank": _is_rank},
    Entity.ANNOTATION: {
        "article": is_uuid,
        "version": is_uuid,
        "start": _is_place,
        "end": _is_place,
        "exact": is_text,
        "prefix": is_text,
        "suffix": is_text,
        "role": _one_of(Role),
        "comment": is_text,
        "tags": _list_of(is_text),
        "state": _one_of(AnchorState),
    },
    Entity.STORY: {"headline": is_text, "as_of": _is_moment, "status": _one_of(StoryStatus)},
    Entity.STATEMENT: {
        "story": is_uuid,
        "part": _one_of(Part),
        "kind": _one_of(Kind),
        "text": is_text,
        "rank": _is_rank,
        "evidence": _list_of(_pair_of(is_uuid, _one_of(Stance))),
    },
    Entity.BRIEF: {
        "title": is_text,
        "date": _is_moment,
        "language": _short(35),
        "style": is_text,
        "page": _short(24),
        "prepared_by": is_text,
        "contact": is_text,
        "status": _one_of(BriefStatus),
    },
    Entity.SECTION: {"brief": is_uuid, "name": is_text, "rank": _is_rank},
    Entity.LINK: {
        "section": is_uuid,
        "story": is_uuid,
        "rank": _is_rank,
        "looked_at": _is_truth,
        "short": _is_truth,
    },
}
