"""What is kept: the saved state in the status line, undo by name, and trouble with the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMessageBox

from briefing_app.errors import BriefingError
from briefing_app.gui import problems, undowords
from briefing_app.gui.bridge import Bridge

if TYPE_CHECKING:
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.services.history import History
    from briefing_app.services.news import Changed, Saved, Trouble

LOOK = 1000  # milliseconds between two looks at what other processes have stored


class Keeper(QObject):
    """Follows the history and tells the rest of the window what it needs to know of it."""

    heard = Signal(object)  # each `Changed`
    followed = Signal()  # after an edit, when the panes have followed it
    stored = Signal()  # something reached the disk: lists are to be read again

    def __init__(self, window: MainWindow, history: History) -> None:
        super().__init__(window)
        self._window = window
        self._history = history
        self._bridge = Bridge(history, self)
        self._bridge.changed.connect(self.heard)
        self._bridge.changed.connect(self._changed)
        # queued: after the panes, which hear of an edit themselves
        self._bridge.changed.connect(self.followed, Qt.ConnectionType.QueuedConnection)
        self._bridge.saved.connect(self._saved)
        self._bridge.trouble.connect(self._trouble)
        window.status.retry.clicked.connect(self._retry)
        self._show_state()
        self.show_steps()
        self._lost = False
        self._told = ""
        self._asking = False
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    def may_close(self) -> bool:
        """Store what is left; if that fails, ask whether the window may close all the same.

        What failed before is tried again: there may be room on the disk by now.
        """
        self._asking = True  # one box tells of a failure, not two
        try:
            self._history.retry()
            self._history.flush()
        except BriefingError as error:
            return self._close_anyway(error)
        finally:
            self._asking = False
        return True

    def close(self) -> None:
        """Follow nothing more."""
        self._looking.stop()
        self._bridge.close()

    def show_steps(self) -> None:
        """Name what undo and redo would do."""
        self._window.actions_.show_steps(
            undowords.name(self._history.next_undo), undowords.name(self._history.next_redo)
        )

    @Slot(object)
    def _changed(self, changed: Changed) -> None:
        del changed
        if self._history.stalled:  # one more edit is held, and the way to store them stays in sight
            self._window.status.show_trouble(self._history.pending)
        elif self._history.pending:  # else it is on disk already: a command or an import did it
            self._window.status.show_saving()
        self.show_steps()

    @Slot()
    def _look(self) -> None:
        """Show what a command did beside the window; a library that cannot be read is told once.

        When it can be read again, what waited is stored.
        """
        try:
            if self._history.look():
                self.stored.emit()
        except BriefingError as error:
            if not self._lost:
                self._lost = True
                self._window.status.show_lost()
                self._tell(error)
        else:
            if self._lost:  # it is there again
                self._lost, self._told = False, ""
                self._history.retry()
                self._show_state()

    @Slot()
    def _retry(self) -> None:
        self._told = ""
        self._history.retry()

    @Slot(object)
    def _saved(self, saved: Saved) -> None:
        if not self._history.pending:
            self._told = ""
            self._window.status.show_saved(saved.at)
        self.stored.emit()

    @Slot(object)
    def _trouble(self, trouble: Trouble) -> None:
        self._window.status.show_trouble(trouble.pending)
        if not self._asking:
            self._tell(trouble.error)

    def _show_state(self) -> None:
        status = self._window.status
        if self._history.is_read_only:
            status.show_read_only()
        elif self._history.pending:
            status.show_saving()
        else:
            status.show_ready()

    def _tell(self, error: BriefingError) -> None:
        """Tell a failure, but not the same one twice on end: reading and storing both meet it."""
        if (words := problems.in_words(error)) != self._told:
            self._told = words
            problems.tell(self._window, error)

    def _close_anyway(self, error: BriefingError) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(problems.sentence(error))
        box.setInformativeText(self.tr("If you close now, the last edits are lost."))
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.addButton(self.tr("Close and lose them"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is not stay
