"""Narrow articles down to what a query asks for: its words by the index, its fields by conditions.

The index of the articles comes in parts, the newest last. `newest` asks them one after the other and
stops when it has enough; `narrowed` asks them all, for lists in another order.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Float,
    Integer,
    TextClause,
    column,
    false,
    func,
    select,
    text,
)

from briefing_app.domain.folding import searchable
from briefing_app.storage import schema
from briefing_app.storage.index import PARTS
from briefing_app.storage.limits import conditions, rows_of
from briefing_app.storage.schema import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Select, Subquery

    from briefing_app.domain.query import Query, Term

RANKED = 2000  # hits that are compared for the best match
FEW = 5000  # articles that a field may leave, for the index to be asked about them alone
_PROBED = 60  # of a part: so many are looked up one by one, more are met on the way through
# the sign keeps SQLite from going through the articles and looking each up in what was found
_ROW = text("article.id = +found.id")
_PARTS = "SELECT -2, name, NULL, NULL FROM sqlite_master WHERE type = 'table' AND name GLOB :parts"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a question needs to know first.

    The parts of the index, the newest first; the article behind which to go on; and which articles
    a field leaves, the newest first, if they are few.
    """

    parts: tuple[str, ...]
    before: int | None
    few: tuple[int, ...] | None


def newest(
    connection: Connection,
    statement: Select[Any],
    query: Query,
    *,
    before: str = "",
    limit: int | None = None,
) -> Select[Any]:
    """Narrow a query of articles, to be read newest first from behind the article `before` on.

    The rows come in that order by themselves: an order of its own would make the whole index be read.
    """
    statement = statement.where(*conditions(query)).limit(limit)
    if query.is_hopeless:
        return statement.where(false())
    survey = _survey(connection, query, before)
    match = expression(query.terms)
    if match:
        found = _found(match, survey)
        return statement.join(found, _ROW)
    if survey.before is not None:
        statement = statement.where(ARTICLE.c.id < survey.before)
    if survey.few is not None:
        few = func.json_each(json.dumps(survey.few)).table_valued("value")
        statement = statement.where(ARTICLE.c.id.in_(select(few.c.value)))
    return _without(statement, query, survey).order_by(ARTICLE.c.id.desc())


def best(
    connection: Connection, statement: Select[Any], query: Query, *, limit: int
) -> Select[Any]:
    """Narrow a query of articles to the best of the newest hits, the best first by themselves.

    A word in the title counts most. Without words it is the newest.
    """
    match = expression(query.terms)
    if not match or query.is_hopeless:
        return newest(connection, statement, query, limit=limit)
    survey = _survey(connection, query, "")
    scored = _arms(match, survey, score=", bm25({part}, 1, 10, 2, 2) AS score")
    found = scored.columns(column("id", Integer), column("score", Float)).subquery("found")
    hits = select(found.c.id, found.c.score).select_from(ARTICLE).join(found, _ROW)
    first = hits.where(*conditions(query)).limit(RANKED).subquery()
    ranked = select(first.c.id).order_by(first.c.score, first.c.id.desc()).limit(limit)
    return statement.join(ranked.subquery("found"), _ROW)


def narrowed(connection: Connection, statement: Select[Any], query: Query) -> Select[Any]:
    """Narrow a query of articles, to be read in any order."""
    statement = statement.where(*conditions(query))
    if query.is_hopeless:
        return statement.where(false())
    survey = _survey(connection, query, "")
    match = expression(query.terms)
    if match:
        return statement.where(ARTICLE.c.id.in_(select(_found(match, survey).c.id)))
    return _without(statement, query, survey)


def expression(terms: tuple[Term, ...]) -> str:
    """Return what FTS5 is to look for; empty if there is no word to be found."""
    wanted = [_phrase(term) for term in terms if not term.without]
    unwanted = [_phrase(term) for term in terms if term.without]
    if not wanted:
        return ""
    # words side by side: one without a letter that the tokenizer knows is left out then
    found = f"({' '.join(wanted)})"
    return f"{found} NOT ({' OR '.join(unwanted)})" if unwanted else found


