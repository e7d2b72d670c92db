"""The user's switches of blocks: what follows from them in lists and in the search index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from briefing_app.domain.record import Entity
from briefing_app.storage.body import included_text
from briefing_app.storage.failure import DAMAGED_TEXT, is_damaged_text
from briefing_app.storage.parcels import summary
from briefing_app.storage.schema import ARTICLE, BODY, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from briefing_app.domain.change import Change

FIELD = "switched"  # of a version


def switched_by(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the versions whose blocks some changes put in or take out."""
    found = (c.id for c in changes if c.entity is Entity.VERSION and c.field == FIELD)
    return tuple(dict.fromkeys(found))


def articles_showing(connection: Connection, versions: Iterable[str]) -> tuple[str, ...]:
    """Return the articles that have one of some versions as their current one."""
    wanted = list(versions)
    if not wanted:
        return ()
    query = (
        select(ARTICLE.c.uid)
        .join(VERSION, VERSION.c.id == ARTICLE.c.current_id)
        .where(VERSION.c.uid.in_(wanted))
    )
    return tuple(connection.execute(query).scalars())


def renew(connection: Connection, versions: Iterable[str]) -> None:
    """Let what lists hold of versions follow their switches; a damaged text keeps what it has."""
    for uid in versions:
        query = (
            select(VERSION.c.id, VERSION.c.switched, BODY.c.text, BODY.c.blocks)
            .join(BODY, BODY.c.version_id == VERSION.c.id)
            .where(VERSION.c.uid == uid)
        )
        try:
            row = connection.execute(query).one_or_none()
        except DAMAGED_TEXT as error:
            if not is_damaged_text(error):
                raise
            continue
        if row is not None:
            shown = included_text(row.text, row.blocks, frozenset(row.switched))
            excerpt, words = summary(shown)
            connection.execute(
                update(VERSION).where(VERSION.c.id == row.id).values(excerpt=excerpt, words=words)
            )
