"""What is known of an article, where each field came from, and a place to correct it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from briefing_app.domain.moment import parse_iso
from briefing_app.gui.fitting import fit
from briefing_app.gui.reader.origins import NAMES, name_of, origin_of
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.article import Article

_LONGEST = {"language": 35}
_BETWEEN = "; "  # a name may hold a comma


class DetailsDialog(QDialog):
    """It owns no data: it hands out a function that corrects the article."""

    saved = Signal(object)  # a function from the article to the corrected one

    def __init__(
        self, article: Article, parent: QWidget | None = None, *, writable: bool = True
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Details of the article"))
        fit(self, 560, 560)
        self._before = _texts(article)
        self.fields: dict[str, QLineEdit] = {}
        self.origins: dict[str, QLabel] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in NAMES:
            form.addRow(*self._row(article, field, writable=writable))
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        set_look(self.problem, words="warn")
        self.problem.hide()
        self.save = QPushButton(self.tr("Save"))
        set_look(self.save, kind="primary")
        self.save.setVisible(writable)
        self.cancel = QPushButton(self.tr("Cancel") if writable else self.tr("Close"))
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        inside = QWidget()
        inside.setLayout(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.addWidget(area, 1)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)

    def _row(self, article: Article, field: str, *, writable: bool) -> tuple[QLabel, QWidget]:
        line = QLineEdit(self._before[field])
        line.setReadOnly(not writable)
        line.setCursorPosition(0)
        line.setAccessibleName(name_of(field))
        line.setMaxLength(_LONGEST.get(field, 10_000))
        if field == "published":
            line.setPlaceholderText(self.tr("2026-01-25, or 2026-01-25 06:30"))
        elif field == "authors":
            line.setPlaceholderText(self.tr("A. Writer; B. Writer"))
        elif field == "language":
            line.setPlaceholderText(self.tr("en, uk, ar"))
        origin = QLabel(origin_of(article, field))
        origin.setTextFormat(Qt.TextFormat.PlainText)
        origin.setWordWrap(True)
        set_look(origin, words="meta")
        origin.setVisible(bool(origin.text()))
        line.setAccessibleDescription(origin.text())
        self.fields[field], self.origins[field] = line, origin
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(line)
        column.addWidget(origin)
        label = QLabel(name_of(field))
        label.setBuddy(line)
        return label, both

    def _save(self) -> None:
        given: dict[str, Any] = {}
        for field, line in self.fields.items():
            text = " ".join(line.text().split())
            if text == self._before[field]:
                continue
            match field:
                case "authors":
                    given[field] = tuple(name for one in text.split(";") if (name := one.strip()))
                case "published":
                    given[field] = parse_iso(text) if text else None
                    if text and given[field] is None:
                        self._refuse(line, self.tr("Write the date as 2026-01-25."))
                        return
                case "title" if not text:
                    self._refuse(line, self.tr("An article needs a title."))
                    return
                case _:
                    given[field] = text
        if given:
            self.saved.emit(_correction(given))
        self.accept()

    def _refuse(self, line: QLineEdit, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        line.setFocus()
        line.selectAll()


def _correction(given: dict[str, Any]) -> Callable[[Article], Article]:
    return lambda article: replace(article, **given)


def _texts(article: Article) -> dict[str, str]:
    """Return the fields as they are written; a line holds no line breaks."""
    published = article.published.iso if article.published else ""
    texts = {name: str(getattr(article, name)) for name in NAMES}
    texts |= {"authors": _BETWEEN.join(article.authors), "published": published}
    return {name: " ".join(text.split()) for name, text in texts.items()}
