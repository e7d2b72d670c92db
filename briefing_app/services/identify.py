"""Find out what is meant by an id that was typed: a UUID, or the beginning of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    from briefing_app.storage.names import Names

SHORTEST = 6


class Identify:
    """Turns what was typed into ids."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def resolve(self, entity: Entity, typed: str) -> str:
        """Return the id that begins with what was typed, at least six characters.

        Raises: NotFound if there is none, or more than one.
        """
        prefix = typed.strip().lower()
        if len(prefix) < SHORTEST:
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "“{typed}” is too short for an id."),
                hint=QT_TRANSLATE_NOOP("errors", "Give at least {least} characters of it."),
                typed=typed,
                least=SHORTEST,
            )
        found = self._names.beginning_with(entity, prefix, 2)
        if not found:
            raise NotFound(_unknown(entity), typed=typed)
        if len(found) > 1:
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "More than one id begins with “{typed}”."),
                hint=QT_TRANSLATE_NOOP("errors", "Give more characters of it."),
                typed=typed,
            )
        return found[0]


def _unknown(entity: Entity) -> str:
    match entity:
        case Entity.ARTICLE:
            return QT_TRANSLATE_NOOP("errors", "There is no article “{typed}”.")
        case Entity.BRIEF:
            return QT_TRANSLATE_NOOP("errors", "There is no brief “{typed}”.")
        case Entity.STORY:
            return QT_TRANSLATE_NOOP("errors", "There is no story “{typed}”.")
        case Entity.STATEMENT:
            return QT_TRANSLATE_NOOP("errors", "There is no statement “{typed}”.")
        case Entity.ANNOTATION:
            return QT_TRANSLATE_NOOP("errors", "There is no marked passage “{typed}”.")
        case Entity.SECTION | Entity.LINK:
            return QT_TRANSLATE_NOOP("errors", "There is nothing with the id “{typed}”.")
