"""The line at the bottom: what is saved, that nothing leaves the computer, and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRect, QTime
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStatusBar, QWidget

from briefing_app.gui.icons import draw_icon
from briefing_app.gui.theme import current, give_look, set_look

if TYPE_CHECKING:
    import datetime as dt


class StatusLine(QStatusBar):
    """Words on both ends; `retry` and `elsewhere` show themselves when saving failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._mark = _Mark(self)
        self._saved = QLabel()
        self._offline = QLabel(self.tr("Offline: nothing leaves this computer"))
        self._watching = QLabel()
        self._watching.hide()
        self.retry = QPushButton(self.tr("Try again"))
        give_look(self.retry, kind="chip")
        self.retry.hide()
        self._copy = QLabel()
        give_look(self._copy, words="warn")
        self._copy.hide()
        self.elsewhere = QPushButton(self.tr("Save elsewhere…"))
        give_look(self.elsewhere, kind="chip")
        self.elsewhere.hide()
        self._room = QLabel()
        give_look(self._room, words="warn")
        self._room.hide()
        self._counts = QLabel()
        self._sourced = QLabel()
        self._pages = QLabel()
        give_look(self._saved, words="meta")
        for label in (self._offline, self._watching, self._counts, self._sourced, self._pages):
            give_look(label, words="meta")
        left = QWidget()
        layout = QHBoxLayout(left)
        layout.setContentsMargins(12, 3, 0, 3)
        layout.setSpacing(6)
        for widget in (self._mark, self._saved, self.retry, self.elsewhere):
            layout.addWidget(widget)
        layout.addSpacing(14)
        layout.addWidget(self._offline)
        layout.addSpacing(14)
        layout.addWidget(self._watching)
        layout.addSpacing(14)
        layout.addWidget(self._copy)
        layout.addSpacing(14)
        layout.addWidget(self._room)
        self.addWidget(left)
        right = QWidget()
        ends = QHBoxLayout(right)
        ends.setContentsMargins(0, 3, 12, 3)
        ends.setSpacing(20)
        for label in (self._counts, self._sourced, self._pages):
            ends.addWidget(label)
        self.addPermanentWidget(right)
        self._mark.hide()
        self._said = ("", "", "meta", False)
        self._saved.setText(self.tr("Opening the library…"))

    def show_no_library(self) -> None:
        """Say that there is no library to work in."""
        self._say("triangle-alert", self.tr("No library is open"), "danger")

    def show_opening(self) -> None:
        """Say that a library is on its way; `show_again` takes that back."""
        said = self._said
        self._say("", self.tr("Opening the library…"), "meta")
        self._said = said

    def show_again(self) -> None:
        """Say what was said before a library was asked for that does not come."""
        mark, words, look, waits = self._said
        self._say(mark, words, look, waits=waits)

    def show_read_only(self) -> None:
        """Say that there is nothing to save, ever."""
        self._say("lock", self.tr("Read-only"), "meta")

    def show_lost(self) -> None:
        """Say that the library cannot be read."""
        self._say("triangle-alert", self.tr("The library cannot be reached"), "danger")

    def show_saved(self, at: dt.datetime) -> None:
        """Say when the last edit reached the disk."""
        local = at.astimezone()
        time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
        self._say("check", self.tr("Saved {time}").replace("{time}", time), "ok")

    def show_ready(self) -> None:
        """Say that there is nothing to save."""
        self._say("check", self.tr("All saved"), "ok")

    def saved_text(self) -> str:
        """Return what it says of saving."""
        return self._saved.text()

    def show_saving(self) -> None:
        """Say that an edit is on its way to the disk."""
        self._say("", self.tr("Saving…"), "meta")

    def show_trouble(self, pending: int) -> None:
        """Say that edits are held in memory, and offer to try again."""
        one = self.tr("1 edit is not saved")
        words = one if pending == 1 else self.tr("%n edits are not saved", "", pending)
        self._say("triangle-alert", words, "danger", waits=True)

    def show_copy(self, words: str) -> None:
        """Say that the last copy elsewhere is old, or nothing of it."""
        self._copy.setText(words)
        self._copy.setVisible(bool(words))

    def show_fetching(self, fetching: bool) -> None:
        """Say whether something is being fetched, as the user asked, or nothing goes out."""
        online = self.tr("Online: fetching what you asked for")
        self._offline.setText(
            online if fetching else self.tr("Offline: nothing leaves this computer")
        )

    def offline_text(self) -> str:
        """Return what it says of the network."""
        return self._offline.text()

    def show_watching(self, words: str, tip: str = "") -> None:
        """Say which folder is watched, or nothing of it."""
        self._watching.setText(words)
        self._watching.setToolTip(tip)
        self._watching.setVisible(bool(words))

    def watching_text(self) -> str:
        """Return what it says of the folder that is watched."""
        return self._watching.text()

    def show_room(self, words: str) -> None:
        """Say that the disk is nearly full, or nothing of it."""
        self._room.setText(words)
        self._room.setVisible(bool(words))

    def show_highlights(self, count: int | None) -> None:
        """Say how many highlights the open article has."""
        one = self.tr("1 highlight")
        words = one if count == 1 else self.tr("%n highlights", "", count or 0)
        self._counts.setText("" if count is None else words)

    def show_sourced(self, sourced: int, of: int) -> None:
        """Say how many statements of the open story rest on a passage."""
        words = self.tr("{some} of {all} items have a source")
        text = words.replace("{some}", str(sourced)).replace("{all}", str(of))
        self._sourced.setText(text if of else "")

    def show_size(self, words: int, pages: int | None) -> None:
        """Say how long the open brief is."""
        parts = []
        if words:
            parts.append(self.tr("1 word") if words == 1 else self.tr("%n words", "", words))
        if pages:
            parts.append(self.tr("1 page") if pages == 1 else self.tr("%n pages", "", pages))
        self._pages.setText(" · ".join(parts))

    def _say(self, mark: str, words: str, look: str, *, waits: bool = False) -> None:
        """Show mark and words; `waits` is whether edits wait, and the ways out are in sight."""
        self._said = (mark, words, look, waits)
        for button in (self.retry, self.elsewhere):  # one that is pressed just now is left alone
            button.setVisible(waits)
        self._mark.show_icon(mark, look if look != "meta" else "muted")
        self._saved.setText(words)
        set_look(self._saved, words=look)


class _Mark(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._colour = "", "ok"
        self.setFixedSize(14, 14)

    def show_icon(self, name: str, colour: str) -> None:
        self._icon, self._colour = name, colour
        self.setVisible(bool(name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        del event
        if self._icon:
            ink = QColor(current().colour(self._colour))
            draw_icon(QPainter(self), QRect(0, 0, 14, 14), self._icon, ink)
