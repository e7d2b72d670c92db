"""Search the index: newest first, and never a complaint about what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import column, literal_column, select, table

from briefing_app.storage.body import included_text
from briefing_app.storage.index import spaced
from briefing_app.storage.schema import (
    ANNOTATION,
    ARTICLE,
    BODY,
    BRIEF,
    STATEMENT,
    STORY,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import ColumnElement, Connection, Subquery, TableClause

ARTICLE_INDEX = table("article_fts", column("rowid"))
ANNOTATION_INDEX = table("annotation_fts", column("rowid"))
STATEMENT_INDEX = table("statement_fts", column("rowid"))

_PIECE = re.compile(r'"([^"]*)"?|(\S+)')
_PIECES = 24  # more words than that are a pasted text, not a question
_LENGTH = 200
_BEGUN = 3  # shorter beginnings fit half the words there are


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found: its id, its title, the text to show a part of, the article it is in."""

    id: str
    title: str
    text: str
    article: str = ""


class Search:
    """The index of a library; any thread may ask."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def articles(self, words: str, limit: int) -> tuple[Found, ...]:
        """Return the newest articles with all the words."""
        return self._find(words, limit, _find_articles)

    def annotations(self, words: str, limit: int) -> tuple[Found, ...]:
        """Return the newest passages with all the words, in their quote or their comment."""
        return self._find(words, limit, _find_annotations)

    def statements(self, words: str, limit: int) -> tuple[Found, ...]:
        """Return the newest statements with all the words; the id is that of the story."""
        return self._find(words, limit, _find_statements)

    def titles(self) -> tuple[tuple[str, str, str], ...]:
        """Return the kind (brief, story), id and title of all briefs and stories, newest first."""
        with self._read() as connection:
            return tuple(
                (kind, row[0], row[1])
                for kind, rows, title in (("brief", BRIEF, "title"), ("story", STORY, "headline"))
                for row in connection.execute(
                    select(rows.c.uid, rows.c[title])
                    .where(rows.c.deleted_at.is_(None))
                    .order_by(rows.c.id.desc())
                )
            )

    def _find(
        self,
        words: str,
        limit: int,
        find: Callable[[Connection, str, int], tuple[Found, ...]],
    ) -> tuple[Found, ...]:
        match = match_of(words)
        if not match:
            return ()
        with self._read() as connection:
            return find(connection, match, limit)


def match_of(words: str) -> str:
    """Return an FTS5 expression for all the words that were typed; empty if there are none.

    A text in quotes is a phrase; the last word, from three letters on, may be the
    beginning of one.
    """
    safe = words.encode("utf-8", "replace").decode().replace("\0", " ")
    found = list(_PIECE.finditer(safe))[:_PIECES]
    pieces = []
    for piece in found:
        phrase = spaced(piece[1] if piece[1] is not None else piece[2])[:_LENGTH]
        if any(mark.isalnum() for mark in phrase):
            quoted = phrase.strip().replace('"', '""')
            begun = (
                piece is found[-1] and piece.end() == len(safe) and len(piece[2] or "") >= _BEGUN
            )
            pieces.append(f'"{quoted}"*' if begun else f'"{quoted}"')
    return " ".join(pieces)


def matches(index: TableClause, match: str) -> Subquery:
    """Return the row ids of an index that an expression fits."""
    name: ColumnElement[str] = literal_column(index.name)
    return select(index.c.rowid).where(name.op("MATCH")(match)).subquery()


def _find_articles(connection: Connection, match: str, limit: int) -> tuple[Found, ...]:
    found = matches(ARTICLE_INDEX, match)
    query = (
        select(ARTICLE.c.uid, ARTICLE.c.title, BODY.c.text, BODY.c.blocks)
        .join(found, found.c.rowid == ARTICLE.c.id)
        .outerjoin(BODY, BODY.c.version_id == ARTICLE.c.current_id)
        .where(ARTICLE.c.deleted_at.is_(None))
        .order_by(found.c.rowid.desc())
        .limit(limit)
    )
    rows: Any = connection.execute(query)
    return tuple(
        Found(uid, title, included_text(text, blocks) if text is not None else "", uid)
        for uid, title, text, blocks in rows
    )


def _find_annotations(connection: Connection, match: str, limit: int) -> tuple[Found, ...]:
    found = matches(ANNOTATION_INDEX, match)
    query = (
        select(
            ANNOTATION.c.uid,
            ARTICLE.c.title,
            ANNOTATION.c.exact,
            ANNOTATION.c.comment,
            ARTICLE.c.uid.label("article"),
        )
        .join(found, found.c.rowid == ANNOTATION.c.id)
        .join(ARTICLE, ARTICLE.c.id == ANNOTATION.c.article_id)
        .where(ANNOTATION.c.deleted_at.is_(None), ARTICLE.c.deleted_at.is_(None))
        .order_by(found.c.rowid.desc())
        .limit(limit)
    )
    rows: Any = connection.execute(query)
    return tuple(
        Found(uid, title, f"{exact}\n{comment}" if comment else exact, article)
        for uid, title, exact, comment, article in rows
    )


def _find_statements(connection: Connection, match: str, limit: int) -> tuple[Found, ...]:
    found = matches(STATEMENT_INDEX, match)
    query = (
        select(STORY.c.uid, STORY.c.headline, STATEMENT.c.text)
        .join(found, found.c.rowid == STATEMENT.c.id)
        .join(STORY, STORY.c.id == STATEMENT.c.story_id)
        .where(STATEMENT.c.deleted_at.is_(None), STORY.c.deleted_at.is_(None))
        .order_by(found.c.rowid.desc())
        .limit(limit)
    )
    rows: Any = connection.execute(query)
    return tuple(Found(uid, headline, text) for uid, headline, text in rows)
