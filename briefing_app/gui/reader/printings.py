"""The button that says how many outlets print the text of an article; its menu opens the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from briefing_app.gui import fonts, icons, tokens

if TYPE_CHECKING:
    from briefing_app.domain.cluster import Cluster, Like

_LONG = 60  # characters of a title


class Origins(QToolButton):
    """Hidden as long as nothing else says nearly the same."""

    article_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIcon(icons.icon("newspaper"))
        self.setIconSize(QSize(15, 15))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFont(fonts.chrome(tokens.META, QFont.Weight.Medium))
        self.setToolTip(self.tr("Show the articles that say nearly the same"))
        self.setAccessibleName(self.toolTip())
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.hide()

    def show_cluster(self, cluster: Cluster | None) -> None:
        """Say how many outlets there are, and list the others; None: nothing is known yet."""
        self._menu.clear()
        self.setVisible(cluster is not None and bool(cluster.others))
        if cluster is None:
            return
        # one outlet may have it twice: then there is nothing to say of sources
        words = (
            self.tr("%n sources, 1 origin", "", cluster.sources)
            if cluster.sources > 1
            else self.tr("%n articles, 1 origin", "", len(cluster.others) + 1)
        )
        self.setText(" " + words)
        self.setAccessibleName(words)
        for one in cluster.others:
            action = self._menu.addAction(_line(one))
            action.setData(one.id)
            action.triggered.connect(self._chosen)

    def _chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.article_wanted.emit(str(action.data()))


def _line(one: Like) -> str:
    title = one.title if len(one.title) <= _LONG else one.title[: _LONG - 1].rstrip() + "\u2026"
    parts = [title, one.source]
    if one.published is not None:
        day = one.published.date
        parts.append(QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy"))
    # an ampersand would be taken for the mark of a key
    shown = (f"\u2068{part}\u2069" for part in parts if part)
    return "   \N{MIDDLE DOT}   ".join(shown).replace("&", "&&")
