"""Narrow articles down to what a query asks for: its words by the index, its fields by conditions.

The index of the articles comes in parts, the newest last. `newest` asks them one after the other and
stops when it has enough; `narrowed` asks them all, for lists in another order.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from operator import neg
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
from briefing_app.storage.limits import conditions, leaving
from briefing_app.storage.schema import ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection, Select, Subquery

    from briefing_app.domain.query import Query, Term
    from briefing_app.storage.limits import Leaving

RANKED = 2000  # hits that are compared for the best match
FEW = 100  # articles that a field may leave, for each to be looked up in the index
MORE = 5000  # the same of a field of which no index has just those of a part
_PROBED = 4  # of a part: so many are looked up one by one, more are met on the way through
# the sign keeps SQLite from going through the articles and looking each up in what was found
_ROW = text("article.id = +found.id")
_PARTS = "SELECT -2, name, NULL, NULL FROM sqlite_master WHERE type = 'table' AND name GLOB :parts"


@dataclass(frozen=True, slots=True)
class Survey:
    """What a question needs to know first.

    The parts of the index, the newest first; the article behind which to go on; which articles a
    field leaves, the newest first, if they are few; what fields leave of a part, that one before the
    others, and the values of that. `is_known_by_parts` says that it is what leaves the few.
    """

    parts: tuple[str, ...]
    before: int | None
    few: tuple[int, ...] | None
    is_known_by_parts: bool
    left: tuple[str, ...]
    values: dict[str, Any]


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
    if match or (query.limits and survey.few is None):
        return _without(statement.join(_found(match, survey), _ROW), query, match, survey)
    if survey.before is not None:
        statement = statement.where(ARTICLE.c.id < survey.before)
    if survey.few is not None:
        few = func.json_each(json.dumps(survey.few)).table_valued("value")
        statement = statement.where(ARTICLE.c.id.in_(select(few.c.value)))
    return _without(statement, query, match, survey).order_by(ARTICLE.c.id.desc())


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
    return _without(statement, query, match, survey)


def of_few(
    connection: Connection, statement: Select[Any], query: Query, article: ColumnElement[int]
) -> Select[Any]:
    """Narrow a query of what belongs to articles to the few that a field leaves, if they are few."""
    few = _survey(connection, query, "").few
    if few is None:
        return statement
    rows = func.json_each(json.dumps(few)).table_valued("value")
    return statement.where(article.in_(select(rows.c.value)))


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
    """Return the parts of the index one behind the other; SQLite goes on to the next when asked.

    Without a word to match it is the articles of the parts.
    """
    values: dict[str, Any] = {**survey.values, "match": match}
    words = " UNION ALL ".join(_each(survey, values, match, score))
    if not words:
        return text(f"SELECT NULL AS id{', NULL AS score' if score else ''} WHERE 0")
    clause, named = _clause(words)
    return clause.bindparams(**{name: values[name] for name in named})


@lru_cache(32)
def _clause(words: str) -> tuple[TextClause, frozenset[str]]:
    return text(words), frozenset(re.findall(r":(\w+)", words))


def _each(survey: Survey, values: dict[str, Any], match: str, score: str) -> Iterator[str]:
    for part in survey.parts:
        number = int(part[-4:])
        first, last = number * schema.PART, (number + 1) * schema.PART - 1
        condition = ""
        if survey.before is not None and survey.before <= last:
            if survey.before <= first:
                continue
            last = survey.before - 1
            condition = f" AND rowid <= {last}"
        if survey.few is not None and not survey.is_known_by_parts:
            few = survey.few[_behind(survey.few, last) : _behind(survey.few, first - 1)]
            if not few:
                continue
            values[f"few_{number}"] = json.dumps(few)
            sign = _sign(match, len(few))
            condition += f" AND {sign}rowid IN (SELECT value FROM json_each(:few_{number}))"  # noqa: S608 (numbers)
        asked = ":match"
        for place, left in enumerate(survey.left):
            rows = f"SELECT {left.format(part=number)}"
            few_first = place == 0 and survey.few is not None and survey.is_known_by_parts
            sign = _sign(match, 0) if few_first else "+"
            condition += f" AND {sign}rowid IN ({rows})"
            # a part without such an article is not read: an empty phrase is nowhere
            asked = f"iif(EXISTS ({rows}), {asked}, '\"\"')"
        columns = f"rowid AS id{score.format(part=part)}"
        rows = (
            f"{part} WHERE {part} MATCH {asked}"
            if match
            else f"article WHERE rowid BETWEEN {first} AND {last}"
        )
        # a query without a limit would lose its order as soon as it is joined
        yield (
            f"SELECT * FROM (SELECT {columns} FROM {rows}{condition} ORDER BY rowid DESC LIMIT -1)"  # noqa: S608 (names of our tables, and numbers)
        )


def _sign(match: str, count: int) -> str:
    """Return what keeps SQLite from looking each row up, which reads a beginning of a word anew."""
    return "+" if '"*' in match or count > _PROBED else ""


def _behind(rows: tuple[int, ...], last: int) -> int:
    """Return the place in falling numbers of the first that is not above another."""
    return bisect_left(rows, -last, key=neg)


def _without(statement: Select[Any], query: Query, match: str, survey: Survey) -> Select[Any]:
    """Leave out words; where there is a word to match, the index has done so."""
    if match or not query.unwanted:
        return statement
    match = " OR ".join(_phrase(term) for term in query.unwanted)
    found = _arms(match, survey).columns(column("id", Integer)).subquery("unwanted")
    return statement.where(ARTICLE.c.id.not_in(select(found.c.id)))


def _survey(connection: Connection, query: Query, before: str) -> Survey:
    values: dict[str, Any] = {"parts": PARTS, "before": before}
    asked = [_PARTS, "SELECT -1, NULL, id, NULL FROM article WHERE uid = :before"]
    # what leaves words out reads them in all parts, so as many ids as may be are worth a list
    most = {True: FEW if query.wanted else MORE, False: MORE}
    lefts: dict[int, Leaving] = {}
    for number, limit in enumerate(query.limits):
        left = leaving(limit)
        if left is None:
            continue
        lefts[number] = left
        values[f"a{number}"], values[f"b{number}"] = left.values
        # one text for all ids: so many rows would take longer than the search
        asked.append(
            f"SELECT {number}, NULL, count(*), group_concat(id) FROM "  # noqa: S608 (our words)
            f"(SELECT {_numbered(left.rows, number)} LIMIT {most[left.is_exact] + 1})"
        )
    parts: list[str] = []
    place: int | None = None
    few: tuple[int, int, str] | None = None
    for kind, name, count, ids in connection.exec_driver_sql(
        " UNION ALL ".join(asked), values
    ).all():
        if kind == -2:
            parts.append(name)
        elif kind == -1:
            place = count
        elif count <= most[lefts[kind].is_exact] and (few is None or count < few[0]):
            few = (count, kind, ids or "")
    first = None if few is None else few[1]
    known = first is not None and lefts[first].is_exact and bool(query.wanted)
    if first is not None and not known:
        del lefts[first]
    return Survey(
        tuple(sorted(parts, reverse=True)),
        place,
        tuple(sorted(map(int, filter(None, few[2].split(","))), reverse=True)) if few else None,
        known,
        tuple(
            _numbered(left.in_part, number)
            for number, left in sorted(lefts.items(), key=lambda one: one[0] != first)
        ),
        values,
    )


def _numbered(words: str, number: int) -> str:
    return words.replace(":a", f":a{number}").replace(":b", f":b{number}")
