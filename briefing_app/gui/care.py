"""What is kept of everything: history, trash, versions; and what is to be kept no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from briefing_app.domain.erasure import Wish
from briefing_app.domain.record import Entity
from briefing_app.gui.erasing import EraseController
from briefing_app.gui.history.controller import HistoryController
from briefing_app.gui.splitting.controller import SplitController
from briefing_app.gui.trashing import TrashController
from briefing_app.gui.versioning import VersionsController

if TYPE_CHECKING:
    from briefing_app.domain.record import Key
    from briefing_app.gui.composer.controller import ComposerController
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

AFTER = 60_000  # milliseconds: what is old in the trash goes when the window has long settled


class Care(QObject):
    """One controller each; here they hear of each other."""

    flush_asked = Signal()  # what is being written is to be handed over, before anything is read
    article_wanted = Signal(str)
    version_wanted = Signal(str, str)  # article, version; empty for the current one
    brief_wanted = Signal(str)
    story_wanted = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        runner: JobRunner,
        work: LongWork,
        *,
        settings: Settings,
        open_: ComposerController,
    ) -> None:
        super().__init__(window)
        self._chosen = window.articles.chosen
        self._open = open_
        self._services = services
        self._work = work
        flush = self._flush
        self.history = HistoryController(window, services, runner, flush)
        self.erasing = EraseController(window, services, runner, work, flush)
        self.trash = TrashController(window, services, runner, self.erasing, flush)
        self.versions = VersionsController(window, services, runner, work, settings, flush=flush)
        self.splitting = SplitController(window, services, work, settings, flush=flush)
        for part in (self.history, self.erasing, self.trash, self.versions, self.splitting):
            part.failed.connect(self.failed)
        self.history.restored.connect(self._went_back)
        self.trash.restored.connect(self._restored)
        for name, do in (
            ("trash", self.trash.show_trash),
            ("article-versions", self._show_versions),
            ("open-original", self._open_original),
            ("save-original", self._save_original),
            ("read-again", self._read_again),
            ("same-article", self._join),
            ("not-same-article", self._split),
            ("split-items", self._split_items),
            ("split-pages", self._split_pages),
            ("erase-article", self._erase),
            ("history", self._show_history),
            ("story-history", self._show_story_history),
        ):
            window.actions_[name].triggered.connect(do)
        self.versions.corrected.connect(self.article_wanted)
        self.versions.version_wanted.connect(self.version_wanted)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER)
        self._later.timeout.connect(self.erasing.finish)

    def begin(self) -> None:
        """Finish soon what an interrupted run has left, and later empty the trash of what is old."""
        if self._services.read_only is None:
            self._later.start(0 if self._services.erasing.unfinished else AFTER)

    def close(self) -> None:
        """Leave nothing behind."""
        self._later.stop()
        self.versions.close()

    @Slot()
    def _show_versions(self) -> None:
        self.versions.show_versions(self._chosen()[0])

    @Slot()
    def _open_original(self) -> None:
        self.versions.open_original(self._chosen()[0])

    @Slot()
    def _save_original(self) -> None:
        self.versions.save_original(self._chosen()[0])

    @Slot()
    def _read_again(self) -> None:
        self.versions.read_again(self._chosen()[0])

    @Slot()
    def _join(self) -> None:
        self.versions.join(self._chosen())

    @Slot()
    def _split(self) -> None:
        self.versions.split(self._chosen()[0])

    @Slot()
    def _split_items(self) -> None:
        self.splitting.split_items(self._chosen()[0])

    @Slot()
    def _split_pages(self) -> None:
        self.splitting.split_pages(self._chosen()[0])

    @Slot()
    def _erase(self) -> None:
        self.erasing.ask(Wish(tuple((Entity.ARTICLE, uid) for uid in self._chosen())))

    @Slot()
    def _show_history(self) -> None:
        brief = self._services.desk.brief(self._open.brief)
        self.history.show_history((Entity.BRIEF, brief.id), brief.title, brief=True)

    @Slot()
    def _show_story_history(self) -> None:
        story = self._services.desk.story(self._open.story)
        self.history.show_history((Entity.STORY, story.id), story.headline, brief=False)

    def _flush(self) -> None:
        self.flush_asked.emit()

    @Slot(int)
    def _went_back(self, missing: int) -> None:
        if missing:
            self._work.say(self.tr("%n passages were erased for good and stay away.", "", missing))

    @Slot(tuple)
    def _restored(self, keys: tuple[Key, ...]) -> None:
        """Show what came back, where it is one thing."""
        if len(keys) != 1:
            return
        entity, uid = keys[0]
        match entity:
            case Entity.ARTICLE:
                self.article_wanted.emit(uid)
            case Entity.BRIEF:
                self.brief_wanted.emit(uid)
            case Entity.STORY:
                self.story_wanted.emit(uid)
            case _:
                pass
