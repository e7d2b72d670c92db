"""The scrolling column of cards, and the line that shows where a dragged statement will go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from briefing_app.domain.statement import MAIN_PARTS, Part
from briefing_app.gui.composer.part import PartCard
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing_app.domain.story import Story
    from briefing_app.gui.composer.chip import Cite
    from briefing_app.gui.composer.requests import Requests
    from briefing_app.gui.composer.row import TextRow
    from briefing_app.gui.composer.statement import StatementView

MARGIN = 16
FIRST, MORE = 10, 8  # rows that are made at once, and between two events of the window
EDGE, SPEED = 36, 14  # px: how near to the edge a drag scrolls, and by how much


class PartsColumn(QScrollArea):
    """The cards of one story; optional parts have one only while they are used."""

    def __init__(self, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._story = ""
        self._shown: tuple[Story, Mapping[str, tuple[Cite, ...]]] | None = None
        self._rows = FIRST  # how many statements have a row, or may have one
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._fill_more)
        self._cards: dict[Part, PartCard] = {}
        set_look(self, plane="app")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Parts of the story"))
        self._inside = QFrame()
        set_look(self._inside, plane="app")
        self._box = QVBoxLayout(self._inside)
        self._box.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        self._box.setSpacing(12)
        self._box.addStretch(1)
        self._line = QFrame(self._inside)
        set_look(self._line, plane="drop")
        self._line.hide()
        self.setWidget(self._inside)
        for part in MAIN_PARTS:
            self._card(part)
        requests.focus_left.connect(self._on_step)
        requests.caret_moved.connect(self.show_caret)
        requests.dragged.connect(self._on_dragged)
        requests.dropped.connect(self._on_dropped)
        requests.drag_cancelled.connect(self._line.hide)

    def show_story(self, story: Story, cites: Mapping[str, tuple[Cite, ...]]) -> None:
        """Show the parts of a story; another story begins at the top, and gets its rows in turn."""
        if story.id != self._story:
            self._story = story.id
            self._rows = FIRST
            self.verticalScrollBar().setValue(0)
        elif not self._later.isActive():
            self._rows = max(self._rows, len(story.statements))
        self._shown = story, cites
        self._fill()

    def finish(self) -> None:
        """Make the rows that are still to come."""
        if self._later.isActive() and self._shown is not None:
            self._rows = len(self._shown[0].statements)
            self._fill()

    def views(self) -> tuple[StatementView, ...]:
        """Return the views of all statements from top to bottom."""
        return tuple(view for part in Part if part in self._cards for view in self.card_views(part))

    def card_views(self, part: Part) -> tuple[StatementView, ...]:
        """Return the views of one part."""
        return self._cards[part].views()

    def card(self, part: Part) -> PartCard:
        """Return the card of a main part."""
        return self._cards[part]

    def stops(self) -> tuple[QWidget, ...]:
        """Return what Tab may reach, from top to bottom."""
        return tuple(
            stop for part in Part if part in self._cards for stop in self._cards[part].stops()
        )

    def view(self, statement: str) -> StatementView | None:
        """Return the view of a statement, where it is shown."""
        found = next((view for view in self.views() if view.id == statement), None)
        if found is None and self._later.isActive():
            self.finish()
            found = next((view for view in self.views() if view.id == statement), None)
        return found

    def flush(self) -> None:
        """Tell all unsent text."""
        for card in self._cards.values():
            card.flush()

    def show_caret(self, row: TextRow) -> None:
        """Scroll so that the caret of a row is in sight."""
        caret = QRect(row.mapTo(self._inside, row.cursorRect().topLeft()), row.cursorRect().size())
        self.ensureVisible(caret.center().x(), caret.center().y(), 0, caret.height() + 12)

    def settle(self) -> None:
        """Give all rows their places now; a row that has just come has none yet."""
        for _level in range(4):  # what asks for room is asked in turn: row, statement, card, column
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    # inside

    def _fill(self) -> None:
        if self._shown is None:
            return
        story, cites = self._shown
        left = self._rows
        for part in Part:
            statements = story.part(part)
            if part in MAIN_PARTS or statements or part in self._cards:
                card = self._card(part)
                card.show_part(story.id, statements, cites, left)
                card.setVisible(part in MAIN_PARTS or bool(statements))
            left = max(0, left - len(statements))
        if self._rows < len(story.statements):
            self._later.start()
        else:
            self._later.stop()

    def _fill_more(self) -> None:
        self._rows += MORE
        self._fill()

    def _card(self, part: Part) -> PartCard:
        if part not in self._cards:
            card = PartCard(part, self._requests)
            self._cards[part] = card
            at = sum(other.order < part.order for other in self._cards)
            self._box.insertWidget(at, card)
        return self._cards[part]

    def _on_step(self, statement: str, way: int, x: int) -> None:
        self.finish()
        views = self.views()
        at = next(i for i, view in enumerate(views) if view.id == statement) + way
        if 0 <= at < len(views):
            views[at].row.enter(x, from_below=way < 0)

    def _on_dragged(self, statement: str, where: QPoint) -> None:
        self._scroll_at(where)
        card, _index = self._target(statement, where)
        y = card.gap_at(card.mapFromGlobal(where).y())
        left = card.x() + 12
        self._line.setGeometry(left, card.y() + y - 1, card.width() - 24, 2)
        self._line.raise_()
        self._line.show()

    def _on_dropped(self, statement: str, where: QPoint) -> None:
        self._line.hide()
        card, index = self._target(statement, where)
        self._requests.move_requested.emit(self._story, statement, index, card.part.value)

    def _target(self, statement: str, where: QPoint) -> tuple[PartCard, int]:
        """Return the card under a point of the screen (the nearest one), and the place in it."""
        y = self._inside.mapFromGlobal(where).y()
        shown = [card for card in self._cards.values() if not card.isHidden()]
        card = min(shown, key=lambda each: _distance(each.geometry(), y))
        return card, card.index_at(y - card.y(), statement)

    def _scroll_at(self, where: QPoint) -> None:
        y = self.viewport().mapFromGlobal(where).y()
        bar = self.verticalScrollBar()
        if y < EDGE:
            bar.setValue(bar.value() - SPEED)
        elif y > self.viewport().height() - EDGE:
            bar.setValue(bar.value() + SPEED)


def _distance(place: QRect, y: int) -> int:
    if place.top() <= y <= place.bottom():
        return 0
    return min(abs(place.top() - y), abs(place.bottom() - y))
