"""Read the journal: what was done, and what undo can take back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from briefing_app.domain.change import Action, Change, ChangeSet, Op, Origin
from briefing_app.domain.record import Entity
from briefing_app.storage.erasing import ERASED
from briefing_app.storage.schema import (
    CHANGE,
    SET,
)
from briefing_app.storage.standing import furthest

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from briefing_app.domain.record import Key


_ACTIONS = frozenset(each.value for each in Action)
_ENTITIES = frozenset(each.value for each in Entity)


@dataclass(frozen=True, slots=True)
class Head:
    """A journalled set without its changes; `undoes` is the id of the set that it takes back.

    `erased` says that something of it was erased for good, so that nothing takes it back.
    """

    id: str
    action: Action
    subject: str
    undoes: str
    erased: bool = False


class Journal:
    """The change sets of a library as they are on disk."""

    def __init__(
        self,
        read: Callable[[], AbstractContextManager[Connection]],
        moved: Callable[[], bool],
    ) -> None:
        self._read = read
        self.moved = moved  # whether anything was committed since it was last asked

    def heads(self, origin: Origin, limit: int) -> tuple[Head, ...]:
        """Return the newest sets of an origin, oldest of them first."""
        undone = SET.alias()
        query = (
            select(SET.c.uid, SET.c.action, SET.c.subject, undone.c.uid, SET.c.arguments)
            .outerjoin(undone, undone.c.id == SET.c.undoes_id)
            .where(SET.c.origin == origin.value)
            .order_by(SET.c.id.desc())
            .limit(limit)
        )
        with self._read() as connection:
            rows = connection.execute(query).all()
            return tuple(
                Head(row[0], Action(row[1]), row[2], row[3] or "", row[4] == ERASED)
                for row in reversed(rows)
            )

    def depth(self, set_id: str) -> int:
        """Return how many sets stand behind this one: 0 an edit, 1 its undo, 2 the redo of that."""
        steps = 0
        with self._read() as connection:
            found = connection.execute(select(SET.c.undoes_id).where(SET.c.uid == set_id)).scalar()
            while found is not None:
                steps += 1
                found = connection.execute(
                    select(SET.c.undoes_id).where(SET.c.id == found)
                ).scalar()
        return steps

    def change_set(self, set_id: str) -> ChangeSet:
        """Return a journalled set; its creates have no values. Raises: LookupError."""
        undone = SET.alias()
        with self._read() as connection:
            head = connection.execute(
                select(SET, undone.c.uid.label("undone"))
                .outerjoin(undone, undone.c.id == SET.c.undoes_id)
                .where(SET.c.uid == set_id)
            ).one_or_none()
            if head is not None:
                rows = connection.execute(
                    select(CHANGE).where(CHANGE.c.set_id == head.id).order_by(CHANGE.c.seq)
                )
                return ChangeSet(
                    head.uid,
                    head.made_at,
                    Origin(head.origin),
                    Action(head.action),
                    tuple(map(_change, rows)),
                    head.subject,
                    head.undone or "",
                )
        raise LookupError(set_id)

    def is_erased(self, set_id: str) -> bool:
        """Tell whether something of a set was erased for good."""
        with self._read() as connection:
            query = select(SET.c.arguments).where(SET.c.uid == set_id)
            return bool(connection.execute(query).scalar() == ERASED)

    def reaches(self, set_id: str, size: int) -> bool:
        """Tell whether a set has at least so many changes."""
        head = select(SET.c.id).where(SET.c.uid == set_id).scalar_subquery()
        query = select(CHANGE.c.seq).where(CHANGE.c.set_id == head).limit(1).offset(size - 1)
        with self._read() as connection:
            return connection.execute(query).first() is not None

    def kinds(self, set_id: str) -> frozenset[Entity]:
        """Return what a set is about."""
        head = select(SET.c.id).where(SET.c.uid == set_id).scalar_subquery()
        query = select(CHANGE.c.entity).where(CHANGE.c.set_id == head).distinct()
        with self._read() as connection:
            return frozenset(map(Entity, connection.execute(query).scalars()))

    def last(self) -> int:
        """Return the number of the newest change, 0 in an empty journal."""
        with self._read() as connection:
            return connection.execute(select(func.max(CHANGE.c.seq))).scalar() or 0

    def furthest(self) -> int:
        """Return the number of the newest change that ever was, erased or not."""
        with self._read() as connection:
            return furthest(connection)

    def since(self, seq: int, own: Container[str]) -> tuple[tuple[Action, Key], ...]:
        """Return what was changed after a number by sets that are not one's own, in order.

        What only a newer version of the program knows is left out.
        """
        heads = (
            select(SET.c.id, SET.c.uid, SET.c.action)
            .join(CHANGE, CHANGE.c.set_id == SET.c.id)
            .where(CHANGE.c.seq > seq)
            .group_by(SET.c.id)
            .order_by(SET.c.id)
        )
        found: list[tuple[Action, Key]] = []
        with self._read() as connection:
            for head in connection.execute(heads).all():
                if head.uid not in own and head.action in _ACTIONS:
                    rows = select(CHANGE.c.entity, CHANGE.c.uid).where(
                        CHANGE.c.set_id == head.id, CHANGE.c.seq > seq
                    )
                    found += [
                        (Action(head.action), (Entity(row.entity), row.uid))
                        for row in connection.execute(rows)
                        if row.entity in _ENTITIES
                    ]
        return tuple(found)


def _change(row: Any) -> Change:  # noqa: ANN401 (a row of the journal)
    return Change(Entity(row.entity), row.uid, Op(row.op), row.field, row.old, row.new)
