"""Ask for the title of a brief."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from briefing_app.domain.story import one_line
from briefing_app.gui.theme import set_look


class TitleDialog(QDialog):
    """One line and two buttons; an empty title cannot be accepted."""

    def __init__(self, heading: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setMinimumWidth(380)
        label = QLabel(self.tr("Title of the brief"))
        set_look(label, words="head")
        self.line = QLineEdit(title)
        self.line.setAccessibleName(label.text())
        self.line.selectAll()
        label.setBuddy(self.line)
        hint = QLabel(self.tr("It stands at the top of the page, above the date."))
        set_look(hint, words="meta")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        set_look(self._ok, kind="primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.line.textChanged.connect(self._allow)
        self._allow()
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(8)
        for widget in (label, self.line, hint):
            box.addWidget(widget)
        box.addSpacing(12)
        box.addWidget(buttons)

    def title(self) -> str:
        """Return what was written, in one line."""
        return one_line(self.line.text())

    def _allow(self) -> None:
        self._ok.setEnabled(bool(self.title()))


def ask_title(parent: QWidget, heading: str, title: str) -> str:
    """Ask for a title; an empty text means that the user thought better of it."""
    dialog = TitleDialog(heading, title, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    words = dialog.title() if accepted else ""
    dialog.deleteLater()
    return words
