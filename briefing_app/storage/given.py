"""Local ids as a table of a query: one statement for any number of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

if TYPE_CHECKING:
    from collections.abc import Iterable


def given(tokens: Iterable[int]) -> Select[Any]:
    """Return ids as what a row can be in."""
    return select(func.json_each(json.dumps(list(tokens))).table_valued("value").c.value)
