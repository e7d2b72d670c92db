"""Find out what is meant by an id that was typed: a UUID, or the beginning of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound

if TYPE_CHECKING:
    from briefing_app.storage.names import Names

SHORTEST = 6
_NOTHING = QT_TRANSLATE_NOOP("errors", "There is nothing with the id “{typed}”.")
_UNKNOWN = {
    Entity.ARTICLE: QT_TRANSLATE_NOOP("errors", "There is no article “{typed}”."),
    Entity.BRIEF: QT_TRANSLATE_NOOP("errors", "There is no brief “{typed}”."),
    Entity.STORY: QT_TRANSLATE_NOOP("errors", "There is no story “{typed}”."),
    Entity.STATEMENT: QT_TRANSLATE_NOOP("errors", "There is no statement “{typed}”."),
    Entity.ANNOTATION: QT_TRANSLATE_NOOP("errors", "There is no marked passage “{typed}”."),
    Entity.COLLECTION: QT_TRANSLATE_NOOP("errors", "There is no collection “{typed}”."),
    Entity.SEARCH: QT_TRANSLATE_NOOP("errors", "There is no saved search “{typed}”."),
}


class Identify:
    """Turns what was typed into ids."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def resolve(self, entity: Entity, typed: str, *, trashed: bool = False) -> str:
        """Return the id that begins with what was typed, at least six characters.

        `trashed` finds what lies in the trash, too.
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
        found = self._names.beginning_with(entity, prefix, 2, trashed=trashed)
        if not found:
            raise NotFound(_UNKNOWN.get(entity, _NOTHING), typed=typed)
        if len(found) > 1:
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "More than one id begins with “{typed}”."),
                hint=QT_TRANSLATE_NOOP("errors", "Give more characters of it."),
                typed=typed,
            )
        return found[0]
