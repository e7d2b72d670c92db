"""The line above a story: which brief, which story of it, and the menus to change either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from briefing_app.gui import fonts, tokens
from briefing_app.gui.icons import icon
from briefing_app.gui.theme import set_look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing_app.domain.brief import Brief
    from briefing_app.gui.composer.requests import Requests

SHORT = 46  # characters of a headline in a menu


class ComposerHeader(QWidget):
    """Two menus and two arrows; it asks, and shows what it is told."""

    def __init__(self, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._brief: Brief | None = None
        self._story = ""
        self._briefs: Mapping[str, str] = {}
        self._headlines: Mapping[str, str] = {}
        self.brief_button = self._menu_button(self.tr("Brief"))
        self.story_button = self._menu_button(self.tr("Story"))
        self.previous = self._arrow("chevron-left", self.tr("Previous story"))
        self.next = self._arrow("chevron-right", self.tr("Next story"))
        self.previous.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        for button, fill in (
            (self.brief_button, self._fill_brief_menu),
            (self.story_button, self._fill_story_menu),
        ):
            button.menu().aboutToShow.connect(fill)
        box = QHBoxLayout(self)
        box.setContentsMargins(10, 0, 8, 0)
        box.setSpacing(0)
        for widget in (self.brief_button, self.story_button):
            box.addWidget(widget)
        box.addStretch(1)
        box.addWidget(self.previous)
        box.addWidget(self.next)
        self._refresh()

    def show_briefs(self, briefs: Mapping[str, str]) -> None:
        """Tell which briefs there are: titles by id."""
        self._briefs = briefs

    def show_brief(self, brief: Brief | None, headlines: Mapping[str, str], story: str) -> None:
        """Show the brief and which of its stories is open."""
        if (brief, story) == (self._brief, self._story) and headlines == self._headlines:
            return
        self._brief, self._headlines, self._story = brief, headlines, story
        self._refresh()

    def go(self, way: int) -> None:
        """Ask for the story before (-1) or behind (1) the one shown."""
        stories = self._stories()
        if self._story in stories:
            at = stories.index(self._story) + way
            if 0 <= at < len(stories):
                self._requests.story_picked.emit(stories[at])

    # the menus

    def _fill_brief_menu(self) -> None:
        menu = self.brief_button.menu()
        menu.clear()
        for brief, title in self._briefs.items():
            self._pick(menu, title, brief, self._brief is not None and brief == self._brief.id)
        menu.triggered.connect(self._on_brief, Qt.ConnectionType.UniqueConnection)
        if self._requests.read_only:
            return
        menu.addSeparator()
        menu.addAction(self.tr("New brief…"), self._requests.brief_new_requested.emit)
        if self._brief is not None:
            menu.addAction(self.tr("Rename brief…"), self._on_rename)
            menu.addAction(self.tr("Delete brief"), self._on_delete)

    def _fill_story_menu(self) -> None:
        menu = self.story_button.menu()
        menu.clear()
        stories = self._stories()
        for at, story in enumerate(stories, 1):
            self._pick(menu, f"{at}  {self._headline(story)}", story, story == self._story)
        menu.triggered.connect(self._on_story, Qt.ConnectionType.UniqueConnection)
        if self._requests.read_only:
            return
        menu.addSeparator()
        menu.addAction(self.tr("Add a story"), self._requests.story_add_requested.emit)
        if self._story in stories:
            at = stories.index(self._story)
            menu.addAction(self.tr("Move story up"), self._on_up).setEnabled(at > 0)
            menu.addAction(self.tr("Move story down"), self._on_down).setEnabled(
                at + 1 < len(stories)
            )
            menu.addAction(self.tr("Take story out of the brief"), self._on_remove)

    def _pick(self, menu: QMenu, words: str, value: str, on: bool) -> None:
        action = menu.addAction(words.replace("&", "&&"))
        action.setData(value)
        action.setCheckable(True)
        action.setChecked(on)

    def _on_brief(self, action: QAction) -> None:
        if action.data():
            self._requests.brief_picked.emit(action.data())

    def _on_story(self, action: QAction) -> None:
        if action.data():
            self._requests.story_picked.emit(action.data())

    def _on_rename(self) -> None:
        if self._brief is not None:
            self._requests.brief_rename_requested.emit(self._brief.id)

    def _on_delete(self) -> None:
        if self._brief is not None:
            self._requests.brief_delete_requested.emit(self._brief.id)

    def _on_up(self) -> None:
        self._requests.story_move_requested.emit(self._story, self._at() - 1)

    def _on_down(self) -> None:
        self._requests.story_move_requested.emit(self._story, self._at() + 1)

    def _on_remove(self) -> None:
        self._requests.story_remove_requested.emit(self._story)

    def _go_back(self) -> None:
        self.go(-1)

    def _go_on(self) -> None:
        self.go(1)

    # words and looks

    def _refresh(self) -> None:
        stories = self._stories()
        at = self._at()
        title = self._brief.title if self._brief else self.tr("No brief")
        self.brief_button.setText(_caps(title, 24))
        self.brief_button.setAccessibleName(self.tr("Brief: {title}").replace("{title}", title))
        self.brief_button.setToolTip(title)
        words = self.tr("Story {n} of {all}") if at >= 0 else self.tr("No story")
        words = words.replace("{n}", str(at + 1)).replace("{all}", str(len(stories)))
        self.story_button.setText(words.upper())
        self.story_button.setAccessibleName(words)
        self.story_button.setVisible(self._brief is not None)
        for arrow, there in ((self.previous, at > 0), (self.next, 0 <= at < len(stories) - 1)):
            arrow.setVisible(len(stories) > 1)
            arrow.setEnabled(there)

    def _stories(self) -> tuple[str, ...]:
        return self._brief.stories if self._brief else ()

    def _at(self) -> int:
        stories = self._stories()
        return stories.index(self._story) if self._story in stories else -1

    def _headline(self, story: str) -> str:
        headline = self._headlines.get(story, "") or self.tr("Story without a headline")
        return headline if len(headline) <= SHORT else headline[: SHORT - 1].rstrip() + "…"

    def _menu_button(self, name: str) -> QToolButton:
        button = QToolButton()
        set_look(button, kind="caps")
        button.setFont(fonts.chrome(tokens.CAPS, QFont.Weight.DemiBold))
        button.setAccessibleName(name)
        button.setIcon(icon("chevron-down", "muted"))
        button.setIconSize(QSize(13, 13))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # the arrow stands behind the words
        button.setLayoutDirection(_other(self.layoutDirection()))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        menu.setLayoutDirection(self.layoutDirection())
        menu.setToolTipsVisible(True)
        button.setMenu(menu)
        return button

    def _arrow(self, name: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(name))
        button.setIconSize(QSize(16, 16))
        set_look(button, kind="quiet")
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button


def _caps(text: str, limit: int) -> str:
    text = text.upper().replace("&", "&&")
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _other(direction: Qt.LayoutDirection) -> Qt.LayoutDirection:
    left = Qt.LayoutDirection.LeftToRight
    return Qt.LayoutDirection.RightToLeft if direction is left else left
