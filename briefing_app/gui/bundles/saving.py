"""Asks what a bundle is to hold: the whole library, or the open brief and how much with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.gui.theme import set_look
from briefing_app.services.bundling import Choice, Holds

_INDENT, _WIDTH = 26, 520  # pixels


class SaveBundleDialog(QDialog):
    """Two ways and what each means; the file is asked for behind it."""

    def __init__(self, brief: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brief = brief
        self.setWindowTitle(self.tr("Save a bundle"))
        self.setMinimumWidth(_WIDTH)
        head = QLabel(self.tr("What goes into the bundle?"))
        set_look(head, words="title")
        self.whole = QRadioButton(self.tr("The whole library"))
        self.only_brief = QRadioButton(self.tr("This brief and what it cites"))
        name = QLabel(f"\u2068{title}\u2069" if brief else self.tr("No brief is open."))
        self.comments = QCheckBox(self.tr("With my comments and tags"))
        self.originals = QCheckBox(self.tr("With the files that the articles were made from"))
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 18)
        box.setSpacing(6)
        box.addWidget(head)
        box.addWidget(
            _words(
                self.tr(
                    "One zip file in open formats. Briefing Desk opens it again, and everybody can "
                    "read it without Briefing Desk."
                )
            )
        )
        box.addSpacing(10)
        box.addWidget(self.whole)
        box.addWidget(
            _words(self.tr("All articles, passages, stories and briefs; not the trash."), _INDENT)
        )
        box.addSpacing(8)
        box.addWidget(self.only_brief)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        name.setContentsMargins(_INDENT, 0, 0, 0)
        set_look(name, words="head" if brief else "muted")
        box.addWidget(name)
        box.addWidget(
            _words(
                self.tr("Its stories, and the passages and articles that they cite. Nothing else."),
                _INDENT,
            )
        )
        for check in (self.comments, self.originals):
            row = QHBoxLayout()
            row.setContentsMargins(_INDENT, 0, 0, 0)
            row.addWidget(check)
            box.addLayout(row)
        box.addSpacing(16)
        box.addLayout(self._buttons())
        self.only_brief.toggled.connect(self._show)
        self.only_brief.setEnabled(bool(brief))
        (self.only_brief if brief else self.whole).setChecked(True)
        self._show()
        self.resize(_WIDTH, box.totalHeightForWidth(_WIDTH))  # else a small screen cuts the words

    def choice(self) -> Choice:
        """Return what was chosen."""
        if self.whole.isChecked():
            return Choice()
        return Choice(
            Holds.BRIEF,
            self._brief,
            private=self.comments.isChecked(),
            originals=self.originals.isChecked(),
        )

    def _buttons(self) -> QHBoxLayout:
        cancel = QPushButton(self.tr("Cancel"))
        self.go_on = QPushButton(self.tr("Choose a file…"))
        set_look(self.go_on, kind="primary")
        self.go_on.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.go_on.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go_on)
        return row

    @Slot()
    def _show(self) -> None:
        for check in (self.comments, self.originals):
            check.setEnabled(self.only_brief.isChecked())


def _words(text: str, indent: int = 0) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setContentsMargins(indent, 0, 0, 0)
    set_look(label, words="meta")
    return label
