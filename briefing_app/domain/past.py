"""What the fields of a record were before: how two libraries tell who has edited what.

A value is known by a mark, the beginning of its SHA-256. Of two values of one field, the one whose mark
stands among the former ones of the other is the older; where neither does, both were edited. No clock
is asked. Fields that only make sense together are one group, and have one mark.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from briefing_app.digests import sha256
from briefing_app.domain.record import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefing_app.domain.entry import Past
    from briefing_app.domain.record import Fields, Key

REMEMBERED = 50  # former values of a group
MARK = 12  # hexadecimal digits

_TOGETHER: dict[Entity, dict[str, tuple[str, ...]]] = {
    Entity.ARTICLE: {"version": ("version", "retrieved")},
    Entity.ANNOTATION: {
        "target": ("version", "start", "end", "exact", "prefix", "suffix", "state"),
    },
    Entity.STATEMENT: {"place": ("part", "kind", "rank")},
    Entity.LINK: {"place": ("section", "rank")},
}


def groups(entity: Entity, fields: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the groups of a record's fields; a field in no group is one by itself."""
    together = _TOGETHER.get(entity, {})
    inside = {name for names in together.values() for name in names}
    alone = {name: (name,) for name in fields if name not in inside}
    return {**together, **alone}


def mark(key: Key, fields: Fields, names: tuple[str, ...]) -> str:
    """Return the mark of the values of a group; equal values of two records have different ones."""
    values = [key[1], [fields[name] for name in names]]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]


def marks(key: Key, fields: Fields) -> dict[str, str]:
    """Return the mark of each group of a record."""
    return {name: mark(key, fields, names) for name, names in groups(key[0], fields).items()}


def past_of(
    key: Key,
    fields: Fields,
    sets: Iterable[tuple[str, Any]],
    brought: Mapping[str, Iterable[str]] | None = None,
) -> Past:
    """Return the former values of a record, of each group the oldest first, as marks.

    `sets` are the journalled changes of its fields as (field, old value), the oldest first; `brought`
    are the marks that came with it from another library.
    """
    found: dict[str, list[str]] = {}
    group_of = {name: one for one, names in groups(key[0], fields).items() for name in names}
    members = groups(key[0], fields)
    was = dict(fields)
    for field, old in reversed(list(sets)):
        if field not in group_of:
            continue
        was[field] = old
        group = group_of[field]
        found.setdefault(group, []).append(mark(key, was, members[group]))
    for group, earlier in (brought or {}).items():
        found.setdefault(group, []).extend(reversed(tuple(earlier)))
    return {
        group: tuple(reversed(list(dict.fromkeys(values))[:REMEMBERED]))
        for group, values in sorted(found.items())
        if group in members
    }