def _phrase(term: Term) -> str:
    quoted = searchable(term.text).strip().replace('"', '""')
    place = f"{{{term.field.value}}} : " if term.field else ""
    return f'{place}"{quoted}"{"*" if term.begun else ""}'


def _found(match: str, survey: Survey) -> Subquery:
    found = _arms(match, survey).columns(column("id", Integer))
    return found.subquery("found")


def _arms(match: str, survey: Survey, score: str = "") -> TextClause:
    """Return the parts of the index one behind the other; SQLite goes on to the next when asked."""
    values: dict[str, Any] = {"match": match}
    arms = list(_each(survey, values, score, begun='"*' in match))
    if not arms:
        return text(f"SELECT NULL AS id{', NULL AS score' if score else ''} WHERE 0")
    return text(" UNION ALL ".join(arms)).bindparams(**values)


def _each(survey: Survey, values: dict[str, Any], score: str, *, begun: bool) -> Iterator[str]:
    for part in survey.parts:
        first = int(part[-4:]) * schema.PART
        last = first + schema.PART - 1
        condition = ""
        if survey.before is not None and survey.before <= last:
            if survey.before <= first:
                continue
            last = survey.before - 1
            condition = f" AND rowid <= {last}"
        if survey.few is not None:
            few = [row for row in survey.few if first <= row <= last]
            if not few:
                continue
            values[f"few_{first}"] = json.dumps(few)
            # each look-up reads a beginning of a word anew; the sign keeps SQLite from looking up
            sign = "+" if begun or len(few) > _PROBED else ""
            condition += f" AND {sign}rowid IN (SELECT value FROM json_each(:few_{first}))"  # noqa: S608 (numbers)
        columns = f"rowid AS id{score.format(part=part)}"
        yield (
            f"SELECT * FROM (SELECT {columns} FROM {part} WHERE {part} MATCH :match{condition} "  # noqa: S608 (a name of our tables, and numbers)
            "ORDER BY rowid DESC LIMIT -1)"
        )


def _without(statement: Select[Any], query: Query, survey: Survey) -> Select[Any]:
    """Leave out words where no word is to be found."""
    if not query.unwanted:
        return statement
    match = " OR ".join(_phrase(term) for term in query.unwanted)
    return statement.where(ARTICLE.c.id.not_in(select(_found(match, survey).c.id)))


def _survey(connection: Connection, query: Query, before: str) -> Survey:
    values: dict[str, Any] = {"parts": PARTS, "before": before}
    asked = [_PARTS, "SELECT -1, NULL, id, NULL FROM article WHERE uid = :before"]
    for number, limit in enumerate(query.limits):
        if found := rows_of(limit):
            rows, values[f"a{number}"], values[f"b{number}"] = found
            rows = rows.replace(":a", f":a{number}").replace(":b", f":b{number}")
            # one text for all ids: 5,000 rows would take longer than the search
            asked.append(
                f"SELECT {number}, NULL, count(*), group_concat(id) FROM "  # noqa: S608 (our words)
                f"(SELECT {rows} LIMIT {FEW + 1})"
            )
    parts: list[str] = []
    place: int | None = None
    few: tuple[int, str] | None = None
    for kind, name, count, ids in connection.exec_driver_sql(
        " UNION ALL ".join(asked), values
    ).all():
        if kind == -2:
            parts.append(name)
        elif kind == -1:
            place = count
        elif count <= FEW and (few is None or count < few[0]):
            few = (count, ids or "")
    rows_left = None if few is None else sorted(map(int, filter(None, few[1].split(","))))
    return Survey(
        tuple(sorted(parts, reverse=True)),
        place,
        None if rows_left is None else tuple(reversed(rows_left)),
    )
