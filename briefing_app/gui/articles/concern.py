"""What an edit means for the lists: nothing, other facts in their rows, or other rows."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from briefing_app.domain.change import Action
from briefing_app.domain.record import Entity

if TYPE_CHECKING:
    from briefing_app.services.news import Changed


class Concern(IntEnum):
    """How much is to be read again; the greater includes the less."""

    NOTHING = 0
    FACTS = 1
    ROWS = 2


_TYPING = frozenset(
    {
        *(Action.EDIT_STATEMENT, Action.EDIT_HEADLINE, Action.EDIT_AS_OF, Action.MOVE_STATEMENT),
        *(Action.MOVE_STORY, Action.SPLIT_STATEMENT, Action.EDIT_COMMENT, Action.SET_ROLE),
    }
)
_ROWS = {Entity.ARTICLE, Entity.VERSION, Entity.COLLECTION}


def concern_of(changed: Changed) -> Concern:
    """Return what has to be read again after an edit."""
    kinds = {entity for entity, _ in changed.keys}
    if kinds & _ROWS:
        return Concern.ROWS
    return Concern.NOTHING if changed.action in _TYPING else Concern.FACTS
