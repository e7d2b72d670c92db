"""The line above the list: how many articles, how many are chosen, and how they are sorted."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from briefing_app.domain.articlelist import Order
from briefing_app.gui.icons import icon
from briefing_app.gui.numbers import number
from briefing_app.gui.theme import set_look


class ListHead(QWidget):
    """Tells and asks; the order stands on its button."""

    order_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = {  # in the menu, and on the button
            Order.ADDED: (self.tr("Newest added first"), self.tr("Newest added")),
            Order.NEWEST: (self.tr("Newest published first"), self.tr("Newest published")),
            Order.OLDEST: (self.tr("Oldest published first"), self.tr("Oldest published")),
            Order.TITLE: (self.tr("By title"), self.tr("By title")),
            Order.SOURCE: (self.tr("By outlet"), self.tr("By outlet")),
        }
        self.count = QLabel()
        set_look(self.count, words="meta")
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QToolButton()
        set_look(self.button, kind="caps")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIcon(icon("chevron-down", "muted"))
        self.button.setIconSize(QSize(13, 13))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.button)
        self._group = QActionGroup(self)
        for order, (words, _) in self._words.items():
            action = self.menu.addAction(words)
            action.setCheckable(True)
            action.setData(order.value)
            self._group.addAction(action)
        self.button.setMenu(self.menu)
        self.menu.triggered.connect(self._triggered)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 10, 4)
        layout.addWidget(self.count, 1)
        layout.addWidget(self.button)

    def show_order(self, order: Order) -> None:
        """Show how the list is sorted."""
        words, short = self._words[order]
        self.button.setText(short)
        self.button.setToolTip(self.tr("Sorted: {order}").replace("{order}", words))
        self.button.setAccessibleName(self.button.toolTip())
        for action in self._group.actions():
            action.setChecked(action.data() == order.value)

    def show_count(self, count: int, chosen: int) -> None:
        """Show how many rows there are; how many are chosen if they are several."""
        total = number(count)
        if chosen > 1:
            words = self.tr("{chosen} chosen")
            self.count.setText(words.replace("{chosen}", number(chosen)).replace("{count}", total))
        else:
            words = self.tr("1 article") if count == 1 else self.tr("{count} articles")
            self.count.setText(words.replace("{count}", total))

    def show_briefs(self, count: int) -> None:
        """Show how many briefs there are; they have one order."""
        self.count.setText(
            self.tr("1 brief")
            if count == 1
            else self.tr("{count} briefs").replace("{count}", str(count))
        )

    def _triggered(self) -> None:
        if chosen := self._group.checkedAction():
            self.order_chosen.emit(str(chosen.data()))
