"""Undo and redo: a step about many articles is long work, all others are done at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from briefing_app.gui.composer.controller import ComposerController
    from briefing_app.gui.gathering.deeds import Deeds


class Travel(QObject):
    """Stores what is being written, then goes back or forth."""

    def __init__(self, deeds: Deeds, composer: ComposerController) -> None:
        super().__init__(deeds)
        self._deeds = deeds
        self._composer = composer

    @Slot()
    def undo(self) -> None:
        """Take back the last edit."""
        self._composer.flush()
        if not self._deeds.travel(back=True):
            self._composer.undo()

    @Slot()
    def redo(self) -> None:
        """Make an edit again."""
        self._composer.flush()
        if not self._deeds.travel(back=False):
            self._composer.redo()
