"""Put what comes in into the tables: versions with their bodies, and the bytes they were made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing_app.storage import originals, sketches
from briefing_app.storage.bulk import insert_rows
from briefing_app.storage.connection import encode
from briefing_app.storage.given import ids_of
from briefing_app.storage.schema import ARTICLE, BODY, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from briefing_app.domain.article import ArticleVersion, Intake
    from briefing_app.storage.parcels import PackedBody, PackedOriginal, Parcel

Arrival = tuple["Intake", "Parcel"]
Times = dict[str, tuple[int, int]]  # by the id of a version. Units: milliseconds since 1970 UTC

_VERSION = (
    *(VERSION.c.uid, VERSION.c.article_id, VERSION.c.original, VERSION.c.text_digest),
    *(VERSION.c.importer, VERSION.c.retrieved, VERSION.c.excerpt, VERSION.c.words),
    *(VERSION.c.created, VERSION.c.updated, VERSION.c.switched),
)
_BODY = (BODY.c.version_id, BODY.c.text, BODY.c.blocks, BODY.c.spans)


def take_in(connection: Connection, arrivals: Iterable[Arrival], times: Times) -> dict[str, int]:
    """Insert versions, their bodies and originals; return the local id of each version.

    `times` say when each version was made and changed.
    """
    versions: dict[str, tuple[ArticleVersion, PackedBody]] = {}
    kept: dict[str, PackedOriginal] = {}  # articles of one file have its bytes in common
    for intake, parcel in arrivals:
        kept |= {original.digest: original for original in parcel.originals}
        if intake.version and parcel.body:
            versions[intake.version.id] = (intake.version, parcel.body)
    originals.keep_rows(connection, kept.values())
    if not versions:
        return {}
    articles = ids_of(connection, ARTICLE, {version.article for version, _ in versions.values()})
    rows = [
        _row(version, body, articles[version.article], times[version.id])
        for version, body in versions.values()
    ]
    insert_rows(connection, _VERSION, rows)
    ids = ids_of(connection, VERSION, versions)
    bodies = [(ids[uid], body.text, body.blocks, body.spans) for uid, (_, body) in versions.items()]
    insert_rows(connection, _BODY, bodies)
    sketches.add(connection, {ids[uid]: body.sketch for uid, (_, body) in versions.items()})
    return ids


def _row(
    version: ArticleVersion, body: PackedBody, article: int, times: tuple[int, int]
) -> tuple[Any, ...]:
    return (
        *(version.id, article, version.original or None, version.text_digest),
        *(version.importer, version.retrieved.isoformat(), body.excerpt, body.words),
        *times,
        encode(list(version.switched)),
    )
