"""Put what comes in into the tables: versions with their bodies, and the bytes they were made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select

from briefing_app.domain.text import word_count
from briefing_app.storage import originals
from briefing_app.storage.body import blocks_json, included_text, spans_json
from briefing_app.storage.schema import ARTICLE, BODY, VERSION

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from briefing_app.domain.article import ArticleVersion, Intake

EXCERPT = 240  # code points

Times = dict[str, tuple[int, int]]  # by the id of a version. Units: milliseconds since 1970 UTC

_VERSION = insert(VERSION).values(
    article_id=select(ARTICLE.c.id).where(ARTICLE.c.uid == bindparam("p_article")).scalar_subquery()
)
_BODY = insert(BODY).values(
    version_id=select(VERSION.c.id).where(VERSION.c.uid == bindparam("p_version")).scalar_subquery()
)


def take_in(connection: Connection, intakes: tuple[Intake, ...], times: Times) -> dict[str, str]:
    """Insert versions, their bodies and originals; return the text of each version that is shown.

    Shape: the text by the id of the version; what the extraction left out is not in it. `times` say
    when each version was made and changed.
    """
    shown: dict[str, str] = {}
    versions: list[dict[str, Any]] = []
    bodies: list[dict[str, Any]] = []
    for intake in intakes:
        if version := intake.version:
            blocks = blocks_json(version.body)
            shown[version.id] = included_text(version.body.text, blocks)
            versions.append(_row(version, shown[version.id], times[version.id]))
            body = {"text": version.body.text, "blocks": blocks, "spans": spans_json(version.body)}
            bodies.append({"p_version": version.id, **body})
    originals.keep_rows(
        connection,
        (each for intake in intakes for each in intake.originals),
        (each for intake in intakes for each in intake.placed),
    )
    if versions:
        connection.execute(_VERSION, versions)
        connection.execute(_BODY, bodies)
    return shown


def _row(version: ArticleVersion, shown: str, times: tuple[int, int]) -> dict[str, Any]:
    return {
        "uid": version.id,
        "p_article": version.article,
        "original": version.original or None,
        "text_digest": version.text_digest,
        "importer": version.importer,
        "retrieved": version.retrieved.isoformat(),
        "excerpt": " ".join(shown[: 2 * EXCERPT].split())[:EXCERPT],
        "words": word_count(shown),
        "created": times[0],
        "updated": times[1],
    }
