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

    from PySide6.QtGui import QResizeEvent

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
    place = f"p. {passage.page}" if passage.page else f"¶{passage.paragraph or '?'}"
    return Cite(passage.annotation, source, place, passage.quote)


class Chip(QToolButton):
    """Goes to the passage; with more than one, a menu of them comes first."""

    passage_asked = Signal(str)
    link_asked = Signal()  # a chip without a passage was pressed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cites: tuple[Cite, ...] = ()
        self._name, self._tail = "", ""  # what may be cut in a narrow place, and what is never cut
        self.setFont(fonts.chrome(tokens.CAPS, QFont.Weight.DemiBold))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+Return does it from the row
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._press)
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
        more = f"  +{len(cites) - 1}" if len(cites) > 1 else ""
        self._say(self._cut(first.source, SOURCE_WIDTH), f"{first.place}{more}")
        self.setToolTip("\n\n".join(_in_full(c) for c in cites))
        self.setAccessibleName(
            self.tr("Source: {place}").replace("{place}", f"{first.source} {first.place}".strip())
        )

    def sizeHint(self) -> QSize:
        """Be as wide as the words; a tool button would add two blanks."""
        return self._size(_joined(self._name, self._tail))

    def minimumSizeHint(self) -> QSize:
        """Have room for the place at least."""
        return self._size(self._tail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name of the outlet where there is no room for it."""
        super().resizeEvent(event)
        room = self.width() - 2 * SIDE
        if self.fontMetrics().horizontalAdvance(_joined(self._name, self._tail)) > room:
            left = room - self.fontMetrics().horizontalAdvance(f" {self._tail}")
            self.setText(_joined(self._cut(self._name, left), self._tail))
        else:
            self.setText(_joined(self._name, self._tail))

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

    def _press(self) -> None:
        if self._cites:
            self.go()
        else:
            self.link_asked.emit()

    def _picked(self, action: QAction) -> None:
        self.passage_asked.emit(action.data())

    def _show_none(self) -> None:
        set_look(self, kind="chip-empty")
        self._say("", self.tr("no source yet"))
        self.setToolTip(self.tr("Select the passage in an article, then click here to link it."))
        self.setAccessibleName(self.tr("No source yet"))

    def _say(self, name: str, tail: str) -> None:
        self._name, self._tail = name, tail
        self.setText(_joined(name, tail))
        self.updateGeometry()

    def _cut(self, name: str, room: int) -> str:
        cut = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        return cut if len(cut) > 1 else ""

    def _size(self, words: str) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(words) + 2 * SIDE, metrics.height() + 4)


def cites_of(
    annotations: tuple[str, ...], passages: Mapping[str, CitedPassage], sources: Mapping[str, str]
) -> tuple[Cite, ...]:
    """Return the passages of a statement, in order, as chips show them."""
    return tuple(
        cite(passages[each], sources.get(passages[each].article, ""))
        for each in annotations
        if each in passages
    )


def _joined(name: str, tail: str) -> str:
    return f"{name} {tail}".strip()


def _in_full(each: Cite) -> str:
    return f"{each.source} {each.place}".strip() + f"\n“{_short(each.quote, QUOTE)}”"


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
