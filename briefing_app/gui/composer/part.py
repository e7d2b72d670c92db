"""The card of one part of a story. Its rows are updated in place, by the id of their statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefing_app.domain.annotation import Role
from briefing_app.domain.statement import Kind, Part, usual_kind
from briefing_app.gui import fonts, tokens
from briefing_app.gui.composer.chip import Chip, Cite
from briefing_app.gui.composer.statement import PAD, StatementView
from briefing_app.gui.icons import icon
from briefing_app.gui.theme import current, set_look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing_app.domain.statement import Statement
    from briefing_app.gui.composer.requests import Requests

_ROLES = {role.part: role for role in Role if role.part is not None}


class Badge(QWidget):
    """The letter of a role in its colour: meaning is never colour alone."""

    SIZE = 18

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self.setFixedSize(self.SIZE, self.SIZE)
        self.setAccessibleName(role.letter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the badge."""
        del event
        colours = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.role[self._role]))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5),
            tokens.CHIP_RADIUS,
            tokens.CHIP_RADIUS,
        )
        painter.setPen(QColor(colours.on_accent))
        painter.setFont(fonts.chrome(tokens.CAPS, QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._role.letter)


class PartCard(QFrame):
    """Shows the statements of one part; one tab stop, with arrows inside."""

    def __init__(self, part: Part, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self._story = ""
        self._requests = requests
        self._statements: tuple[Statement, ...] = ()
        self._views: dict[str, StatementView] = {}
        self._order: tuple[str, ...] = ()
        self._stop = ""  # the row that Tab reaches
        self.title = self._title()
        self.setAccessibleName(self.title)
        set_look(self, plane="card")
        self.chip = Chip()
        self.chip.passage_asked.connect(requests.chip_activated)
        self.chip.link_asked.connect(self._on_link)
        self.chip.hide()
        self.count = QLabel()
        set_look(self.count, words="meta")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._empty = QLabel()
        set_look(self._empty, words="muted")
        self._empty.setContentsMargins(19, 4, PAD, 4)
        self._empty.setWordWrap(True)
        self._add = _add_button(
            self.tr("Item")
            if part is Part.IMPACT
            else self.tr("Add to {part}").replace("{part}", self.title)
        )
        self._add.clicked.connect(self._on_add)
        self._lead = _add_button(self.tr("Lead"))
        self._lead.clicked.connect(self._on_add_lead)
        self._closing = _add_button(self.tr("Closing"))
        self._closing.clicked.connect(self._on_add_closing)
        if part is Part.IMPACT:  # three beside each other: there is room for one word each
            _say_in_full(self._add, self.tr("Add item"))
            _say_in_full(self._lead, self.tr("Add lead"))
            _say_in_full(self._closing, self.tr("Add closing"))
        self._lay_out()

    # what is shown

    def show_part(
        self,
        story: str,
        statements: tuple[Statement, ...],
        cites: Mapping[str, tuple[Cite, ...]],
        rows: int,
    ) -> None:
        """Show the statements of the part as they are now; `cites` is by statement.

        Only the first `rows` of them get a row: those of a long story come one after the other.
        """
        self._story, self._statements = story, statements
        lone = self.part is Part.NARRATIVE and len(statements) == 1
        lost = self._drop_views(statements)
        for at, statement in enumerate(statements[:rows]):
            view = self._views.get(statement.id) or self._new_view(statement)
            if self._rows.indexOf(view) != at:
                self._rows.insertWidget(at, view)
                view.show()  # else Qt does it later, and it has no place until then
            heading = self._heading(statements, at)
            view.show_statement(statement, cites.get(statement.id, ()), heading, chip=not lone)
        self._order = tuple(statement.id for statement in statements[:rows])
        self.chip.setVisible(lone)
        if lone:
            self.chip.show_cites(cites.get(statements[0].id, ()))
        self._show_count(statements)
        self._empty.setVisible(not statements)
        free = not self._requests.read_only
        for button in (self._add, self._lead):
            button.setEnabled(free)
        self._closing.setEnabled(free and bool(self._places(Kind.ITEM)))
        self._place_stop()
        if lost is not None:
            self._focus_near(lost)

    def view(self, statement: str) -> StatementView | None:
        """Return the view of a statement that is in this part."""
        return self._views.get(statement)

    def views(self) -> tuple[StatementView, ...]:
        """Return the views from top to bottom."""
        return tuple(self._views[each] for each in self._order)

    def stops(self) -> tuple[QWidget, ...]:
        """Return what Tab may reach, from top to bottom; one of them is a stop at a time."""
        return (*(view.row for view in self.views()), self._add)

    def flush(self) -> None:
        """Tell all unsent text."""
        for view in self.views():
            view.row.flush()

    def index_at(self, y: int, without: str) -> int:
        """Return where a statement would go that is put down at `y`. Units: px in the card."""
        rest = [view for view in self.views() if view.id != without]
        return sum(view.geometry().center().y() < y for view in rest)

    def gap_at(self, y: int) -> int:
        """Return the y of the gap between rows that is nearest to `y`. Units: px in the card."""
        views = self.views()
        gaps = [view.y() + 3 for view in views]
        gaps.append(views[-1].geometry().bottom() - 2 if views else self._empty.geometry().top())
        return min(gaps, key=lambda gap: abs(gap - y))

    # the rows

    def _drop_views(self, statements: tuple[Statement, ...]) -> int | None:
        """Remove the views of statements that are gone; return the place of the focused one."""
        lost = None
        for gone in self._views.keys() - {statement.id for statement in statements}:
            view = self._views.pop(gone)
            if view.row.hasFocus() and gone in self._order:
                lost = self._order.index(gone)
            self._rows.removeWidget(view)
            view.retire()
        return lost

    def _new_view(self, statement: Statement) -> StatementView:
        view = StatementView(self._story, statement, self._requests, self.title)
        view.row.setPlaceholderText(self.tr("Write here"))
        view.row.focused.connect(self._on_focused)
        view.row.join_asked.connect(self._on_join)
        view.row.join_next_asked.connect(self._on_join_next)
        view.row.move_asked.connect(self._on_move)
        self._views[statement.id] = view
        return view

    def _sender_view(self) -> StatementView:
        row = self.sender()
        return next(view for view in self._views.values() if view.row is row)

    def _on_focused(self) -> None:
        self._stop = self._sender_view().id
        self._place_stop()

    def _on_join(self) -> None:
        view = self._sender_view()
        if not view.row.text():  # an emptied row goes with its sources; they are not the next one's
            self._requests.delete_requested.emit(self._story, view.id)
        elif self._order[0] != view.id:
            self._requests.join_requested.emit(self._story, view.id)

    def _on_join_next(self) -> None:
        at = self._order.index(self._sender_view().id) + 1
        if at < len(self._order):
            empty = not self.views()[at].row.text()
            ask = self._requests.delete_requested if empty else self._requests.join_requested
            ask.emit(self._story, self._order[at])

    def _on_move(self, way: int) -> None:
        view = self._sender_view()
        to = self._order.index(view.id) + way
        self._requests.move_requested.emit(self._story, view.id, to, self.part.value)

    def _on_link(self) -> None:
        self._requests.link_requested.emit(self._story, self._order[0])

    def _on_add(self) -> None:
        self._ask_to_add(-1, usual_kind(self.part))

    def _on_add_lead(self) -> None:
        items = self._places(Kind.ITEM)
        self._ask_to_add(items[0] if items else len(self._statements), Kind.PARAGRAPH)

    def _on_add_closing(self) -> None:
        self._ask_to_add(len(self._statements), Kind.PARAGRAPH)

    def _ask_to_add(self, at: int, kind: Kind) -> None:
        self._requests.add_requested.emit(self._story, self.part.value, at, kind.value)

    def _places(self, kind: Kind) -> list[int]:
        return [at for at, each in enumerate(self._statements) if each.kind is kind]

    def _focus_near(self, at: int) -> None:
        views = self.views()
        if views:
            row = views[max(0, min(at, len(views)) - 1)].row
            row.place_caret(len(row.text()))
            row.setFocus()
        else:
            self._add.setFocus()

    def _place_stop(self) -> None:
        """Let Tab reach one row of the part, or the button where there is none."""
        if self._order and self._stop not in self._order:
            self._stop = self._order[0]
        for view in self.views():
            tab = view.id == self._stop
            view.row.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus
            )
        self._add.setFocusPolicy(
            Qt.FocusPolicy.ClickFocus if self._order else Qt.FocusPolicy.StrongFocus
        )

    # words

    def _heading(self, statements: tuple[Statement, ...], at: int) -> str:
        """Return what stands above a row: the three groups of an impact analysis made plain."""
        if self.part is not Part.IMPACT:
            return ""
        items = [i for i, statement in enumerate(statements) if statement.kind is Kind.ITEM]
        if not items:
            return self.tr("LEAD") if at == 0 else ""
        if at == items[0]:
            return self.tr("ITEMS")
        if at == items[-1] + 1:
            return self.tr("CLOSING")
        return self.tr("LEAD") if at == 0 else ""

    def _show_count(self, statements: tuple[Statement, ...]) -> None:
        if self.part is Part.NARRATIVE:
            words = sum(len(statement.text.split()) for statement in statements)
            text = self.tr("1 word") if words == 1 else self.tr("%n words", "", words)
        else:
            items = len(statements)
            text = self.tr("1 item") if items == 1 else self.tr("%n items", "", items)
        self.count.setText(text if statements else "")

    def _title(self) -> str:
        return {
            Part.NARRATIVE: self.tr("The Story"),
            Part.KEY_POINTS: self.tr("Key Points"),
            Part.KEY_TAKEAWAYS: self.tr("Key Takeaways"),
            Part.IMPACT: self.tr("Impact Analysis"),
            Part.ASSUMPTIONS: self.tr("Assumptions"),
            Part.NOT_KNOWN: self.tr("What is not known"),
            Part.TO_WATCH: self.tr("What to watch"),
        }[self.part]

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(PAD, 0, PAD, 0)
        head.setSpacing(10)
        if role := _ROLES.get(self.part):
            head.addWidget(Badge(role))
            self._empty.setText(
                self.tr("Select text and press {key}").replace("{key}", role.letter)
            )
        title = QLabel(self.title)
        set_look(title, words="head")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.chip)
        head.addWidget(self.count)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 0, PAD, 0)
        buttons = [self._add]
        if self.part is Part.IMPACT:
            buttons = [self._lead, self._add, self._closing]
        for button in buttons:
            foot.addWidget(button)
        foot.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 12, 0, 8)
        box.setSpacing(0)
        box.addLayout(head)
        box.addLayout(self._rows)
        box.addWidget(self._empty)
        box.addLayout(foot)


def _say_in_full(button: QPushButton, words: str) -> None:
    button.setAccessibleName(words)
    button.setToolTip(words)


def _add_button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setIcon(icon("plus", "muted"))
    button.setIconSize(QSize(15, 15))
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    set_look(button, kind="add")
    return button
