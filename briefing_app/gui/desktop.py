"""The window at work: connects its parts with the services of an open library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMessageBox

from briefing_app.errors import BriefingError
from briefing_app.gui import problems
from briefing_app.gui.articles.controller import ArticlesController
from briefing_app.gui.bridge import Bridge

if TYPE_CHECKING:
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.services.history import Changed, Saved, Trouble
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings


class Desktop(QObject):
    """One controller a pane; here they hear of each other and of what the library tells."""

    def __init__(
        self, window: MainWindow, services: Services, runner: JobRunner, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self.bridge = Bridge(services.history, self)
        self.articles = ArticlesController(window.articles, services, runner, settings)
        self.bridge.changed.connect(self._changed)
        self.bridge.saved.connect(self._saved)
        self.bridge.trouble.connect(self._trouble)
        window.status.retry.clicked.connect(services.history.retry)
        window.status.show_ready()
        self._connect_actions()
        self._show_steps()

    def may_close(self) -> bool:
        """Store what is left; if that fails, ask whether the window may close all the same."""
        try:
            self._services.history.flush()
        except BriefingError as error:
            return self._close_anyway(error)
        self.bridge.close()
        return True

    def _connect_actions(self) -> None:
        actions = self._window.actions_
        actions["undo"].triggered.connect(self._undo)
        actions["redo"].triggered.connect(self._redo)
        actions.allow(frozenset({"library"}))

    @Slot()
    def _undo(self) -> None:
        try:
            self._services.history.undo()
        except BriefingError as error:
            problems.tell(self._window, error)
        self._show_steps()

    @Slot()
    def _redo(self) -> None:
        try:
            self._services.history.redo()
        except BriefingError as error:
            problems.tell(self._window, error)
        self._show_steps()

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        del changed
        self._window.status.show_saving()
        self._show_steps()

    @Slot(object)
    def _saved(self, saved: Saved) -> None:
        if not self._services.history.pending:
            self._window.status.show_saved(saved.at)
        self.articles.refresh()

    @Slot(object)
    def _trouble(self, trouble: Trouble) -> None:
        self._window.status.show_trouble(trouble.pending)
        problems.tell(self._window, trouble.error)

    def _show_steps(self) -> None:
        history = self._services.history
        self._window.actions_.show_steps(history.next_undo, history.next_redo)

    def _close_anyway(self, error: BriefingError) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(problems.sentence(error))
        box.setInformativeText(self.tr("If you close now, the last edits are lost."))
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.addButton(self.tr("Close and lose them"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is not stay
