"""Put a change set into the tables: rows, search index and journal, in the caller's transaction."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from briefing_app.domain.change import Change, ChangeSet, Op
from briefing_app.domain.record import Entity
from briefing_app.domain.text import word_count
from briefing_app.storage import alike, index, lookup, originals
from briefing_app.storage.body import blocks_json, included_text, spans_json
from briefing_app.storage.mapping import (
    EVIDENCE,
    MAPPINGS,
    insert_of,
    insert_values,
    set_values,
)
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BODY,
    CHANGE,
    EVIDENCES,
    SET,
    STATEMENT,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, ScalarSelect, Table

    from briefing_app.domain.article import Intake

EXCERPT = 240  # code points


def apply(
    connection: Connection,
    change_set: ChangeSet,
    intakes: tuple[Intake, ...],
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
    others = [c for c in creates if c.entity not in (Entity.ARTICLE, Entity.VERSION)]
    stale = _indexed(rest)
    for entity, uids in stale.items():
        index.take_out(connection, entity, uids)
    _create(connection, articles, at)
    _take_in(connection, intakes, versions, at)
    _point_to_versions(connection, articles)
    _create(connection, others, at)
    for run in alike.runs(rest):
        if (checked and alike.can_be_written(run[0])) or len(run) > 1:
            alike.write(connection, run, at, checked=checked)
        else:
            _change(connection, run[0], at)
    for entity, uids in _indexed(creates).items():
        index.put_in(connection, entity, uids)
    for entity, uids in stale.items():
        index.put_in(connection, entity, uids)
    if change_set.changes:
        _journal(connection, change_set, device)
    return connection.execute(select(func.max(CHANGE.c.seq))).scalar() or 0


def is_undone(connection: Connection, set_id: str) -> bool:
    """Tell whether a set was taken back."""
    undone = SET.alias()
    query = (
        select(SET.c.id)
        .join(undone, undone.c.id == SET.c.undoes_id)
        .where(undone.c.uid == set_id)
        .limit(1)
    )
    return connection.execute(query).first() is not None


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
            insert_of(entity), [insert_values(entity, c.id, c.new, at) for c in run_of]
        )
        if entity is Entity.STATEMENT:
            _link(connection, [(c.id, c.new[EVIDENCE]) for c in run_of])
        elif entity is Entity.ARTICLE:
            for change in run_of:
                lookup.add(connection, change.id, change.new)


def _change(connection: Connection, change: Change, at: int) -> None:
    table = MAPPINGS[change.entity].table
    values: dict[str, Any] = {"version": table.c.version + 1, "updated": at}
    match change.op:
        case Op.SET if change.field == EVIDENCE:
            connection.execute(
                delete(EVIDENCES).where(EVIDENCES.c.statement_id == _id_of(STATEMENT, change.id))
            )
            _link(connection, [(change.id, change.new)])
        case Op.SET:
            values |= set_values(change.entity, change.field, change.new)
        case Op.TRASH:
            values["deleted_at"] = at
        case Op.RESTORE:
            values["deleted_at"] = None
        case Op.CREATE:
            raise ValueError("a create is an insert")
    if change.entity is Entity.ARTICLE and change.field in lookup.FIELDS:
        lookup.replace(connection, change.id, change.field, change.new)
    done = connection.execute(update(table).where(table.c.uid == change.id).values(values))
    if done.rowcount != 1:
        raise LookupError(f"no {change.entity} {change.id}")


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
    connection: Connection, intakes: tuple[Intake, ...], versions: list[Change], at: int
) -> None:
    """Insert the versions with their bodies; what the journal says was created must be among them."""
    if {change.id for change in versions} != {i.version.id for i in intakes if i.version}:
        raise LookupError("the versions of a set are not those that came with it")
    for intake in intakes:
        originals.keep_rows(connection, intake.originals)
        version = intake.version
        if version is None:
            continue
        blocks = blocks_json(version.body)
        shown = included_text(version.body.text, blocks)
        done = connection.execute(
            insert(VERSION).values(
                uid=version.id,
                article_id=_id_of(ARTICLE, version.article),
                original=version.original or None,
                text_digest=version.text_digest,
                importer=version.importer,
                retrieved=version.retrieved.isoformat(),
                excerpt=" ".join(shown[: 2 * EXCERPT].split())[:EXCERPT],
                words=word_count(shown),
                created=at,
                updated=at,
            )
        )
        assert done.inserted_primary_key is not None  # noqa: S101 (one row, with a key)
        connection.execute(
            insert(BODY).values(
                version_id=done.inserted_primary_key[0],
                text=version.body.text,
                blocks=blocks,
                spans=spans_json(version.body),
            )
        )


def _point_to_versions(connection: Connection, articles: list[Change]) -> None:
    """Name the current versions of new articles, which could not be named before they were in."""
    for change in articles:
        connection.execute(
            update(ARTICLE)
            .where(ARTICLE.c.uid == change.id)
            .values(set_values(Entity.ARTICLE, "version", change.new["version"]))
        )


def _journal(connection: Connection, change_set: ChangeSet, device: str) -> None:
    head = connection.execute(select(SET.c.id).where(SET.c.uid == change_set.id)).scalar()
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
    rows = [
        {
            "set_id": head,
            "entity": change.entity.value,
            "uid": change.id,
            "op": change.op.value,
            "field": change.field,
            "old": change.old,
            # a create is one row without values: they stand in the record itself
            "new": None if change.op is Op.CREATE else change.new,
        }
        for change in change_set.changes
    ]
    if rows:  # typing that came back to where it began is a set without changes
        connection.execute(insert(CHANGE), rows)


def _id_of(table: Table, uid: object) -> ScalarSelect[int]:
    return select(table.c.id).where(table.c.uid == uid).scalar_subquery()
