"""What the search box offers: commands at once, and what the library holds from a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QKeySequence

from briefing_app.gui.finder.rows import Find

if TYPE_CHECKING:
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


class FinderController(QObject):
    """A late answer to an earlier text is dropped by its number."""

    found = Signal(object)  # a Find that is not a command

    def __init__(self, box: FinderBox, actions: Actions) -> None:
        super().__init__(box)
        self._box = box
        self._actions = actions
        self._searching: Searching | None = None
        self._runner: JobRunner | None = None
        self._job: Job | None = None
        self._number = 0
        box.text_changed.connect(self._asked)
        box.chosen.connect(self._chosen)

    def search_in(self, searching: Searching, runner: JobRunner) -> None:
        """Find things in a library as well as commands."""
        self._searching, self._runner = searching, runner

    def forget(self) -> None:
        """Find commands only: the library is let go."""
        self._number += 1
        self._searching = self._runner = self._job = None
        self._box.show_rows(())

    @Slot(str)
    def _asked(self, text: str) -> None:
        self._number += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None
        wanted = text.strip()
        commands = self._commands(wanted)
        if not wanted or self._searching is None or self._runner is None:
            self._box.show_rows(commands)
            return
        if commands or not self._box.rows():
            self._box.show_rows((*commands, *self._box.finds()))
        self._job = self._runner.job(search, self._searching, wanted, self._number)
        self._job.finished.connect(self._answered)
        self._job.failed.connect(self._failed)
        self._job.start()

    @Slot(object)
    def _answered(self, answer: tuple[int, str, tuple[Hit, ...]]) -> None:
        number, text, hits = answer
        if number != self._number:
            return
        self._job = None
        found = tuple(self._find(hit) for hit in hits)
        commands = self._commands(text)
        typed = text.casefold()
        exact = len(typed) > 2 and any(row.title.casefold().startswith(typed) for row in commands)
        self._box.show_rows((*commands, *found) if exact else (*found, *commands))

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        self._job = None
        raise error

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
            row
            for action in self._actions.all()
            if action.isEnabled() and action.objectName() != "search"
            for row in (_command(action),)
            if _begins(row.title, words)
        )

    def _find(self, hit: Hit) -> Find:
        title = hit.title or QCoreApplication.translate("rows", "Untitled")
        first, second = (hit.snippet, title) if hit.kind == "annotation" else (title, hit.snippet)
        note, name = self._kind(hit.kind), _ICONS.get(hit.kind, "search")
        return Find(hit.kind, hit.id, first, note, name, second, hit.article)

    def _kind(self, kind: str) -> str:
        return {
            "article": self.tr("Article"),
            "story": self.tr("Story"),
            "brief": self.tr("Brief"),
            "annotation": self.tr("Highlight"),
        }.get(kind, kind)


def search(
    progress: Progress, searching: Searching, text: str, number: int
) -> tuple[int, str, tuple[Hit, ...]]:
    """Search the library; a job, so nothing here touches a widget."""
    progress.check()
    hits = searching.find(text, limit=LIMIT)
    progress.check()
    return number, text, hits


def _command(action: QAction) -> Find:
    text, _, letter = action.text().partition("\t")
    keys = letter or action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    name = str(action.property("icon-name") or "command")
    return Find("command", action.objectName(), text.replace("&", ""), keys, name)


def _begins(title: str, wanted: list[str]) -> bool:
    """Tell whether each word that was typed begins a word of the title."""
    words = title.casefold().split()
    return all(any(word.startswith(each) for word in words) for each in wanted)
