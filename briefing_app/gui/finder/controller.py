"""What the search box offers: commands at once, and what the library holds from a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QKeySequence

from briefing_app.gui.finder.rows import Find
from briefing_app.gui.problems import in_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from briefing_app.gui.actions import Actions
    from briefing_app.gui.finder.box import FinderBox
    from briefing_app.gui.jobs import Job, JobRunner
    from briefing_app.progress import Progress
    from briefing_app.services.searching import Hit, Searching

LIMIT = 40
_ICONS = {
    "article": "newspaper",
    "story": "file-text",
    "brief": "layers",
    "annotation": "highlighter",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; `number` tells a late answer from the one that is awaited."""

    number: int
    text: str
    best: bool


class FinderController(QObject):
    """One search runs at a time; it ends in the middle when something newer was typed."""

    found = Signal(object)  # a Find that is not a command
    all_wanted = Signal(str)  # a query, for the list of articles
    save_wanted = Signal(str)

    def __init__(self, box: FinderBox, actions: Actions) -> None:
        super().__init__(box)
        self._box = box
        self._actions = actions
        self._searching: Searching | None = None
        self._runner: JobRunner | None = None
        self._job: Job | None = None
        self._asked = Asked(0, "", best=False)
        self._waits = False  # for the job to end, to ask for what was typed meanwhile
        box.text_changed.connect(self._typed)
        box.chosen.connect(self._chosen)
        box.foot.best_toggled.connect(self._ask)
        box.foot.all_wanted.connect(self._want_all)
        box.foot.save_wanted.connect(self._want_saved)
        box.foot.allow(text=False, articles=False)

    def search_in(self, searching: Searching, runner: JobRunner) -> None:
        """Find things in a library as well as commands."""
        self._searching, self._runner = searching, runner
        self._box.foot.most = searching.most

    def forget(self) -> None:
        """Find commands only: the library is let go."""
        self._stop()
        self._searching = self._runner = None
        self._box.show_problem("")
        self._box.foot.allow(text=False, articles=False)
        self._box.show_rows(())

    @Slot(str)
    def _typed(self, text: str) -> None:
        commands = self._commands(text.strip())
        if not text.strip() or self._searching is None:
            self._stop()
            self._box.show_problem("")
            self._box.foot.allow(text=False, articles=False)
            self._box.show_rows(commands)
            return
        problem = self._searching.asked(text).problem
        self._box.show_problem(" ".join(in_sentences((problem,))) if problem else "")
        self._box.foot.allow(text=True, articles=self._box.foot.all.isEnabled())
        if commands or not self._box.rows():
            self._box.show_rows((*commands, *self._box.finds()))
        self._ask()

    @Slot()
    def _ask(self) -> None:
        """Ask for what is typed, as soon as the search before has ended."""
        text = self._box.field.text()
        if not text.strip():
            return
        self._asked = Asked(self._asked.number + 1, text, self._box.foot.best.isChecked())
        if self._job is not None:
            self._waits = True
            self._job.cancel()
        else:
            self._begin(search)

    def _stop(self) -> None:
        self._asked = Asked(self._asked.number + 1, "", best=False)
        self._waits = False
        if self._job is not None:
            self._job.cancel()

    def _begin(self, work: Callable[..., object]) -> None:
        if self._runner is None or self._searching is None:
            return
        self._job = self._runner.job(work, self._searching, self._asked)
        self._job.finished.connect(self._answered if work is search else self._counted)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(self._ended)
        self._job.start()

    @Slot()
    def _ended(self) -> None:
        self._job = None
        if self._waits:
            self._waits = False
            self._begin(search)

    @Slot(object)
    def _answered(self, answer: tuple[Asked, tuple[Hit, ...]]) -> None:
        asked, hits = answer
        self._ended()
        if asked != self._asked:
            return
        found = tuple(self._find(hit) for hit in hits)
        commands = self._commands(asked.text.strip())
        typed = asked.text.strip().casefold()
        exact = len(typed) > 2 and any(row.title.casefold().startswith(typed) for row in commands)
        self._box.show_rows((*commands, *found) if exact else (*found, *commands))
        articles = sum(hit.kind == "article" for hit in hits)
        self._box.foot.allow(text=True, articles=bool(articles))
        if len(hits) < LIMIT:
            self._box.foot.show_count(articles)
        else:
            self._begin(count)

    @Slot(object)
    def _counted(self, answer: tuple[Asked, int]) -> None:
        asked, number = answer
        self._ended()
        if asked == self._asked:
            self._box.foot.show_count(number)

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        self._ended()
        raise error

    @Slot()
    def _want_all(self) -> None:
        text = self._box.field.text()
        if self._box.foot.all.isEnabled():
            self._box.close_box()
            self.all_wanted.emit(text)

    @Slot()
    def _want_saved(self) -> None:
        text = self._box.field.text()
        self._box.close_box()
        self.save_wanted.emit(text)

    @Slot(object)
    def _chosen(self, row: Find) -> None:
        if row.kind == "command":
            self._actions[row.id].trigger()
        else:
            self.found.emit(row)

    def _commands(self, wanted: str) -> tuple[Find, ...]:
        """Return the commands that can be run now and whose words begin with what was typed."""
        words = wanted.casefold().split()
        return tuple(
            _command(action)
            for action in self._actions.all()
            if _begins(_title(action), words)
            and action.isEnabled()
            and action.objectName() != "search"
        )

    def _find(self, hit: Hit) -> Find:
        title = hit.title or QCoreApplication.translate("rows", "Untitled")
        return Find(
            hit.kind,
            hit.id,
            title,
            self._kind(hit.kind),
            _ICONS.get(hit.kind, "search"),
            hit,
        )

    def _kind(self, kind: str) -> str:
        return {
            "article": self.tr("Article"),
            "story": self.tr("Story"),
            "brief": self.tr("Brief"),
            "annotation": self.tr("Highlight"),
        }.get(kind, kind)


def search(progress: Progress, searching: Searching, asked: Asked) -> tuple[Asked, tuple[Hit, ...]]:
    """Search the library; a job, so nothing here touches a widget."""
    return asked, searching.find(asked.text, LIMIT, best=asked.best, progress=progress)


def count(progress: Progress, searching: Searching, asked: Asked) -> tuple[Asked, int]:
    """Count the articles; a job, too."""
    return asked, searching.count(asked.text, progress=progress)


def _command(action: QAction) -> Find:
    letter = action.text().partition("\t")[2]
    keys = letter or action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    name = str(action.property("icon-name") or "command")
    return Find("command", action.objectName(), _title(action), keys, name)


def _title(action: QAction) -> str:
    return action.text().partition("\t")[0].replace("&", "")


def _begins(title: str, wanted: list[str]) -> bool:
    """Tell whether each word that was typed begins a word of the title."""
    words = title.casefold().split()
    return all(any(word.startswith(each) for word in words) for each in wanted)
