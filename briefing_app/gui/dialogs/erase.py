"""The last question before something is erased for good: it names what goes and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.domain.erasure import Why
from briefing_app.gui.checkbox import CheckBox
from briefing_app.gui.counted import counted
from briefing_app.gui.fitting import fit
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing_app.domain.erasure import Doom

NAMED = 6  # titles; of more only the number is said


class EraseDialog(QDialog):
    """What goes, what stays, and two choices; nothing is chosen by itself."""

    def __init__(
        self, doom: Doom, backups: tuple[Path, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._doom = doom
        self.setWindowTitle(self.tr("Erase for good"))
        head = QLabel(self.tr("Erase this for good?"))
        set_look(head, words="title")
        warning = QLabel(
            self.tr(
                "There is no undo, and nothing of it stays in this library: no text, no original, "
                "no entry of the search, no word in the history."
            )
        )
        self.rows = CheckBox(self._words_of_rows())
        self.rows.setVisible(bool(doom.sole))
        self.backups = CheckBox(self._words_of_backups(backups))
        self.backups.setVisible(bool(backups))
        self._named = QLabel(_files(backups))
        self._named.setVisible(bool(backups))
        set_look(self._named, words="meta")
        self.why = QComboBox()
        self.why.setAccessibleName(self.tr("Why"))
        for why, words in (
            (Why.ASKED, self.tr("no reason given")),
            (Why.LICENCE, self.tr("it may no longer be kept")),
            (Why.MISTAKE, self.tr("it was imported by mistake")),
            (Why.CONFIDENTIAL, self.tr("it is confidential")),
        ):
            self.why.addItem(words, why)
        self.erase = QPushButton(self.tr("Erase for good"))
        set_look(self.erase, kind="danger")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setDefault(True)
        self.erase.setAutoDefault(False)
        self.erase.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(_plain(warning))
        layout.addSpacing(4)
        layout.addWidget(self._card())
        for line in self._staying():
            layout.addWidget(_plain(QLabel(line)))
        for box in (self.rows, self.backups, _plain(self._named)):
            layout.addWidget(box)
        reason = QHBoxLayout()
        label = QLabel(self.tr("The history keeps the time and the reason:"))
        set_look(label, words="muted")
        label.setBuddy(self.why)
        reason.addWidget(label)
        reason.addWidget(self.why, 1)
        layout.addSpacing(4)
        layout.addLayout(reason)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.erase)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        fit(self, 540)
        self.cancel.setFocus()

    def chosen_why(self) -> Why:
        """Return the reason that was chosen."""
        return Why(self.why.currentData())

    def _card(self) -> QFrame:
        card = QFrame()
        set_look(card, plane="card")
        box = QVBoxLayout(card)
        box.setContentsMargins(14, 10, 14, 12)
        box.setSpacing(3)
        names = self._doom.names
        for name in names[:NAMED]:
            label = QLabel(_short(name) or self.tr("(without a title)"))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            set_look(label, words="head")
            box.addWidget(label)
        if len(names) > NAMED:
            box.addWidget(QLabel(self.tr("and %n more", "", len(names) - NAMED)))
        for line in self._going():
            label = QLabel(line)
            label.setWordWrap(True)
            set_look(label, words="meta")
            box.addWidget(label)
        return card

    def _going(self) -> Iterator[str]:
        doom = self._doom
        parts = []
        if doom.versions:
            many = self.tr("%n versions", "", doom.versions)
            parts.append(counted(doom.versions, self.tr("1 version"), many))
        if doom.highlights:
            many = self.tr("%n highlights", "", doom.highlights)
            parts.append(counted(doom.highlights, self.tr("1 highlight"), many))
        if doom.originals:
            size = self.locale().formattedDataSize(doom.size, 0)
            many = self.tr("%n originals ({size})", "", doom.originals)
            words = counted(doom.originals, self.tr("1 original ({size})"), many)
            parts.append(words.replace("{size}", size))
        if parts:
            yield ", ".join(parts)
        if doom.briefs:
            yield self.tr("These briefs lose a story: {0}").replace("{0}", _list(doom.briefs))

    def _staying(self) -> Iterator[str]:
        doom = self._doom
        if doom.rows:
            many = self.tr(
                "%n rows rest on it, in {0}. They keep their own words and lose the quotation.",
                "",
                doom.rows,
            )
            one = self.tr(
                "1 row rests on it, in {0}. It keeps its own words and loses the quotation."
            )
            yield counted(doom.rows, one, many).replace("{0}", _list(doom.stories))
        if doom.editions:
            words = self.tr("These editions keep what they printed: {0}")
            yield words.replace("{0}", _list(doom.editions))
        if doom.quoting:
            many = self.tr(
                "%n rows or titles of yours say the same words, and stay as they are.",
                "",
                doom.quoting,
            )
            one = self.tr("1 row or title of yours says the same words, and stays as it is.")
            yield counted(doom.quoting, one, many)

    def _words_of_rows(self) -> str:
        return self.tr("Also erase the rows that rest on nothing else (%n)", "", self._doom.sole)

    def _words_of_backups(self, backups: tuple[Path, ...]) -> str:
        return self.tr("Also delete the backups that hold it (%n)", "", len(backups))


def _plain(label: QLabel) -> QLabel:
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _files(backups: tuple[Path, ...]) -> str:
    names = [file.name for file in backups[:NAMED]]
    return ", ".join((*names, *("\N{HORIZONTAL ELLIPSIS}",) * (len(backups) > NAMED)))


def _short(name: str) -> str:
    one = " ".join(name.split())
    return one if len(one) <= 160 else one[:159] + "\N{HORIZONTAL ELLIPSIS}"


def _list(names: tuple[str, ...]) -> str:
    shown = ", ".join(
        f"\N{LEFT DOUBLE QUOTATION MARK}{_short(name)}\N{RIGHT DOUBLE QUOTATION MARK}"
        for name in names[:NAMED]
    )
    return shown if len(names) <= NAMED else f"{shown}, \N{HORIZONTAL ELLIPSIS}"
