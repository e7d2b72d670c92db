"""Ask for a name: of a collection, or another one for a tag."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from briefing_app.domain.story import one_line
from briefing_app.gui.line import Line
from briefing_app.gui.theme import set_look


class NameDialog(QDialog):
    """One line and two buttons; an empty name cannot be accepted."""

    def __init__(
        self, heading: str, name: str = "", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setMinimumWidth(360)
        label = QLabel(heading)
        set_look(label, words="head")
        self.line = Line(name)
        self.line.setAccessibleName(heading)
        self.line.selectAll()
        label.setBuddy(self.line)
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
        box.addWidget(label)
        box.addWidget(self.line)
        if hint:
            words = QLabel(hint)
            words.setWordWrap(True)
            set_look(words, words="meta")
            box.addWidget(words)
        box.addSpacing(12)
        box.addWidget(buttons)

    def name(self) -> str:
        """Return what was written, in one line."""
        return one_line(self.line.text())

    def _allow(self) -> None:
        self._ok.setEnabled(bool(self.name()))


def ask_name(parent: QWidget, heading: str, name: str = "", hint: str = "") -> str:
    """Ask for a name; an empty text means that the user thought better of it."""
    dialog = NameDialog(heading, name, hint, parent)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    words = dialog.name() if accepted else ""
    dialog.deleteLater()
    return words
