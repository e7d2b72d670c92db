"""What a bundle would bring, before it does; and afterwards what is to be looked at."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.bundles.words import ICONS, MANY, VERDICTS, clash_of, head_of, said
from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look
from briefing_app.services.bundling import Holds, Received, Verdict

_TITLE = 100  # characters of a title in the list
_LEAST, _USUAL = 72, 560  # pixels: of the list, and of the dialog where the screen has room for it


class ArrivalDialog(QDialog):
    """A table of how many, and a list of what is not simply new or the same."""

    def __init__(
        self, name: str, received: Received, *, done: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._received = received
        self.setWindowTitle(self.tr("Open a bundle"))
        self.setMinimumWidth(560)
        words = (
            self.tr("“{file}” is in the library") if done else self.tr("What “{file}” would bring")
        )
        head = QLabel(words.replace("{file}", f"\u2068{name}\u2069"))
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        set_look(head, words="title")
        about = QLabel(self._about())
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setWordWrap(True)
        set_look(about, words="meta")
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 18)
        box.setSpacing(6)
        box.addWidget(head)
        box.addWidget(about)
        box.addSpacing(8)
        box.addLayout(self._table())
        self.list = self._list()
        if self.list.count():
            box.addSpacing(8)
            box.addWidget(self.list, 1)
        for words in self._advice(done=done):
            label = QLabel(words)
            label.setWordWrap(True)
            set_look(label, words="meta")
            box.addWidget(label)
        box.addSpacing(10)
        box.addLayout(self._buttons(done=done))
        width, room = self.minimumWidth(), self.screen().availableGeometry().height() * 9 // 10
        high = _USUAL if self.list.count() else box.totalHeightForWidth(width)
        self.resize(width, min(high, room))

    @property
    def brings(self) -> bool:
        """Whether taking it in would change anything."""
        return bool(self._received.count(Verdict.NEW, Verdict.NEWER, Verdict.CONFLICT))

    def _about(self) -> str:
        manifest = self._received.manifest
        what = {
            Holds.LIBRARY: self.tr("A whole library"),
            Holds.BRIEF: self.tr("The brief “{title}” and what it cites"),
            Holds.STORY: self.tr("The story “{title}” and what it cites"),
        }[manifest.holds].replace("{title}", f"\u2068{manifest.title}\u2069")
        changed = int(dt.datetime.fromisoformat(manifest.changed).timestamp())
        moment = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(changed), QLocale.FormatType.ShortFormat
        )
        edited = self.tr("last edited {moment}").replace("{moment}", moment)
        return f"{what}, {edited}"

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        columns = [verdict for verdict in VERDICTS if self._received.count(verdict)]
        for at, verdict in enumerate(columns, 1):
            label = QLabel(said(VERDICTS[verdict]))
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            set_look(label, words="meta")
            grid.addWidget(label, 0, at)
        row = 1
        for kind, words in MANY.items():
            counts = self._received.counts.get(kind)
            if not counts:
                continue
            grid.addWidget(QLabel(said(words)), row, 0)
            for at, verdict in enumerate(columns, 1):
                number = counts.get(verdict, 0)
                label = QLabel(QLocale().toString(number) if number else "-")
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
                set_look(label, words="head" if number else "muted")
                grid.addWidget(label, row, at)
            row += 1
        grid.setColumnStretch(0, 1)
        return grid

    def _list(self) -> QListWidget:
        rows = QListWidget()
        rows.setAccessibleName(self.tr("What is in the bundle"))
        rows.setIconSize(QSize(16, 16))
        rows.setWordWrap(True)
        rows.setMinimumHeight(_LEAST)
        rows.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for line in self._received.lines:
            title = line.title if len(line.title) <= _TITLE else f"{line.title[: _TITLE - 1]}…"
            words = (f"\u2068{title}\u2069", head_of(line), *map(clash_of, line.clashes))
            item = QListWidgetItem("\n".join(words), rows)
            item.setIcon(icon(*ICONS[line.verdict]))
        return rows

    def _advice(self, *, done: bool) -> list[str]:
        words = []
        if not self.brings:
            words.append(self.tr("Nothing in it is new: the library stays as it is."))
        if self._received.count(Verdict.CONFLICT):
            words.append(
                self.tr(
                    "Where both sides have edited the same words, nothing is lost: the later words "
                    "stand in their place, the others beside them or in the history."
                )
            )
        if self.brings and not done:
            words.append(self.tr("One undo takes all of it back."))
        return words

    def _buttons(self, *, done: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        copy = QPushButton(self.tr("Copy the list"))
        copy.clicked.connect(self._copy)
        copy.setVisible(bool(self.list.count()))
        row.addWidget(copy)
        row.addStretch(1)
        close = QPushButton(self.tr("Cancel") if self.brings and not done else self.tr("Close"))
        close.clicked.connect(self.reject)
        row.addWidget(close)
        self.take = QPushButton(self.tr("Take it in"))
        self.take.clicked.connect(self.accept)
        self.take.setVisible(self.brings and not done)
        set_look(self.take, kind="primary")
        first = self.take if self.brings and not done else close
        first.setDefault(True)
        first.setFocus()
        row.addWidget(self.take)
        return row

    def _copy(self) -> None:
        rows = (self.list.item(at).text() for at in range(self.list.count()))
        QGuiApplication.clipboard().setText("\n\n".join(rows))
