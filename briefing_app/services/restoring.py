"""What has to come back with the rows of stories that come back: the passages that they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.change import Change, Op
from briefing_app.domain.record import Entity, Key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.services.held import Held

EVIDENCE = "evidence"


def with_passages(held: Held, changes: Iterable[Change]) -> tuple[tuple[Change, ...], int]:
    """Bring passages back from the trash, and leave out those that are gone for good.

    Shape: the changes, and how many links to passages were left out.
    """
    missing = 0
    back: dict[Key, None] = {}
    kept: list[Change] = []
    for change in changes:
        cited = []
        if change.op is Op.SET and change.field == EVIDENCE:
            cited = [link for link in change.new if _is_anywhere(held, link[0])]
            missing += len(change.new) - len(cited)
            if cited != change.old:
                kept.append(Change(*change.key, Op.SET, EVIDENCE, change.old, cited))
        else:
            kept.append(change)
            if change.op is Op.RESTORE:
                cited = (held.trashed(change.key) or {}).get(EVIDENCE, [])
        for link in cited:
            passage = (Entity.ANNOTATION, link[0])
            if held.fields(passage) is None and held.trashed(passage) is not None:
                back[passage] = None
    restored = {change.key for change in kept if change.op is Op.RESTORE}
    more = (Change(*passage, Op.RESTORE) for passage in back if passage not in restored)
    return (*more, *kept), missing


def _is_anywhere(held: Held, annotation_id: str) -> bool:
    key = (Entity.ANNOTATION, annotation_id)
    return held.fields(key) is not None or held.trashed(key) is not None
