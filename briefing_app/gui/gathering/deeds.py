"""What is done to the chosen articles, be they one or 100,000."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox

from briefing_app.domain.article import State
from briefing_app.domain.articlelist import Listing, runs
from briefing_app.domain.backup import Reason
from briefing_app.gui import problems
from briefing_app.gui.articles.shelf import ARCHIVE, INBOX, READING
from briefing_app.gui.numbers import number
from briefing_app.services.articles import DELETING, marking
from briefing_app.services.many import FEW, Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing_app.gui.articles.controller import ArticlesController
    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

BRIEF = "brief"
TRIAGE = {"E": State.ARCHIVED.value, "R": State.READING.value, "U": State.NEW.value, "B": BRIEF}
ASKED = 20  # articles that are deleted without a question
SAFE = 100  # articles that are deleted without a backup before
_NAMED = {
    "archive": State.ARCHIVED,
    "mark-reading": State.READING,
    "mark-new": State.NEW,
}
# which states a shelf holds; a row whose state is none of them leaves it at once
_HELD = {
    INBOX: (State.NEW, State.READING),
    READING: (State.READING,),
    ARCHIVE: (State.ARCHIVED,),
}


class Deeds(QObject):
    """A few articles are changed at once; more in a job, with progress and Cancel."""

    brief_asked = Signal(tuple)  # articles to put into the draft

    def __init__(
        self,
        window: MainWindow,
        lists: ArticlesController,
        services: Services,
        settings: Settings,
        long_work: LongWork,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._lists = lists
        self._pane = window.articles
        self._services = services
        self._settings = settings
        self._long_work = long_work
        self._pane.letter_pressed.connect(self._press)
        actions = window.actions_
        for name in _NAMED:
            actions[name].triggered.connect(self._mark)
        actions["put-in-brief"].triggered.connect(self._put_in_brief)
        actions["delete-article"].triggered.connect(self.delete)
        actions["delete-article"].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._pane.list.addAction(actions["delete-article"])

    @Slot(tuple, str)
    def triage(self, ids: tuple[str, ...], state: str) -> None:
        """Do what a triage key asks for articles: a state, or a place in the brief."""
        if not self._window.actions_["archive"].isEnabled() and self._services.read_only:
            return
        if state == BRIEF:
            self.brief_asked.emit(ids)
        else:
            places = [at for one in ids if (at := self._pane.list.rows.place(one)) >= 0]
            self._set(State(state), runs(sorted(places)), ids)

    def act(self, edit: Edit, title: str, *, stays: bool, moves_on: bool = False) -> None:
        """Edit the chosen articles; those that do not stay leave the list at once.

        `title` names the work if it is long; `moves_on` opens the article that follows.
        """
        places = self._pane.list.chosen_places()
        self._edit(edit, places, (), title, stays=stays, moves_on=moves_on)

    def act_on(self, find: Callable[[], tuple[str, ...]], edit: Edit, title: str) -> None:
        """Edit the articles that are found, as long work."""
        self._services.history.end_burst()
        work = partial(edit_found, find=find, edit=partial(self._services.many.edit_all, edit=edit))
        self._long_work.begin(title, work, self._done)

    def chosen(self) -> Listing | None:
        """Return which articles are chosen, if the list knows."""
        return self._lists.tokens(self._pane.list.chosen_places())

    def is_many(self) -> bool:
        """Tell whether several articles are chosen."""
        return self._pane.count_chosen() > 1

    def count(self) -> str:
        """Return how many articles are chosen, in words."""
        count = self._pane.count_chosen()
        if count == 1:
            return self.tr("1 article")
        return self.tr("{count} articles").replace("{count}", number(count))

    @Slot()
    def delete(self) -> None:
        """Put the chosen articles in the trash; many are asked about first."""
        many = self._pane.count_chosen()
        if many > ASKED and not self._is_sure():
            return
        self.act(DELETING, self.tr("Deleting articles"), stays=False, moves_on=True)

    def go_on(self, ids: tuple[str, ...]) -> None:
        """Open what follows the articles that were dealt with."""
        places = [at for one in ids if (at := self._pane.list.rows.place(one)) >= 0]
        self._leave(runs(sorted(places)), stays=True)

    def travel(self, *, back: bool) -> bool:
        """Undo or redo a step about many articles as long work; False if the next one is not."""
        many = self._services.many
        step = many.next_undo() if back else many.next_redo()
        if step is None:
            return False
        title = self.tr("Undoing") if back else self.tr("Doing it again")
        self._long_work.begin(title, partial(_travel, many.travel, step), self._travelled)
        return True

    @Slot(str)
    def _press(self, letter: str) -> None:
        if letter in TRIAGE and self._window.actions_["archive"].isEnabled():
            if TRIAGE[letter] == BRIEF:
                self._put_in_brief()
            else:
                self._set(State(TRIAGE[letter]), self._pane.list.chosen_places(), ())

    @Slot()
    def _mark(self) -> None:
        name = self.sender().objectName()
        self._set(_NAMED[name], self._pane.list.chosen_places(), ())

    @Slot()
    def _put_in_brief(self) -> None:
        if ids := self._ids(self._pane.list.chosen_places()[:FEW]):
            self.brief_asked.emit(ids)

    def _set(self, state: State, places: Sequence[range], ids: tuple[str, ...]) -> None:
        stays = state in _HELD.get(self._pane.shelf(), tuple(State))
        title = self.tr("Marking articles")
        self._edit(marking(state), places, ids, title, stays=stays, moves_on=True)

    def _edit(
        self,
        edit: Edit,
        places: Sequence[range],
        ids: tuple[str, ...],
        title: str,
        *,
        stays: bool,
        moves_on: bool,
    ) -> None:
        if sum(map(len, places)) > (SAFE if edit is DELETING else FEW):
            self._edit_many(edit, places, title)  # the list is read again, which tells what stays
            return
        try:
            self._services.many.edit(ids or self._ids(places), edit)
        except Exception as error:  # noqa: BLE001 (any failure is told, and the list stays as it is)
            problems.tell(self._window, error)
            return
        if moves_on:
            self._leave(places, stays=stays)
        elif not stays:
            self._lists.drop(places)

    def _edit_many(self, edit: Edit, places: Sequence[range], title: str) -> None:
        tokens = self._lists.tokens(places)
        if tokens is None:
            return
        back_up = partial(self._services.upkeep.back_up, reason=Reason.DELETE)
        work = partial(
            edit_many,
            find=self._services.articles.ids,
            tokens=tokens,
            edit=partial(self._services.many.edit_all, edit=edit),
            before=back_up if edit is DELETING else None,
        )
        self._services.history.end_burst()
        self._long_work.begin(title, work, self._done)

    @Slot(object)
    def _done(self, count: int) -> None:
        self._services.history.refresh()
        self._lists.refresh()
        words = self.tr("{count} articles were changed. Undo takes it back.")
        self._long_work.say(words.replace("{count}", number(count)))

    @Slot(object)
    def _travelled(self, count: int) -> None:
        del count
        self._services.history.refresh()
        self._lists.refresh()

    def _ids(self, places: Sequence[range]) -> tuple[str, ...]:
        """Return the ids of rows; those that are not here are few, and looked up."""
        rows = self._pane.list.rows
        here = [rows.row(at) for span in places for at in span]
        if all(here):
            return tuple(row.id for row in here if row)
        tokens = self._lists.tokens(places)
        return self._services.articles.ids(tokens) if tokens is not None else ()

    def _leave(self, places: Sequence[range], *, stays: bool) -> None:
        if not places:
            self._lists.refresh()
            return
        count = self._pane.list.rows.rowCount()
        following = places[-1].stop
        if following >= count:
            following = places[0].start - 1
        if not stays:
            following -= sum(len(span) for span in places if span.start < following)
            self._lists.drop(places)
        if self._settings.now.open_next:
            self._pane.list.pick_place(following)
        self._lists.refresh()

    def _is_sure(self) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Delete {count}?").replace("{count}", self.count()))
        box.setInformativeText(
            self.tr(
                "They go to the trash. Undo brings them back; what cites them keeps its source."
            )
        )
        yes = box.addButton(
            self.tr("Delete {count}").replace("{count}", self.count()),
            QMessageBox.ButtonRole.DestructiveRole,
        )
        stay = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is yes


def edit_many(
    progress: Progress,
    *,
    find: Callable[[Listing], tuple[str, ...]],
    tokens: Listing,
    edit: Callable[[Progress, tuple[str, ...]], int],
    before: Callable[[Progress], object] | None,
) -> int:
    """Edit many articles; a job. What cannot be taken back in a hurry is backed up `before`."""
    if before is not None:
        before(progress)
    progress.check()
    return edit(progress, find(tokens))


def edit_found(
    progress: Progress,
    *,
    find: Callable[[], tuple[str, ...]],
    edit: Callable[[Progress, tuple[str, ...]], int],
) -> int:
    """Find articles and edit them; a job."""
    progress.check()
    return edit(progress, find())


def _travel(travel: Callable[..., int], step: object, progress: Progress) -> int:
    return travel(progress, step)
