"""Erase for good: what would go, the user's yes, and that nothing of it is left.

What is erased is in no row, no index, no value of the journal, no original and no free space of the
library. The journal keeps that, when and why. There is no undo.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from briefing_app.domain.erasure import Deed
from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused, StorageFailure
from briefing_app.progress import NoProgress

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.domain.erasure import Doom, Erased, Why, Wish
    from briefing_app.progress import Progress
    from briefing_app.services.history import History
    from briefing_app.storage.eraser import Eraser

ROOTS = (Entity.ARTICLE, Entity.ANNOTATION, Entity.STORY, Entity.BRIEF)


def finish_left_over(erasing: Erasing) -> None:
    """Clear away what a killed run has left; if that is not to be now, the next opening does it."""
    if erasing.unfinished:
        with suppress(StorageFailure):
            erasing.finish(NoProgress())


class Erasing:
    """Erases in one library. All but `settle` wait for the disk, and may run on any thread."""

    def __init__(self, history: History, eraser: Eraser) -> None:
        self._history = history
        self._eraser = eraser

    @property
    def unfinished(self) -> bool:
        """Whether traces of something erased are still to be cleared away."""
        return self._eraser.unfinished

    def look(self, wish: Wish) -> Doom:
        """Return what would go with what is wished for. Raises: NotFound, Refused.

        A brief that was published stays, for its editions are kept for ever.
        """
        doom = self._eraser.look(wish)
        if not (doom.names or doom.originals):
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is nothing of that left to erase."))
        if doom.own_briefs and doom.editions:
            raise Refused(
                QT_TRANSLATE_NOOP(
                    "errors", "“{title}” has published editions, and these are kept for ever."
                ),
                hint=QT_TRANSLATE_NOOP("errors", "Erase its stories instead."),
                title=doom.names[0] if doom.names else "",
            )
        return doom

    def backups(self, wish: Wish) -> tuple[Path, ...]:
        """Return the backups of this library that hold any of it."""
        return self._eraser.backups(wish)

    def erase(
        self, wish: Wish, why: Why, progress: Progress, *, purge: bool = False, whole: bool = True
    ) -> Erased:
        """Erase for good; `purge` takes the backups that hold it away, too.

        Raises: NotFound, Refused, StorageFailure, Cancelled.
        """
        self.look(wish)
        history = self._history
        deed = Deed(history.new_id(), history.now(), history.origin, why, purge)
        return self._eraser.erase(wish, deed, progress, whole=whole)

    def finish(self, progress: Progress) -> bool:
        """Clear away what a killed run or a reader left; False if one still reads the old state.

        Raises: StorageFailure.
        """
        return not self.unfinished or self._eraser.tidy(progress)

    def settle(self) -> None:
        """Let this front forget what was erased; on its own thread."""
        self._history.refresh()
