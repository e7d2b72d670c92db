"""Saved searches: questions that the user asks again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain import rank
from briefing_app.domain.change import Action, Change, Op, diff
from briefing_app.domain.record import Entity, search_from, search_records
from briefing_app.domain.savedsearch import SavedSearch
from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused

if TYPE_CHECKING:
    from briefing_app.services.history import History
    from briefing_app.storage.saved import Saved

NAME = 120  # code points


class Searches:
    """Keeps searches by name; each edit is a step that undo takes back."""

    def __init__(self, history: History, saved: Saved) -> None:
        self._history = history
        self._held = history.held
        self._saved = saved

    def all(self) -> tuple[SavedSearch, ...]:
        """Return the saved searches in their order, as they are now."""
        stored = [(Entity.SEARCH, uid) for uid in self._saved.ids()]
        self._held.load(stored)
        found = [
            search_from(uid, fields)
            for kind, uid in {*stored, *self._held.roots(Entity.SEARCH)}
            if (fields := self._held.fields((kind, uid))) is not None
        ]
        return tuple(sorted(found, key=lambda search: (search.rank, search.id)))

    def search(self, search_id: str) -> SavedSearch:
        """Return a saved search. Raises: NotFound."""
        fields = self._held.fields((Entity.SEARCH, search_id))
        if fields is None:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such saved search."))
        return search_from(search_id, fields)

    def save(self, name: str, query: str) -> SavedSearch:
        """Keep a search under a name; one that has the name gets the new query. Raises: Refused."""
        name, query = _line(name), clean_line(query)
        if not query:
            raise Refused(QT_TRANSLATE_NOOP("errors", "There is nothing to search for yet."))
        self._history.refresh()
        others = self.all()
        before = next((one for one in others if one.name == name), None)
        if before is not None:
            made = replace(before, query=query)
            changes = diff(search_records(before), search_records(made))
        else:
            place = rank.append(others[-1].rank if others else "")
            made = SavedSearch(self._history.new_id(), name, query, place)
            changes = diff({}, search_records(made))
        self._history.commit(Action.SAVE_SEARCH, changes, name)
        return made

    def rename(self, search_id: str, name: str) -> SavedSearch:
        """Give a saved search another name. Raises: NotFound, Refused."""
        self._history.refresh()
        before = self.search(search_id)
        after = replace(before, name=_line(name))
        changes = diff(search_records(before), search_records(after))
        self._history.commit(Action.RENAME_SEARCH, changes, after.name)
        return after

    def delete(self, search_id: str) -> None:
        """Put a saved search in the trash. Raises: NotFound, Refused."""
        self._history.refresh()
        before = self.search(search_id)
        change = Change(Entity.SEARCH, search_id, Op.TRASH)
        self._history.commit(Action.DELETE_SEARCH, (change,), before.name)


def _line(name: str) -> str:
    line = clean_line(name)[:NAME].strip()
    if not line:
        raise Refused(QT_TRANSLATE_NOOP("errors", "A saved search needs a name."))
    return line
