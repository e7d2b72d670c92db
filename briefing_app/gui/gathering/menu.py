"""The menu of the list: what can be done to the chosen articles, with their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from briefing_app.gui.actions import Actions
    from briefing_app.gui.gathering.controller import Gathering
    from briefing_app.gui.gathering.deeds import Deeds


class ListMenu(QObject):
    """For one article the commands as they are; for several each says how many."""

    def __init__(self, actions: Actions, deeds: Deeds, gathering: Gathering) -> None:
        super().__init__(deeds)
        self._actions = actions
        self._deeds = deeds
        self._gathering = gathering

    def fill(self, menu: QMenu) -> None:
        """Add the commands."""
        many = self._deeds.is_many()
        for name, words in (
            ("mark-reading", self.tr("Mark {count} as reading")),
            ("archive", self.tr("Archive {count}")),
            ("mark-new", self.tr("Mark {count} as new")),
            ("put-in-brief", self.tr("Put {count} into the brief")),
            ("", ""),
            ("tag-article", self.tr("Tags of {count}…")),
            ("delete-article", self.tr("Delete {count}")),
        ):
            if not name:
                menu.addSeparator()
                self._gathering.fill_menu(menu)
                continue
            action = self._actions[name]
            if not many:
                menu.addAction(action)
                continue
            keys = action.text().partition("\t")[2] or action.shortcut().toString()
            text = words.replace("{count}", self._deeds.count())
            shown = menu.addAction(action.icon(), f"{text}\t{keys}" if keys else text)
            shown.setEnabled(action.isEnabled())
            shown.triggered.connect(action.trigger)
        menu.addSeparator()
        alone = ("article-versions", "open-original", "split-items", "split-pages")
        for name in ("same-article",) if many else alone:
            menu.addAction(self._actions[name])
