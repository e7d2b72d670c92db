"""Values that every file can hold: no half of a surrogate pair, which a paste may bring."""

from __future__ import annotations

import operator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing_app.domain.change import Change


def clean(change: Change) -> Change:
    """Return a change without lone surrogates."""
    new = _storable(change.new)
    return change if new is change.new else replace(change, new=new)


def _storable(value: object) -> object:
    if isinstance(value, str):
        if value.isascii() or not any("\ud800" <= mark <= "\udfff" for mark in value):
            return value
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        cleaned = {name: _storable(item) for name, item in value.items()}
        return value if all(cleaned[name] is value[name] for name in value) else cleaned
    if isinstance(value, list):
        items = [_storable(item) for item in value]
        return value if all(map(operator.is_, items, value)) else items
    return value
