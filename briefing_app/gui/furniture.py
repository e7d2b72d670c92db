"""What the window gets after its first paint: the panes' insides, the search boxes, the dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from briefing_app.gui import problems
from briefing_app.gui.articles.head import ListHead
from briefing_app.gui.articles.list import RowList
from briefing_app.gui.articles.shelves import Shelves
from briefing_app.gui.articles.tagbar import TagBar
from briefing_app.gui.banner import Banner
from briefing_app.gui.composer.pane import ComposerPane
from briefing_app.gui.empty import EmptyState
from briefing_app.gui.finder.box import FinderBox
from briefing_app.gui.finder.controller import FinderController
from briefing_app.gui.importing.incoming import is_welcome
from briefing_app.gui.importing.strip import ImportStrip
from briefing_app.gui.longwork import LongWork
from briefing_app.gui.pages import Pages
from briefing_app.gui.preview.pane import PreviewPane
from briefing_app.gui.reader.pane import ReaderPane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from briefing_app.gui.appearance import Appearance
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.settings import Settings


class Furniture(QObject):
    """All that works without a library; `gui/desktop` connects the rest to one."""

    def __init__(
        self,
        window: MainWindow,
        settings: Settings,
        appearance: Appearance,
        runner: JobRunner,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._appearance = appearance
        self._runner = runner
        window.articles.furnish(Shelves(), TagBar(), ListHead(), RowList(), EmptyState())
        window.toolbar.furnish()
        window.is_welcome = is_welcome
        self.banner = Banner()
        window.add_banner(self.banner)
        self.strip = ImportStrip()
        window.add_strip(self.strip)
        self.long_work = LongWork(window, runner)
        self.pages = Pages(self)
        self.reader = ReaderPane(window)
        self.preview = PreviewPane(self.pages, window)
        self.composer = ComposerPane(window)
        window.panes.furnish((self.reader, self.preview), self.composer)
        self.box = FinderBox(
            window,
            self.tr("Search articles, stories and highlights, or run a command"),
            finds=True,
        )
        self.finder = FinderController(self.box, window.actions_)
        self.target = FinderBox(window, self.tr("Where do points go?"))
        actions = window.actions_
        for name, do in (
            ("search", self.box.open),
            ("next-pane", self._next_pane),
            ("previous-pane", self._previous_pane),
            ("settings", self._preferences),
            ("shortcuts", self._keys),
            ("about", self._about),
            ("environment", self._copy_environment),
        ):
            actions[name].triggered.connect(do)
        self.box.foot.help_wanted.connect(self._search_help)
        actions["preview"].toggled.connect(self._show_preview)
        self.composer.requests.left.connect(self._back)

    def clear(self) -> None:
        """Show that no library is there."""
        window = self._window
        self.banner.hide()
        self.strip.hide()
        window.actions_.allow(frozenset())
        window.actions_.show_steps("", "")
        window.actions_["preview"].setChecked(False)
        window.articles.clear()
        self.reader.show_nothing(imported=True)
        self.composer.show_briefs({})
        self.composer.show_nothing()
        self.preview.show_nothing()
        self.finder.forget()
        window.status.show_highlights(None)
        window.status.show_sourced(0, 0)
        window.status.show_size(0, None)

    @Slot(bool)
    def _show_preview(self, on: bool) -> None:
        self._window.panes.middle.setCurrentWidget(self.preview if on else self.reader)

    @Slot()
    def _next_pane(self) -> None:
        self._go_round(1)

    @Slot()
    def _previous_pane(self) -> None:
        self._go_round(-1)

    @Slot()
    def _back(self) -> None:
        """Go from the composer to the reader, or to the preview where that stands in its place."""
        middle = self.preview if self._window.actions_["preview"].isChecked() else self.reader
        middle.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_round(self, step: int) -> None:
        articles = self._window.articles
        middle = self.preview if self._window.actions_["preview"].isChecked() else self.reader
        there = (articles, middle, self.composer)
        stops = [pane for pane in there if (pane.focusProxy() or pane).isVisible()]
        focus = self._window.focusWidget()
        at = next((n for n, pane in enumerate(stops) if focus and pane.isAncestorOf(focus)), -step)
        target = stops[(at + step) % len(stops)]
        if target is articles:
            articles.focus_list()
        elif target is self.composer:
            self.composer.enter()
        else:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _preferences(self) -> None:
        from briefing_app.gui.dialogs.preferences import PreferencesDialog  # noqa: PLC0415 (loaded when it is asked for)

        _ask(PreferencesDialog(self._settings, self._appearance, self._runner, self._window))

    @Slot()
    def _keys(self) -> None:
        from briefing_app.gui.dialogs.help import KeysDialog  # noqa: PLC0415 (loaded when it is asked for)

        _ask(KeysDialog(self._window.actions_, self._window))

    @Slot()
    def _search_help(self) -> None:
        from briefing_app.gui.dialogs.searchhelp import SearchHelpDialog  # noqa: PLC0415 (loaded when it is asked for)

        _ask(SearchHelpDialog(self._window))

    @Slot()
    def _about(self) -> None:
        from briefing_app.gui.dialogs.help import AboutDialog  # noqa: PLC0415 (loaded when it is asked for)

        _ask(AboutDialog(self._window))

    @Slot()
    def _copy_environment(self) -> None:
        QGuiApplication.clipboard().setText(problems.environment())


def _ask(dialog: QDialog) -> None:
    dialog.exec()
    dialog.deleteLater()
