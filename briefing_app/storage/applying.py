"""Put a change set into the tables: rows, search index and journal, in the caller's transaction."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, insert, select, update

from briefing_app.domain.change import Change, ChangeSet, Op
from briefing_app.domain.record import Entity
from briefing_app.storage import alike, arrivals, index, lookup, switching
from briefing_app.storage.bulk import insert_rows
from briefing_app.storage.connection import encode
from briefing_app.storage.failure import MissingRow
from briefing_app.storage.given import ids_of
from briefing_app.storage.mapping import (
    EVIDENCE,
    MAPPINGS,
    insert_of,
    insert_values,
    trash_of,
    update_of,
    update_values,
)
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    CHANGE,
    EVIDENCES,
    SET,
    STATEMENT,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, ScalarSelect, Table

    from briefing_app.domain.record import Key
    from briefing_app.storage.arrivals import Arrival

_HEAD = select(SET.c.id).where(SET.c.uid == bindparam("p_uid"))
_LAST = select(func.max(CHANGE.c.seq))
_UNDONE = SET.alias()
_UNDOING = (
    select(SET.c.id)
    .join(_UNDONE, _UNDONE.c.id == SET.c.undoes_id)
    .where(_UNDONE.c.uid == bindparam("p_uid"))
    .limit(1)
)
_CURRENT = (
    update(ARTICLE)
    .where(ARTICLE.c.uid == bindparam("p_uid"))
    .values(current_id=bindparam("p_version"))
)
_CHANGE = (
    *(CHANGE.c.set_id, CHANGE.c.entity, CHANGE.c.uid, CHANGE.c.op, CHANGE.c.field),
    *(CHANGE.c.old, CHANGE.c.new),
)
_FIRST = (Entity.COLLECTION, Entity.ARTICLE, Entity.VERSION)  # what the others refer to
_ENTITIES = {mapping.table.name: entity for entity, mapping in MAPPINGS.items()}


def apply(
    connection: Connection,
    change_set: ChangeSet,
    arriving: tuple[Arrival, ...],
    device: str,
    *,
    checked: bool = False,
) -> int:
    """Write a set and the versions that came with it; return the number of the newest change.

    Raises: Refused if it is to be `checked` and a field does not hold its old value any more.

    A set whose head is there already (a burst of typing, a long import) gets more changes; typing
    that came back to where it began before it was stored has none, and leaves no trace.
    """
    at = change_set.made_at
    creates = [change for change in change_set.changes if change.op is Op.CREATE]
    rest = [change for change in change_set.changes if change.op is not Op.CREATE]
    articles = [change for change in creates if change.entity is Entity.ARTICLE]
    versions = [change for change in creates if change.entity is Entity.VERSION]
    shelves = [change for change in creates if change.entity is Entity.COLLECTION]
    others = [c for c in creates if c.entity not in _FIRST]
    switched = switching.switched_by(rest)
    stale = _indexed(rest)
    if showing := switching.articles_showing(connection, switched):
        known = stale.get(Entity.ARTICLE, ())
        stale[Entity.ARTICLE] = tuple(dict.fromkeys((*known, *showing)))
    for entity, uids in stale.items():
        index.take_out(connection, entity, uids)
    _create(connection, shelves, at)
    _create(connection, articles, at)
    ids = _take_in(connection, arriving, versions, at)
    _point_to_versions(connection, articles, ids)
    _create(connection, others, at)
    if checked:
        for run in alike.runs(rest):
            if alike.can_be_written(run[0]):
                alike.write(connection, run, at)
            else:
                _change(connection, run, at)
    else:
        _change(connection, rest, at)
    switching.renew(connection, switched)
    index.put_in_new(connection, articles, _entries_of(arriving))
    for entity, uids in _indexed(others).items():
        index.put_in(connection, entity, uids)
    for entity, uids in stale.items():
        index.put_in(connection, entity, uids)
    if change_set.changes:
        _journal(connection, change_set, device)
    return newest(connection)


def newest(connection: Connection) -> int:
    """Return the number of the newest change, 0 in an empty journal."""
    return connection.execute(_LAST).scalar() or 0


def without_erased(connection: Connection, change_set: ChangeSet) -> ChangeSet:
    """Return a set without what has to do with rows that another process has erased for good."""
    gone = _gone(connection, change_set)
    kept = tuple(
        _without_links(change, gone)
        for change in change_set.changes
        if change.key not in gone and gone.isdisjoint(_refers_to(change))
    )
    return replace(change_set, changes=kept) if kept != change_set.changes else change_set


def is_undone(connection: Connection, set_id: str) -> bool:
    """Tell whether a set was taken back."""
    return connection.execute(_UNDOING, {"p_uid": set_id}).first() is not None


def _indexed(changes: Iterable[Change]) -> dict[Entity, tuple[str, ...]]:
    """Return the rows whose search entries the changes make or change."""
    found: dict[Entity, dict[str, None]] = {}
    for change in changes:
        fields = MAPPINGS[change.entity].indexed
        if fields and (change.op is Op.CREATE or change.field in fields):
            found.setdefault(change.entity, {})[change.id] = None
    return {entity: tuple(uids) for entity, uids in found.items()}


def _create(connection: Connection, changes: list[Change], at: int) -> None:
    for entity, run in groupby(changes, key=lambda change: change.entity):
        run_of = list(run)
        connection.execute(
            insert_of(entity),
            [insert_values(entity, c.id, c.new, c.times or (at, at)) for c in run_of],
        )
        if entity is Entity.STATEMENT:
            _link(connection, [(c.id, c.new[EVIDENCE]) for c in run_of])
        elif entity is Entity.ARTICLE:
            for change in run_of:
                lookup.add(connection, change.id, change.new)


def _change(connection: Connection, changes: list[Change], at: int) -> None:
    """Make changes of rows that are there; those of one kind go to the database together."""
    kinds: dict[tuple[Entity, Op, str], list[Change]] = {}
    for change in changes:
        kinds.setdefault((change.entity, change.op, change.field), []).append(change)
    for (entity, op, field), some in kinds.items():
        if op is Op.SET:
            query = update_of(entity, field)
            rows = [update_values(entity, c.id, field, c.new, at) for c in some]
        else:
            query, deleted = trash_of(entity), at if op is Op.TRASH else None
            rows = [{"p_uid": c.id, "p_updated": at, "p_deleted": deleted} for c in some]
        if connection.execute(query, rows).rowcount != len(rows):
            raise MissingRow(f"not every {entity.value} of an edit is there")
        if field == EVIDENCE:
            _unlink(connection, [c.id for c in some])
            _link(connection, [(c.id, c.new) for c in some])
        elif entity is Entity.ARTICLE and field in lookup.FIELDS:
            for change in some:
                lookup.replace(connection, change.id, field, change.new)


def _unlink(connection: Connection, statements: list[str]) -> None:
    statement = bindparam("p_statement", type_=STATEMENT.c.uid.type)
    connection.execute(
        delete(EVIDENCES).where(EVIDENCES.c.statement_id == _id_of(STATEMENT, statement)),
        [{"p_statement": uid} for uid in statements],
    )


def _gone(connection: Connection, change_set: ChangeSet) -> set[Key]:
    """Return the records that a set is about, refers to or cites, and that were erased.

    The journal knows: a row that cannot be found although nobody erased it is damage.
    """
    made = {change.key for change in change_set.changes if change.op is Op.CREATE}
    asked = {change.key for change in change_set.changes} - made
    for change in change_set.changes:
        asked.update(_refers_to(change))
        asked.update((Entity.ANNOTATION, link[0]) for link in _links(change))
    gone: set[Key] = set()
    for entity, uid in asked - made:
        erased = select(CHANGE.c.seq).where(
            CHANGE.c.uid == uid, CHANGE.c.entity == entity.value, CHANGE.c.op == Op.ERASE.value
        )
        if connection.execute(erased.limit(1)).first() is not None:
            gone.add((entity, uid))
    while True:  # what was to be made in something that is gone is not made either
        more = {c.key for c in change_set.changes if not gone.isdisjoint(_refers_to(c))} - gone
        if not more:
            return gone
        gone |= more


def _refers_to(change: Change) -> set[Key]:
    """Return the records that a new one cannot be without."""
    if change.op is not Op.CREATE:
        return set()
    return {
        (_ENTITIES[column.refers.name], change.new[column.name])
        for column in MAPPINGS[change.entity].columns
        if column.refers is not None
    }


def _links(change: Change) -> list[list[str]]:
    if change.op is Op.CREATE and change.entity is Entity.STATEMENT:
        links: list[list[str]] = change.new[EVIDENCE]
    else:
        links = change.new if change.op is Op.SET and change.field == EVIDENCE else []
    return links


def _without_links(change: Change, gone: set[Key]) -> Change:
    links = _links(change)
    left = [link for link in links if (Entity.ANNOTATION, link[0]) not in gone]
    if left == links:
        return change
    new = left if change.op is Op.SET else {**change.new, EVIDENCE: left}
    return replace(change, new=new)


def _link(connection: Connection, links: list[tuple[str, list[list[str]]]]) -> None:
    rows = [
        {"p_statement": uid, "p_position": at, "p_annotation": annotation, "p_stance": stance}
        for uid, evidence in links
        for at, (annotation, stance) in enumerate(evidence)
    ]
    if not rows:
        return
    statement = bindparam("p_statement", type_=STATEMENT.c.uid.type)
    annotation = bindparam("p_annotation", type_=ANNOTATION.c.uid.type)
    connection.execute(
        insert(EVIDENCES).values(
            statement_id=_id_of(STATEMENT, statement),
            position=bindparam("p_position"),
            annotation_id=_id_of(ANNOTATION, annotation),
            stance=bindparam("p_stance"),
        ),
        rows,
    )


def _take_in(
    connection: Connection, arriving: tuple[Arrival, ...], versions: list[Change], at: int
) -> dict[str, int]:
    """Insert the versions with their bodies; what the journal says was created must be among them."""
    times = {change.id: change.times or (at, at) for change in versions}
    if times.keys() != {intake.version.id for intake, _ in arriving if intake.version}:
        raise LookupError("the versions of a set are not those that came with it")
    return arrivals.take_in(connection, arriving, times)


def _entries_of(arriving: tuple[Arrival, ...]) -> dict[str, str]:
    """Return the texts for the index by the ids of the versions that came with a set."""
    return {i.version.id: p.body.entry for i, p in arriving if i.version and p.body}


def _point_to_versions(
    connection: Connection, articles: list[Change], ids: Mapping[str, int]
) -> None:
    """Name the current versions of new articles, which could not be named before they were in."""
    if not articles:
        return
    named = {each.id: each.new["version"] for each in articles}
    # an article that is split off is made of a version that was there before
    known = {**ids, **ids_of(connection, VERSION, set(named.values()) - ids.keys())}
    rows = [{"p_uid": uid, "p_version": known.get(version)} for uid, version in named.items()]
    connection.execute(_CURRENT, rows)


def _journal(connection: Connection, change_set: ChangeSet, device: str) -> None:
    head = connection.execute(_HEAD, {"p_uid": change_set.id}).scalar()
    if head is None:
        undoes = change_set.undoes
        done = connection.execute(
            insert(SET).values(
                uid=change_set.id,
                made_at=change_set.made_at,
                device=device,
                origin=change_set.origin.value,
                action=change_set.action.value,
                subject=change_set.subject,
                undoes_id=_id_of(SET, undoes) if undoes else None,
            )
        )
        assert done.inserted_primary_key is not None  # noqa: S101 (one row, with a key)
        head = done.inserted_primary_key[0]
    # a create is one row without values: they stand in the record itself
    rows = [
        (
            *(head, change.entity.value, change.id, change.op.value, change.field),
            _json(change.old),
            _json(None if change.op is Op.CREATE else change.new),
        )
        for change in change_set.changes
    ]
    insert_rows(connection, _CHANGE, rows)  # typing that came back to where it began has none


def _json(value: object) -> str | None:
    return None if value is None else encode(value)


def _id_of(table: Table, uid: object) -> ScalarSelect[int]:
    return select(table.c.id).where(table.c.uid == uid).scalar_subquery()
