"""Saved searches among the shelves, and what the filter of the list says of a wrong query."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu

from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, Refused
from briefing_app.gui import problems
from briefing_app.gui.articles.shelf import BRIEFS, INBOX, Section, Shelf
from briefing_app.gui.dialogs.name import ask_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.savedsearch import SavedSearch
    from briefing_app.gui.articles.controller import ArticlesController
    from briefing_app.gui.finder.controller import FinderController
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.services.articles import Counts
    from briefing_app.services.news import Changed
    from briefing_app.services.suite import Services

SEARCH = "search:"  # and its id; without one it is what was found just now
_SECTION = "searches"
_TITLE = 40  # code points of a query that name a shelf


class SavedSearches(QObject):
    """A section of the shelves; a search that is picked stands in the filter, to be changed there."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        lists: ArticlesController,
        finder: FinderController,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pane = window.articles
        self._services = services
        self._known: tuple[SavedSearch, ...] | None = None  # None until they are read
        self._found = ""  # a query that is shown and not saved
        shelves = self._pane.shelves
        shelves.asked.connect(self._asked)
        shelves.menu_wanted.connect(self._menu)
        shelves.shelf_picked.connect(self._picked)
        self._pane.query_changed.connect(self._explain)
        lists.counted.connect(self._begin)
        finder.all_wanted.connect(self.show_all)
        finder.save_wanted.connect(self.save)
        window.actions_["save-search"].triggered.connect(self.save_filter)

    @Slot(object)
    def _begin(self, counts: Counts) -> None:
        """Show the searches once the first list is there."""
        del counts
        if self._known is None:
            self._show()

    @Slot(object)
    def note(self, changed: Changed) -> None:
        """Show the searches anew after an edit of one."""
        if any(entity is Entity.SEARCH for entity, _ in changed.keys):
            self._show()

    @Slot(str)
    def show_all(self, text: str) -> None:
        """List all articles that a query finds."""
        same = next((one for one in self._known or () if one.query == text.strip()), None)
        if same is None:
            self._found = text
            self._show()
        name = f"{SEARCH}{same.id if same else ''}"
        if self._pane.shelf() == name:
            self._pane.filter.setText(text)
        else:
            self._pane.shelves.choose(name)
        self._pane.focus_list()

    @Slot()
    def save_filter(self) -> None:
        """Save what the list is filtered by."""
        self.save(self._pane.text())

    @Slot(str)
    def save(self, text: str) -> None:
        """Ask for a name and save a search under it."""
        query = text.strip()
        if not query:
            problems.tell(
                self._window,
                Refused(
                    QT_TRANSLATE_NOOP("errors", "There is nothing to search for yet."),
                    hint=QT_TRANSLATE_NOOP(
                        "errors", "Type it into the filter of the list, or into Ctrl+K."
                    ),
                ),
            )
            return
        hint = self.tr("A search that has this name already gets the new query.")
        name = ask_name(self._window, self.tr("Save this search"), query[:_TITLE], hint)
        if name:
            self._try(partial(self._keep, name, query))

    def _keep(self, name: str, query: str) -> None:
        made = self._services.searches.save(name, query)
        if self._found.strip() == query:
            self._found = ""
        self._show()
        self._pane.shelves.choose(f"{SEARCH}{made.id}")

    def _show(self) -> None:
        self._known = self._services.searches.all()
        found = (Shelf(SEARCH, self._found.strip()[:_TITLE], "search"),) if self._found else ()
        saved = tuple(Shelf(f"{SEARCH}{one.id}", one.name, "search") for one in self._known)
        title = self.tr("Searches")
        shelf = self._pane.shelf()
        self._pane.shelves.show_section(Section(_SECTION, title, (*found, *saved)))
        if shelf.startswith(SEARCH) and shelf not in {one.name for one in (*found, *saved)}:
            self._pane.shelves.choose(INBOX)

    @Slot(str)
    def _picked(self, shelf: str) -> None:
        """Put the query of a search into the filter."""
        if shelf == SEARCH:
            self._pane.filter.setText(self._found)
        elif saved := self._saved(shelf):
            self._pane.filter.setText(f"{saved.query} ")  # a blank: nothing is still being typed

    @Slot(str, str)
    def _explain(self, shelf: str, text: str) -> None:
        """Say what is wrong with what the list is filtered by."""
        problem = None if shelf == BRIEFS else self._services.articles.asked(text).problem
        self._pane.show_problem(problems.in_sentences((problem,))[0] if problem else "")

    @Slot(str, str)
    def _asked(self, what: str, name: str) -> None:
        saved = self._saved(name)
        if saved is None or self._services.read_only is not None:
            return
        if what == "rename":
            heading = self.tr("Rename the search")
            new = ask_name(self._window, heading, saved.name)
            if new and new != saved.name:
                self._try(partial(self._services.searches.rename, saved.id, new))
        elif what == "delete":
            self._try(partial(self._services.searches.delete, saved.id))

    @Slot(str, QPoint)
    def _menu(self, name: str, where: QPoint) -> None:
        if self._services.read_only is not None or not name.startswith(SEARCH):
            return
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._saved(name):
            for words, what in (
                (self.tr("Rename…\tF2"), "rename"),
                (self.tr("Delete the search\tDel"), "delete"),
            ):
                menu.addAction(words).triggered.connect(partial(self._asked, what, name))
        else:
            menu.addAction(self._window.actions_["save-search"])
        menu.popup(where)

    def _saved(self, shelf: str) -> SavedSearch | None:
        found = shelf.removeprefix(SEARCH) if shelf.startswith(SEARCH) else ""
        return next((one for one in self._known or () if one.id == found), None)

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except BriefingError as error:
            problems.tell(self._window, error)
