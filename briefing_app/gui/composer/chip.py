"""The chip at a statement: the passage that it rests on, or that there is none yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from briefing_app.gui import fonts, tokens
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing_app.domain.content import CitedPassage

SOURCE_WIDTH = (
    92  # px for the name of the outlet, some 14 letters; the place behind it is never cut
)
SIDE = 7  # px from the border to the words
QUOTE = 280  # characters of a quotation in a tooltip


@dataclass(frozen=True, slots=True)
class Cite:
    """A passage as a chip shows it: the outlet, the place in it, and its words."""

    annotation: str
    source: str
    place: str
    quote: str


def cite(passage: CitedPassage, source: str) -> Cite:
    """Return a passage as a chip shows it: "FT", "p. 4"; "Reuters", "¶2"."""
    place = f"p. {passage.page}" if passage.page else f"¶{passage.paragraph}"
    return Cite(passage.annotation, source, place, passage.quote)


class Chip(QToolButton):
    """Goes to the passage; with more than one, a menu of them comes first."""

    passage_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cites: tuple[Cite, ...] = ()
        self.setFont(fonts.chrome(tokens.CAPS, QFont.Weight.DemiBold))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+Return does it from the row
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.go)
        self._show_none()

    def show_cites(self, cites: tuple[Cite, ...]) -> None:
        """Show the first passage and how many more there are."""
        if cites == self._cites:
            return
        self._cites = cites
        if not cites:
            self._show_none()
            return
        set_look(self, kind="chip")
        first = cites[0]
        name = self.fontMetrics().elidedText(
            first.source, Qt.TextElideMode.ElideRight, SOURCE_WIDTH
        )
        label = f"{name} {first.place}".strip()
        self.setText(f"{label}  +{len(cites) - 1}" if len(cites) > 1 else label)
        self.setToolTip("\n\n".join(_in_full(c) for c in cites))
        self.setAccessibleName(
            self.tr("Source: {place}").replace("{place}", f"{first.source} {first.place}".strip())
        )

    def sizeHint(self) -> QSize:
        """Be as wide as the words; a tool button would add two blanks."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * SIDE
        return QSize(width, self.fontMetrics().height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def go(self) -> None:
        """Ask for the passage, or let the user pick one of several."""
        if len(self._cites) == 1:
            self.passage_asked.emit(self._cites[0].annotation)
        elif self._cites:
            self.menu_of_passages().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def menu_of_passages(self) -> QMenu:
        """Return a menu of the passages; picking one asks for it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self._cites:
            words = f"{each.source} {each.place}  {_short(each.quote, 60)}".strip()
            action = menu.addAction(words.replace("&", "&&"))
            action.setData(each.annotation)
        menu.triggered.connect(self._picked)
        return menu

    def _picked(self, action: QAction) -> None:
        self.passage_asked.emit(action.data())

    def _show_none(self) -> None:
        set_look(self, kind="chip-empty")
        self.setText(self.tr("no source yet"))
        self.setToolTip(
            self.tr("Select the passage in an article and press K, T, I or S to cite it.")
        )
        self.setAccessibleName(self.tr("No source yet"))


def cites_of(
    annotations: tuple[str, ...], passages: Mapping[str, CitedPassage], sources: Mapping[str, str]
) -> tuple[Cite, ...]:
    """Return the passages of a statement, in order, as chips show them."""
    return tuple(
        cite(passages[each], sources.get(passages[each].article, ""))
        for each in annotations
        if each in passages
    )


def _in_full(each: Cite) -> str:
    return f"{each.source} {each.place}".strip() + f"\n“{_short(each.quote, QUOTE)}”"


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
