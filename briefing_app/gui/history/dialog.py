"""The window of a history: moments on one side, how it stood on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui import theme
from briefing_app.gui.checkbox import CheckBox
from briefing_app.gui.fitting import fit
from briefing_app.gui.history import words
from briefing_app.gui.history.page import CHANGE, page
from briefing_app.gui.history.timeline import Timeline

if TYPE_CHECKING:
    import datetime as dt

    from briefing_app.services.revisions import Revision, State

TIMELINE = 300  # px
ABOVE = 80  # px of what stands above a change


class HistoryDialog(QDialog):
    """It owns no data: it asks for the state of the chosen moment, and for going back to it."""

    state_wanted = Signal(str)  # a moment
    restore_wanted = Signal(str)  # a moment

    def __init__(
        self, title: str, *, brief: bool, writable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._brief = brief
        self._writable = writable
        self._state: State | None = None
        self._opened: set[str] = set()
        self.setWindowTitle(self.tr("History"))
        self.setMinimumSize(560, 320)
        fit(self, 980, 640)
        self.timeline = Timeline()
        self.head = QLabel()
        theme.set_look(self.head, words="title")
        self.meta = QLabel()
        theme.set_look(self.meta, words="meta")
        self.marks = CheckBox(self.tr("Mark what changed"))
        self.marks.setChecked(True)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDocumentMargin(0)
        self.text.setAccessibleName(self.tr("How it stood"))
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.restore = QPushButton(self.tr("Restore this state"))
        theme.set_look(self.restore, kind="primary")
        self.restore.setAutoDefault(False)
        self.restore.setEnabled(False)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self._name = QLabel(title)
        self._lay_out()
        self.timeline.picked.connect(self._picked)
        self.marks.toggled.connect(self._draw)
        self.text.anchorClicked.connect(self._toggle)
        self.restore.clicked.connect(self._restore)
        self.close_button.clicked.connect(self.reject)
        self.head.setText(self.tr("Reading the history…"))

    def show_history(self, revisions: tuple[Revision, ...], now: dt.datetime) -> None:
        """Show the moments; the newest is chosen."""
        if not revisions:
            self.head.setText(self.tr("Nothing has happened yet"))
        self.timeline.show_history(revisions, now, subjects=self._brief)
        self.timeline.setFocus()

    def show_state(self, revision_id: str, state: State) -> None:
        """Show how it stood at a moment, if that is still the chosen one."""
        chosen = self.timeline.chosen()
        if chosen is None or chosen.id != revision_id:
            return
        self._state = state
        self.restore.setEnabled(self._writable and state.there and not state.current)
        self._say(state)
        self._draw()
        self._go_to_change()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _lay_out(self) -> None:
        theme.set_look(self._name, words="head")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setWordWrap(True)
        left = QFrame()
        theme.set_look(left, plane="sunken")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(4)
        about = QVBoxLayout()
        about.setContentsMargins(16, 0, 16, 6)
        kind = QLabel(
            self.tr("HISTORY OF A BRIEF") if self._brief else self.tr("HISTORY OF A STORY")
        )
        theme.set_look(kind, words="caps")
        about.addWidget(kind)
        about.addWidget(self._name)
        column.addLayout(about)
        column.addWidget(self.timeline, 1)

        right = QFrame()
        theme.set_look(right, plane="surface")
        top = QVBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.head)
        top.addWidget(self.meta)
        heading = QHBoxLayout()
        heading.addLayout(top, 1)
        heading.addWidget(self.marks, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.addWidget(self.note, 1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.restore)
        body = QVBoxLayout(right)
        body.setContentsMargins(28, 18, 24, 16)
        body.setSpacing(10)
        body.addLayout(heading)
        body.addWidget(self.text, 1)
        body.addLayout(buttons)

        split = QSplitter()
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([TIMELINE, 980 - TIMELINE])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def _picked(self, revision: Revision) -> None:
        self.head.setText(words.done(revision))
        day = words.day(revision.at, revision.at.now(revision.at.tzinfo))
        parts = (day, words.time(revision.at), words.who(revision))
        self.meta.setText(" \N{MIDDLE DOT} ".join(part for part in parts if part))
        self._state = None
        self.restore.setEnabled(False)
        self.state_wanted.emit(revision.id)

    def _say(self, state: State) -> None:
        look, note = "meta", ""
        if state.current:
            look, note = "ok", self.tr("This is how it stands now.")
        elif not state.there:
            note = self.tr("At this moment it had been deleted.")
        elif state.shared:
            look = "warn"
            note = self.tr("A story changes in other briefs, too: {titles}").replace(
                "{titles}", ", ".join(state.shared)
            )
        theme.set_look(self.note, words=look)
        self.note.setText(note)

    def _draw(self) -> None:
        if self._state is None:
            return
        at = self.text.verticalScrollBar().value()
        marked = self.marks.isChecked()
        html = page(self._state, theme.current(), marked=marked, opened=self._opened)
        self.text.setHtml(html)
        self.text.verticalScrollBar().setValue(at)

    def _go_to_change(self) -> None:
        """Bring what changed into sight; where it is near the beginning, that is shown."""
        bar = self.text.verticalScrollBar()
        bar.setValue(0)
        if self.marks.isChecked():
            self.text.scrollToAnchor(CHANGE)
            near = bar.value() < self.text.viewport().height() // 2
            bar.setValue(0 if near else bar.value() - ABOVE)

    def _toggle(self, url: QUrl) -> None:
        self._opened ^= {url.toString()}
        self._draw()

    def _restore(self) -> None:
        if chosen := self.timeline.chosen():
            self.restore_wanted.emit(chosen.id)
