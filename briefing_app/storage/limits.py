"""The fields of a query as conditions on articles, and the articles that one field leaves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, not_, or_

from briefing_app.domain.query import Field, Limit
from briefing_app.storage import schema
from briefing_app.storage.schema import ARTICLE, TAG

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from briefing_app.domain.query import Query

_DAY = 86_400
_FARTHEST = 14 * 3600  # a date as printed is that much off its UTC key, in the farthest zones
_LAST = "\U0010ffff"
_EVER = 2**62

# where an index alone tells which articles a field leaves; `:a` and `:b` are its edges
_ROWS = {
    Field.TAG: "article_id AS id FROM article_tag WHERE tag >= :a AND tag <= :b",
    Field.STATE: "id FROM article WHERE state = :a AND deleted_at IS NULL",
    Field.AFTER: "id FROM article WHERE published_key >= :a AND published_key <= :b "
    "AND deleted_at IS NULL",
    Field.ADDED: "id FROM article WHERE created >= :a AND created <= :b AND deleted_at IS NULL",
}
_ROWS[Field.BEFORE] = _ROWS[Field.AFTER]
# and which of them are in a part of the index, again from an index alone
_IN_PART = {
    Field.TAG: "article_id AS id FROM article_tag WHERE tag = :a "
    "AND article_id BETWEEN {part} * {size} AND {part} * {size} + {size} - 1",
    Field.STATE: "id FROM article WHERE state = :a AND deleted_at IS NULL "
    "AND id BETWEEN {part} * {size} AND {part} * {size} + {size} - 1",
    Field.AFTER: "id FROM article WHERE id / {size} = {part} AND published_key >= :a "
    "AND published_key <= :b AND deleted_at IS NULL",
    Field.ADDED: "id FROM article WHERE id / {size} = {part} AND created >= :a AND created <= :b "
    "AND deleted_at IS NULL",
}
_IN_PART[Field.BEFORE] = _IN_PART[Field.AFTER]
# the signs have the articles of the part looked through, not all tags with that beginning
_BEGUN_IN_PART = (
    "article_id AS id FROM article_tag WHERE +tag >= :a AND +tag <= :b "
    "AND article_id BETWEEN {part} * {size} AND {part} * {size} + {size} - 1"
)


def conditions(query: Query) -> list[ColumnElement[bool]]:
    """Return the fields of a query as conditions on an article; and that it is not in the trash."""
    found: list[ColumnElement[bool]] = [ARTICLE.c.deleted_at.is_(None)]
    for limit in query.limits:
        condition = _condition(limit)
        found.append(not_(func.coalesce(condition, False)) if limit.without else condition)
    return found


@dataclass(frozen=True, slots=True)
class Leaving:
    """Which articles a field leaves, as the ends of queries of ids: of all, and of one part.

    Both have the values `:a` and `:b`, and `in_part` has ``{part}`` for its number. `is_exact` says
    that an index has just these of a part, and not all of them to be looked through. Some ids may not
    fit after all: a date is compared as it is printed.
    """

    rows: str
    in_part: str
    is_exact: bool
    values: tuple[Any, Any]


def leaving(limit: Limit) -> Leaving | None:
    """Return which articles a field leaves; None where no index tells it."""
    rows = _ROWS.get(limit.field)
    if rows is None or limit.without:
        return None
    in_part = _BEGUN_IN_PART if limit.begun else _IN_PART[limit.field]
    in_part = in_part.replace("{size}", str(schema.PART))
    return Leaving(rows, in_part, not limit.begun, _edges(limit))


def _edges(limit: Limit) -> tuple[Any, Any]:
    match limit.field:
        case Field.ADDED:
            return _created(limit)
        case Field.AFTER | Field.BEFORE:
            return _published(limit)
        case _:
            return limit.value, limit.value + (_LAST if limit.begun else "")


def _condition(limit: Limit) -> ColumnElement[bool]:
    match limit.field:
        case Field.TAG:
            first, last = _edges(limit)
            fits = and_(TAG.c.tag >= first, TAG.c.tag <= last)
            return exists().where(fits, TAG.c.article_id == ARTICLE.c.id).correlate(ARTICLE)
        case Field.STATE:
            return ARTICLE.c.state == limit.value
        case Field.LANG:
            language = func.lower(ARTICLE.c.language)
            return or_(language == limit.value, language.like(f"{limit.value}-%"))
        case Field.ADDED:
            since, until = _created(limit)
            return and_(ARTICLE.c.created >= since, ARTICLE.c.created <= until)
        case _:
            return _is_published(limit)


def _is_published(limit: Limit) -> ColumnElement[bool]:
    """Compare the date as it is printed; the key beside it, a little wider, has an index."""
    since, until = _published(limit)
    printed: ColumnElement[str] = func.json_extract(ARTICLE.c.published, "$.date")
    found = and_(ARTICLE.c.published_key >= since, ARTICLE.c.published_key <= until)
    if limit.since is not None:
        found = and_(found, printed >= limit.since.isoformat())
    if limit.until is not None:
        found = and_(found, printed < limit.until.isoformat())
    return found


def _published(limit: Limit) -> tuple[int, int]:
    """Return between which sort keys all dates of a limit lie. Units: seconds since 1970."""
    since = limit.since or dt.date.min
    until = limit.until or dt.date.max
    epoch = dt.date(1970, 1, 1)
    return (
        (since - epoch).days * _DAY - _FARTHEST,
        (until - epoch).days * _DAY + _FARTHEST,
    )


def _created(limit: Limit) -> tuple[int, int]:
    """Return the first and the last instant of the days of a limit, as this computer reckons days.

    Units: milliseconds since 1970 UTC.
    """
    first, last = _midnight(limit.since), _midnight(limit.until)
    return -_EVER if first is None else first, _EVER if last is None else last - 1


def _midnight(day: dt.date | None) -> int | None:
    if day is None:
        return None
    try:
        return int(dt.datetime.combine(day, dt.time()).timestamp()) * 1000
    except (OverflowError, ValueError, OSError):  # a clock has no such year
        return (day - dt.date(1970, 1, 1)).days * _DAY * 1000
