"""One number for all that a library holds, so that two libraries can be compared.

It speaks of content alone: no local numbers, no times of making and changing, no journal and no
trash. Two libraries with the same digest hold the same live records, texts and originals.

Shape: SHA-256 over lines of canonical JSON, by kind and then by UUID: a line for each live record; for
a version the digests of its text, its blocks and its spans with it; a line for each original that a
live version was made from or shows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from briefing_app.digests import sha256_of_much
from briefing_app.domain.record import Entity
from briefing_app.storage import entries
from briefing_app.storage.schema import BODY, ORIGINAL, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_PAGE = 500  # names in one question


def digest(connection: Connection) -> str:
    """Return the digest of the library as this connection sees it."""
    made = sha256_of_much()
    originals: set[str] = set()
    for entity in sorted(Entity):
        for line in _lines(connection, entity, originals):
            made.update(canonical(line))
            made.update(b"\n")
    for line in _originals(connection, sorted(originals)):
        made.update(canonical(line))
        made.update(b"\n")
    return made.hexdigest()


def canonical(value: object) -> bytes:
    """Return a JSON value as the bytes that all writers of it agree on."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _lines(connection: Connection, entity: Entity, originals: set[str]) -> Iterator[list[Any]]:
    for page in entries.by_uid(connection, entity):
        uids = [entry.id for entry in page]
        contents = _contents(connection, uids, originals) if entity is Entity.VERSION else {}
        for entry in page:
            yield [entity.value, entry.id, entry.fields, *contents.get(entry.id, ())]


def _contents(
    connection: Connection, uids: list[str], originals: set[str]
) -> dict[str, tuple[Any, ...]]:
    """Return what versions say; note the originals that they name."""
    query = (
        select(
            VERSION.c.uid,
            VERSION.c.original,
            VERSION.c.importer,
            VERSION.c.retrieved,
            BODY.c.text,
            BODY.c.blocks,
            BODY.c.spans,
        )
        .join(BODY, BODY.c.version_id == VERSION.c.id)
        .where(VERSION.c.uid.in_(uids))
    )
    found: dict[str, tuple[Any, ...]] = {}
    for row in connection.execute(query):
        assets = {block[3].get("asset") for block in row.blocks if len(block) > 3}
        originals |= {name for name in (row.original, *assets) if name}
        body = (row.text.encode(), canonical(row.blocks), canonical(row.spans))
        digests = (sha256_of_much(part).hexdigest() for part in body)
        found[row.uid] = (row.original, row.importer, row.retrieved, *digests)
    return found


def _originals(connection: Connection, names: list[str]) -> Iterator[list[Any]]:
    for at in range(0, len(names), _PAGE):
        query = (
            select(ORIGINAL.c.digest, ORIGINAL.c.media_type, ORIGINAL.c.size)
            .where(ORIGINAL.c.digest.in_(names[at : at + _PAGE]))
            .order_by(ORIGINAL.c.digest)
        )
        for row in connection.execute(query):
            yield ["original", *row]
