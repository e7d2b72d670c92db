"""Ask for addresses in the web."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from briefing_app.errors import BriefingError
from briefing_app.gui import problems
from briefing_app.gui.line import Line
from briefing_app.gui.theme import set_look
from briefing_app.services.fetching import cleaned


class FromWebDialog(QDialog):
    """One line for an address or several; what is none cannot be accepted, and is named."""

    def __init__(self, addresses: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import from the web"))
        self.setMinimumWidth(520)
        label = QLabel(self.tr("Address of a page or a feed"))
        set_look(label, words="head")
        self.line = Line(" ".join(addresses))
        self.line.setAccessibleName(label.text())
        self.line.setPlaceholderText("https://")
        self.line.setCursorPosition(0)
        label.setBuddy(self.line)
        words = QLabel(
            self.tr(
                "The page is fetched once, now. Only its address is sent: no cookie, no name, and "
                "nothing of what follows you from link to link. Several addresses may stand here, with "
                "blanks between them. A feed is followed; it is asked again only when you say so."
            )
        )
        words.setWordWrap(True)
        set_look(words, words="meta")
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        set_look(self.problem, words="danger")
        self.problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.fetch = buttons.addButton(self.tr("Fetch"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_look(self.fetch, kind="primary")
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        self.line.textChanged.connect(self._allow)
        self._allow()
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 16)
        box.setSpacing(8)
        for widget in (label, self.line, self.problem, words):
            box.addWidget(widget)
        box.addSpacing(12)
        box.addWidget(buttons)

    def addresses(self) -> tuple[str, ...]:
        """Return what was written, each address whole and cleaned. Raises: UnreadableSource."""
        return tuple(dict.fromkeys(cleaned(word) for word in self.line.text().split()))

    def _try(self) -> None:
        try:
            self.addresses()
        except BriefingError as error:
            self.problem.setText(problems.in_words(error))
            self.problem.show()
            self.line.setFocus()
        else:
            self.accept()

    def _allow(self) -> None:
        self.fetch.setEnabled(bool(self.line.text().strip()))
        self.problem.hide()
