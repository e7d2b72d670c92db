"""The counts in the status line: what has a source, and how long the brief is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from briefing_app.domain.statement import Part

if TYPE_CHECKING:
    from briefing_app.gui.composer.controller import ComposerController
    from briefing_app.gui.statusline import StatusLine
    from briefing_app.services.desk import Desk


class Tally(QObject):
    """Counts what is open in the composer."""

    def __init__(self, status: StatusLine, desk: Desk, composer: ComposerController) -> None:
        super().__init__(status)
        self._status = status
        self._desk = desk
        self._composer = composer
        self._pages: int | None = None

    def count(self) -> None:
        """Count again."""
        self._count_sources()
        self._count_words()

    @Slot(int)
    def show_pages(self, pages: int) -> None:
        """Say how many pages the brief has, now that they were made."""
        self._pages = pages
        self._count_words()

    def _count_sources(self) -> None:
        if not self._composer.story:
            self._status.show_sourced(0, 0)
            return
        statements = self._desk.story(self._composer.story).statements
        rows = [row for row in statements if row.part is not Part.NARRATIVE]
        self._status.show_sourced(sum(bool(row.evidence) for row in rows), len(rows))

    def _count_words(self) -> None:
        if not self._composer.brief:
            self._status.show_size(0, None)
            return
        desk = self._desk
        stories = [desk.story(story) for story in desk.brief(self._composer.brief).stories]
        words = sum(len(row.text.split()) for story in stories for row in story.statements)
        self._status.show_size(words, self._pages)
