"""Choose some of many by a few letters: the tags of articles, or the collections they are in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefing_app.domain.folding import folded
from briefing_app.gui.line import Line
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN = 200  # rows at once; a few letters find the others
_ID = Qt.ItemDataRole.UserRole
_Check = Qt.CheckState


@dataclass(frozen=True, slots=True)
class Pick:
    """What can be chosen; `on` says whether all, some or none of the articles have it."""

    id: str
    title: str
    note: str = ""
    on: _Check = _Check.Unchecked


@dataclass(frozen=True, slots=True)
class Picked:
    """What was chosen anew, what is not any more, and the names of new ones."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    new: tuple[str, ...]


class Picker(QDialog):
    """A line and a list: Enter in the line ticks what it names, or makes it; Ctrl+Enter is OK.

    What only some of the articles have stays as it is until it is ticked or cleared.
    """

    def __init__(
        self,
        heading: str,
        hint: str,
        picks: tuple[Pick, ...],
        made: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(heading)
        self.setMinimumSize(400, 420)
        self._picks = sorted(picks, key=lambda pick: pick.on is _Check.Unchecked)
        self._made = made  # what a typed name becomes; an empty one is not taken
        self._now: dict[str, _Check] = {}
        self._new: dict[str, str] = {}
        title = QLabel(heading)
        set_look(title, words="head")
        self.line = Line()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._show)
        self.list = QListWidget()
        self.list.setAccessibleName(heading)
        self.list.setUniformItemSizes(True)
        self.list.itemChanged.connect(self._ticked)
        self.more = QLabel()
        set_look(self.more, words="meta")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setAutoDefault(False)
        set_look(ok, kind="primary")
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(8)
        for widget in (title, self.line, self.list, self.more, buttons):
            layout.addWidget(widget)
        self._show()
        self.line.setFocus()

    def picked(self) -> Picked:
        """Return what was chosen."""
        before = {pick.id: pick.on for pick in self._picks}
        changed = {one: on for one, on in self._now.items() if before.get(one) is not on}
        return Picked(
            tuple(one for one, on in changed.items() if on is _Check.Checked and one in before),
            tuple(one for one, on in changed.items() if on is _Check.Unchecked and one in before),
            tuple(name for key, name in self._new.items() if self._now.get(key) is _Check.Checked),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter ticks; with Ctrl, or in an empty line, it is OK; Down goes to the list."""
        if watched is self.line and isinstance(event, QKeyEvent):
            if event.type() is not QEvent.Type.KeyPress:
                return False
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
                if not self.line.text().strip() or held:
                    self._tick_typed()
                    self.accept()
                else:
                    self._tick_typed()
                return True
            if event.key() == Qt.Key.Key_Down and self.list.count():
                self.list.setFocus()
                self.list.setCurrentRow(0)
                return True
        return super().eventFilter(watched, event)

    def _tick_typed(self) -> None:
        """Tick what is typed, or the first that is found; make it if there is none such."""
        typed = self._made(self.line.text())
        if not typed:
            return
        exact = [pick for pick in self._picks if folded(pick.title) == folded(typed)]
        found = exact or ([] if self._is_new(typed) else self._fitting())
        if found:
            now = self._now.get(found[0].id, found[0].on)
            off = now is _Check.Checked
            self._now[found[0].id] = _Check.Unchecked if off else _Check.Checked
        else:
            key = f"new:{folded(typed)}"
            self._new[key] = typed
            self._now[key] = _Check.Checked
        self.line.clear()
        self._show()

    def _is_new(self, typed: str) -> bool:
        return not any(folded(pick.title).startswith(folded(typed)) for pick in self._picks)

    def _fitting(self) -> list[Pick]:
        """Return what holds the typed letters, what begins with them first."""
        wanted = folded(self._made(self.line.text()))
        found = [pick for pick in self._picks if wanted in folded(pick.title)]
        return sorted(found, key=lambda pick: not folded(pick.title).startswith(wanted))

    def _show(self) -> None:
        fitting = self._fitting() if self.line.text().strip() else self._picks
        new = [
            Pick(key, name, self.tr("new"))
            for key, name in self._new.items()
            if folded(self.line.text().strip()) in folded(name)
        ]
        self.list.blockSignals(True)
        self.list.clear()
        for pick in (*new, *fitting[:SHOWN]):
            item = QListWidgetItem(f"{pick.title}   {pick.note}" if pick.note else pick.title)
            item.setData(_ID, pick.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(self._now.get(pick.id, pick.on))
            self.list.addItem(item)
        self.list.blockSignals(False)
        left = len(fitting) - SHOWN
        typed = self._made(self.line.text())
        if left > 0:
            words = self.tr("{count} more; type a few letters.").replace("{count}", str(left))
        elif typed and not fitting:
            words = self.tr("Enter makes “{name}”.").replace("{name}", typed)
        else:
            words = ""
        self.more.setText(words)

    def _ticked(self, item: QListWidgetItem) -> None:
        self._now[str(item.data(_ID))] = item.checkState()


def ask(dialog: Picker) -> Picked | None:
    """Show a picker and return what was chosen; None if the user thought better of it."""
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    found = dialog.picked() if accepted else None
    dialog.deleteLater()
    return found
