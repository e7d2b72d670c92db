"""What can be typed where something is searched, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout

from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SearchHelpDialog(QDialog):
    """Each line is an example and what it finds."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What can be typed"))
        self.setMinimumWidth(520)
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(7)
        for at, (example, words) in enumerate(self._lines()):
            typed = QLabel(example)
            set_look(typed, words="caps")
            grid.addWidget(typed, at, 0)
            grid.addWidget(QLabel(words), at, 1)
        grid.setColumnStretch(1, 1)
        more = QLabel(
            self.tr(
                "All of it has to fit. Capitals and accents make no difference. The box finds "
                "highlights, their comments and the texts of briefs as well; the filter of the list, "
                "articles."
            )
        )
        more.setWordWrap(True)
        set_look(more, words="meta")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(grid)
        layout.addWidget(more)
        layout.addWidget(buttons)

    def _lines(self) -> tuple[tuple[str, str], ...]:
        return (
            ("ferry strike", self.tr("Both words, anywhere")),
            ('"ferry strike"', self.tr("The words one behind the other")),
            ("ferr*", self.tr("Words that begin so, from three letters on")),
            ("-strike", self.tr("What does not have the word; so with all below")),
            ("title:ferry", self.tr("The word stands in the title")),
            ('source:"The Herald"', self.tr("The outlet")),
            ("tag:energy", self.tr("The tag; tag:ener* for a beginning")),
            ("state:new", self.tr("New, reading or archived")),
            ("lang:uk", self.tr("The language, by its code")),
            ("after:2026-01-31", self.tr("Published on that day or later")),
            ("before:2026", self.tr("Published before; a month is 2026-01")),
            ("added:today", self.tr("Came into the library then; 7d is seven days back")),
        )
