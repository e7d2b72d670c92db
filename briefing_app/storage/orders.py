"""How lists of articles are sorted, so that an index gives each order and a page costs its own rows.

An order is one or two stretches, one behind the other: what has a date, an outlet or a title by that,
and then what has none, the newest first. A page goes on behind the key and the id of its last row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, select, true, tuple_

from briefing_app.domain.articlelist import Order
from briefing_app.storage.schema import ARTICLE

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a list: which articles are in it, and what it is sorted by."""

    where: ColumnElement[bool]
    key: ColumnElement[Any] | None = None
    falls: bool = True  # the greatest key comes first

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        """Return what to sort by; of equal keys the newest article comes first, or the last."""
        newest = ARTICLE.c.id.desc()
        if self.key is None:
            return (newest,)
        return (self.key.desc(), newest) if self.falls else (self.key, ARTICLE.c.id)

    def behind(self, key: Any, row_id: int) -> ColumnElement[bool]:  # noqa: ANN401 (of any kind)
        """Return what tells the articles behind one of this stretch."""
        if self.key is None:
            return ARTICLE.c.id < row_id
        here, there = tuple_(self.key, ARTICLE.c.id), tuple_(key, row_id)
        return here < there if self.falls else here > there


_DATED, _TITLED, _SOURCED = ARTICLE.c.published_key, ARTICLE.c.title_key, ARTICLE.c.source_key
_STRETCHES = {
    Order.ADDED: (Stretch(true()),),
    Order.NEWEST: (Stretch(_DATED.is_not(None), _DATED), Stretch(_DATED.is_(None))),
    Order.OLDEST: (Stretch(_DATED.is_not(None), _DATED, falls=False), Stretch(_DATED.is_(None))),
    Order.TITLE: (Stretch(_TITLED != "", _TITLED, falls=False), Stretch(_TITLED == "")),
    Order.SOURCE: (Stretch(_SOURCED != "", _SOURCED, falls=False), Stretch(_SOURCED == "")),
}


def stretches(order: Order) -> tuple[Stretch, ...]:
    """Return the parts of a list in this order."""
    return _STRETCHES[order]


def left(connection: Connection, order: Order, before: str) -> tuple[Stretch, ...]:
    """Return the parts of a list behind an article; none if there is no such article."""
    parts = stretches(order)
    columns = [ARTICLE.c.id, *(part.where.label(f"in_{at}") for at, part in enumerate(parts))]
    if parts[0].key is not None:
        columns.append(parts[0].key.label("key"))
    row: Any = connection.execute(select(*columns).where(ARTICLE.c.uid == before)).one_or_none()
    if row is None:
        return ()
    at = next(at for at in range(len(parts)) if row[at + 1])
    part = parts[at]
    rest = and_(part.where, part.behind(row.key if part.key is not None else None, row.id))
    return (Stretch(rest, part.key, part.falls), *parts[at + 1 :])
