"""Where points go: the story that is asked for, and the row that a key has made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from briefing_app.errors import BriefingError
from briefing_app.gui.targets import TargetPicker

if TYPE_CHECKING:
    from briefing_app.gui.composer.controller import ComposerController
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.reader.controller import ReaderController
    from briefing_app.services.suite import Services


class Aim(QObject):
    """Brings what is marked in the reader to a story in the composer."""

    failed = Signal(object)  # BriefingError, for the user

    def __init__(
        self,
        furniture: Furniture,
        services: Services,
        reader: ReaderController,
        composer: ComposerController,
    ) -> None:
        super().__init__(composer.parent())
        self._furniture = furniture
        self._services = services
        self._reader = reader
        self._composer = composer
        self.targets = TargetPicker(furniture.target, services.desk)
        self.targets.picked.connect(composer.open_story)
        self.targets.picked_once.connect(self._annotate_once)
        self.targets.new_asked.connect(self._story_from_article)
        reader.target_asked.connect(self.ask)
        reader.target_once_asked.connect(self._ask_once)
        reader.point_made.connect(self._point_made)

    def is_refused(self) -> bool:
        """Say why nothing can be edited, where that is so."""
        try:
            self._services.history.check()
        except BriefingError as error:
            self.failed.emit(error)
            return True
        return False

    @Slot()
    def ask(self) -> None:
        """Ask which story points go to from now on."""
        if not self.is_refused():
            self.targets.ask(self._composer.brief)

    @Slot(int, int, str)
    def _ask_once(self, start: int, end: int, role: str) -> None:
        if not self.is_refused():
            self.targets.ask_once(self._composer.brief, start, end, role)

    @Slot(str, int, int, str)
    def _annotate_once(self, story_id: str, start: int, end: int, role: str) -> None:
        self._reader.annotate(start, end, role, story_id)

    @Slot(str, str)
    def _point_made(self, story_id: str, statement_id: str) -> None:
        """Bring the new row into sight, when it has its place; the keyboard stays in the reader."""
        if story_id == self._composer.story:
            QTimer.singleShot(
                0, self, partial(self._furniture.composer.bring_into_sight, statement_id)
            )

    @Slot()
    def _story_from_article(self) -> None:
        if not self._reader.article or not self._composer.brief:
            self._composer.new_story()
            return
        article = self._services.articles.article(self._reader.article)
        desk = self._services.desk
        story = desk.new_story(self._composer.brief, article.title, article.published)
        self._composer.open_story(story.id)
