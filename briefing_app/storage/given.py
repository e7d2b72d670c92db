"""Names and local ids as a table of a query: one statement for any number of them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, func, select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, Table

_NAMES = "p_given"


def given(tokens: Iterable[int]) -> Select[Any]:
    """Return ids as what a row can be in."""
    return _table(json.dumps(list(tokens)))


def asked() -> Select[Any]:
    """Return what a row can be in for a statement that is made once; see `asking`."""
    return _table(bindparam(_NAMES))


def asking(names: Iterable[str]) -> dict[str, str]:
    """Return the parameter that such a statement takes."""
    return {_NAMES: json.dumps(list(names))}


def ids_of(connection: Connection, table: Table, uids: Iterable[str]) -> dict[str, int]:
    """Return the local ids of rows by their UUIDs; one that is not there is left out."""
    names = list(uids)
    if not names:
        return {}
    return {row[0]: row[1] for row in connection.execute(_ids(table), asking(names))}


@cache
def _ids(table: Table) -> Select[Any]:
    return select(table.c.uid, table.c.id).where(table.c.uid.in_(asked()))


def _table(tokens: Any) -> Select[Any]:  # noqa: ANN401 (JSON, or the parameter that brings it)
    return select(func.json_each(tokens).table_valued("value").c.value)
