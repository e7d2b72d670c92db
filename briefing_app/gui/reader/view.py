"""What keys and mouse mean in an article: select, make a point, step, delete, triage."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import State
from briefing_app.domain.words import whole_words
from briefing_app.gui import keys
from briefing_app.gui.reader import geometry, links
from briefing_app.gui.reader.blocks import BlocksText

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QWidget

    from briefing_app.gui.reader.badges import Badge

ROLES = {role.letter: role for role in Role}
TRIAGE = {"E": State.ARCHIVED.value, "R": State.READING.value, "U": State.NEW.value, "B": "brief"}
FLASH = 1500  # ms
UPPER = 0.22  # where a passage comes to stand, in heights of the viewport
_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


class ArticleView(BlocksText):
    """An article that is read and marked; it says what was asked for, and changes nothing."""

    annotate_requested = Signal(int, int, str)
    annotate_elsewhere_requested = Signal(int, int, str)
    role_change_requested = Signal(str, str)
    delete_requested = Signal(str)
    highlight_activated = Signal(str)
    highlight_clicked = Signal(str)
    triage_requested = Signal(str)
    target_pick_requested = Signal()
    link_requested = Signal(str)
    passage_selected = Signal(bool)
    comment_asked = Signal()
    details_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = QPoint()
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.timeout.connect(self._end_flash)
        self.viewport().setMouseTracking(True)
        self.anchorClicked.connect(self._ask_link)
        self.selectionChanged.connect(self._tell_selection)

    def reveal(self, annotation: str) -> bool:
        """Bring a highlight into the upper third and outline it for a moment; False if absent."""
        if not self._go_to(annotation, always=True):
            return False
        self._flashed = annotation
        self._flash.start(FLASH)
        return True

    def ask(self, role: Role, *, elsewhere: bool = False) -> bool:
        """Ask for the selected passage in a role, or the current highlight in another one."""
        chosen = self.chosen()
        if chosen and elsewhere:
            self.annotate_elsewhere_requested.emit(*chosen, role.value)
        elif chosen:
            self.annotate_requested.emit(*chosen, role.value)
        elif self.current and self.current.role is not role and not elsewhere:
            self.role_change_requested.emit(self._current, role.value)
        return chosen is not None

    def choose_at(self, spot: QPoint) -> None:
        """Make the highlight at a place the current one, unless a passage is selected there."""
        if self.chosen() is None:
            self._set_current(self._highlight_at(spot))

    def step(self, by: int) -> None:
        """Go to the next highlight (1) or the one before (-1), from the current one or the caret."""
        order = [name for _start, name in self._starts]
        if not order:
            return
        if self._current in self._by_id:
            index = (order.index(self._current) + by) % len(order)
        else:
            here = self.textCursor().position()
            after = bisect_right(self._starts, (here, "\uffff"))
            index = (after if by > 0 else after - 1) % len(order)
        self._go_to(order[index], always=False)

    def event(self, event: QEvent) -> bool:
        """Take our letters even where a menu has the bare letter; never one with Ctrl or Alt."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._command(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on our letters; leave every other key to Qt."""
        command = self._command(event)
        bare = not event.modifiers() & ~_PLAIN
        if command:
            self._run(command, shifted=not bare)
        elif bare and event.key() == Qt.Key.Key_Escape and self._let_go():
            pass
        elif bare and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if self.current and not self.textCursor().hasSelection():
                self.delete_requested.emit(self._current)
        elif bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, unless a badge is pressed."""
        self._pressed = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self._badge_at(event.position()):
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection, or make the highlight under a click the current one."""
        spot = event.position()
        if event.button() == Qt.MouseButton.LeftButton:
            if badge := self._badge_at(spot):
                self._press_badge(badge)
                return
            super().mouseReleaseEvent(event)
            moved = (spot.toPoint() - self._pressed).manhattanLength()
            if moved < 4 and (stretch := self.stretch_under(spot)):
                self.switch_requested.emit((stretch.place,), not stretch.included)
                return
            if moved < 4 and not self.textCursor().hasSelection():
                self._click(self._highlight_at(spot.toPoint()))
            elif moved >= 4 and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._take_whole_words()
            self._tell_selection()
            return
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which statements use the highlight under the pointer."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._hover(event.position())

    def _take_whole_words(self) -> None:
        """Let a selection that was drawn with the mouse begin and end where words do."""
        chosen = self.chosen()
        if chosen is not None and self._version is not None:
            whole = whole_words(self._version.body.text, *chosen)
            if whole != chosen:
                self.choose_passage(*whole)

    def _command(self, event: QKeyEvent) -> str:
        """Return the letter of ours that an event stands for, or an empty string."""
        letter = keys.pressed(event)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return letter if letter in ROLES else ""
        ours = letter in ROLES or letter in TRIAGE or letter in ("G", "C", ".", ",", "L")
        ours = ours or (letter == "X" and self.shows_blocks)
        return letter if ours else ""

    def _run(self, letter: str, *, shifted: bool) -> None:
        if letter in ROLES:
            self.ask(ROLES[letter], elsewhere=shifted)
        elif letter in TRIAGE:
            self.triage_requested.emit(TRIAGE[letter])
        elif letter == "G":
            self.target_pick_requested.emit()
        elif letter == "C":
            self.comment_asked.emit()
        elif letter == "L":
            self.show_blocks(on=not self.shows_blocks)
        elif letter == "X":
            self.ask_switch()
        else:
            self.step(1 if letter == "." else -1)

    def _let_go(self) -> bool:
        if self.textCursor().hasSelection():
            self._drop_selection()
        elif self._current:
            self._set_current("")
        elif self.shows_blocks:
            self.show_blocks(on=False)
        else:
            return False
        return True

    def _activate(self) -> None:
        href = self.textCursor().charFormat().anchorHref()
        if self._current:
            self.highlight_activated.emit(self._current)
        elif safe := links.safe(href):
            self.link_requested.emit(safe)

    def _ask_link(self, url: QUrl) -> None:
        if url.toString() == links.LEFT_OUT:
            self.show_blocks(on=True)
            return
        if url.toString() == links.DETAILS:
            self.details_requested.emit()
            return
        if safe := links.safe(url.toString()):
            self.link_requested.emit(safe)

    def _tell_selection(self) -> None:
        chosen = self.chosen() is not None
        if chosen and self._current:
            self._set_current("")
        self.passage_selected.emit(chosen)

    def _go_to(self, name: str, *, always: bool) -> bool:
        place = self._ranges.get(name)
        if place is None:
            return False
        cursor = self.textCursor()
        cursor.setPosition(place[0])
        scroll = self.verticalScrollBar()
        before = scroll.value()
        self.setTextCursor(cursor)
        line = geometry.first_line(self.document(), place[0])
        height = self.viewport().height()
        if not always and before <= line.top() and line.bottom() <= before + height:
            scroll.setValue(before)
        else:
            scroll.setValue(max(0, round(line.top() - height * UPPER)))
        self._set_current(name)
        return True

    def _end_flash(self) -> None:
        self._flashed = ""
        self.viewport().update()

    def _press_badge(self, badge: Badge) -> None:
        names = [one.id for one in badge.annotations]
        # a shared badge goes round those that it stands for
        index = (names.index(self._current) + 1) % len(names) if self._current in names else 0
        self._click(names[index])
        self.highlight_activated.emit(names[index])

    def _click(self, name: str) -> None:
        self._set_current(name)
        if name:
            self.highlight_clicked.emit(name)

    def _hover(self, spot: QPointF) -> None:
        badge = self._badge_at(spot)
        name = badge.annotations[0].id if badge else self._highlight_at(spot.toPoint())
        lines = [f"\N{BULLET} {use}" for use in self.uses_of(name)]
        if name and (comment := self._by_id[name].comment):
            lines.insert(0, comment)
        self.viewport().setToolTip("\n".join(lines))
        if badge or self.stretch_under(spot):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
