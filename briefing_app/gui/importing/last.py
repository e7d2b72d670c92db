"""What came of the last imports, in words: kept, shown again, and tried again where it failed."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from briefing_app.gui import problems
from briefing_app.gui.importing.results import Line, ResultsDialog
from briefing_app.gui.instants import stamp
from briefing_app.services.results import Results, by_file, file_of, inner, without_ids

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from briefing_app.services.importing import Outcome
    from briefing_app.services.results import KeptResults, OfFile
    from briefing_app.services.suite import Services


class LastResults(QObject):
    """Gathers what comes of the import that runs, and knows that of the ones before."""

    again_asked = Signal(tuple)  # of the names of files, and of addresses

    def __init__(self, window: QWidget, kept: KeptResults, services: Services) -> None:
        super().__init__(window)
        self._kept = kept
        self._feeds = services.feeds
        self._now = services.history.now
        self._run: Results | None = None  # of the import that runs, or of the last one
        self._shown: Results | None = None
        self._moments: tuple[dt.datetime, ...] = ()  # of the imports that can be chosen
        self._outcomes: list[Outcome] = []  # since the run was last settled
        self._due: dict[str, tuple[Outcome, ...]] = {}  # of files whose turn is still to come again
        self.dialog = ResultsDialog(window)
        self.dialog.import_picked.connect(self._pick)
        self.dialog.again_asked.connect(self.again_asked)

    def begin(self) -> None:
        """Begin the results of another import."""
        self._start(Results(dt.datetime.fromtimestamp(self._now() / 1000, dt.UTC)))

    def begin_again(self, names: Iterable[str]) -> None:
        """Go on with the results that are shown: some of their files are tried again."""
        if self._shown is None:
            self.begin()
        else:
            gone = {each.name: each.outcomes for each in by_file(self._shown.outcomes)}
            shown = self._shown.without(names)
            self._start(shown)
            self._due = {name: gone[name] for name in names if name in gone}

    def add(self, outcome: Outcome) -> None:
        """Take what came of a document."""
        self._due.pop(file_of(outcome.name), None)
        self._outcomes.append(outcome)

    def end(self) -> None:
        """Keep the results; a dialog that is open shows them."""
        self.dialog.show_busy(busy=False)
        self.keep()
        if self.dialog.isVisible():
            self._show(self._now_known())

    def keep(self) -> None:
        """Keep what came of the import so far."""
        if self._run is None:
            return
        self._settle()
        if self._run.outcomes:
            self._kept.save(self._run)

    def forget(self, ids: frozenset[str]) -> None:
        """Forget what is said of articles and briefs that are erased for good."""
        self._kept.forget(ids)
        if self._run is not None:
            self._run = without_ids(self._now_known(), ids)
            self._due, self._outcomes = {}, []
        if self._shown is not None:
            self._shown = without_ids(self._shown, ids)
            if self.dialog.isVisible():
                self._show(self._shown)

    def show(self) -> None:
        """Show what came of the last import, in this run of the program or before."""
        moments = self._kept.moments()
        newest = self._kept.load(moments[0]) if self._run is None and moments else None
        self._show(newest if self._run is None else self._now_known())
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def summary(self) -> str:
        """Return how many came in, were there or failed in the import that runs or was the last."""
        return self._whole_in_words(self._now_known())

    def links(self, *, feeds: bool) -> tuple[str, ...]:
        """Return the addresses that are listed in what is shown, and were not fetched."""
        return self._links_of(self._shown, feeds=feeds) if self._shown is not None else ()

    def is_empty(self) -> bool:
        """Tell whether nothing came of it at all."""
        return not self._now_known().outcomes

    def is_remarkable(self) -> bool:
        """Tell whether there is something to look at."""
        known = self._now_known()
        counts = known.counts()
        return bool(
            counts["failed"] or counts["remarked"] or any(one.links for one in known.outcomes)
        )

    def _start(self, results: Results) -> None:
        self.keep()
        self._run = results
        self.dialog.show_busy(busy=True)

    def _settle(self) -> None:
        """Make one value of all that is known; what was not reached stays as it was."""
        self._run = self._now_known()
        self._due, self._outcomes = {}, []

    def _now_known(self) -> Results:
        run = self._run or Results(dt.datetime.fromtimestamp(0, dt.UTC))
        due = chain.from_iterable(self._due.values())
        return Results(run.at, (*run.outcomes, *due, *self._outcomes), run.more)

    def _show(self, results: Results | None) -> None:
        self._shown = results
        moments = list(self._kept.moments())
        if results is None:
            self.dialog.show_lines(self.tr("Nothing has been imported yet."), ())
        else:
            if results.at not in moments:
                moments.insert(0, results.at)
            lines = tuple(self._file_line(each) for each in by_file(results.outcomes))
            self.dialog.show_lines(
                self._whole_in_words(results),
                lines,
                pages=len(self._links_of(results, feeds=False)),
                feeds=len(self._links_of(results, feeds=True)),
            )
        at = moments.index(results.at) if results is not None else 0
        self.dialog.show_imports(tuple(map(stamp, moments)), at)
        self._moments = tuple(moments)

    @Slot(int)
    def _pick(self, at: int) -> None:
        moment = self._moments[at]
        if self._run is not None and self._run.at == moment:
            self._show(self._now_known())
        else:
            self._show(self._kept.load(moment))

    def _links_of(self, results: Results, *, feeds: bool) -> tuple[str, ...]:
        links = (link for one in results.outcomes for link in one.links)
        found = dict.fromkeys(link.url for link in links if link.is_feed == feeds)
        if found and feeds:
            for feed in self._feeds.all():
                found.pop(feed.url, None)
        return tuple(found)

    def _whole_in_words(self, results: Results) -> str:
        parts = self._in_words(results.counts())
        if listed := len(self._links_of(results, feeds=False)):
            one = self.tr("1 address not fetched")
            parts.append(one if listed == 1 else self.tr("%n addresses not fetched", "", listed))
        if feeds := len(self._links_of(results, feeds=True)):
            one = self.tr("1 feed not followed")
            parts.append(one if feeds == 1 else self.tr("%n feeds not followed", "", feeds))
        return ", ".join(parts) + "."

    def _in_words(self, counts: Counter[str]) -> list[str]:
        parts = [self.tr("%n imported", "", counts["new"])]
        if counts["version"]:
            parts.append(self.tr("%n with a new text", "", counts["version"]))
        if counts["duplicate"]:
            parts.append(self.tr("%n already there", "", counts["duplicate"]))
        if counts["failed"]:
            parts.append(self.tr("%n failed", "", counts["failed"]))
        if counts["remarked"]:
            parts.append(self.tr("%n with a remark", "", counts["remarked"]))
        return parts

    def _listed(self, count: int) -> str:
        if not count:
            return self.tr("It holds no text but addresses, and all of these are in the library")
        one = self.tr("It holds no text but addresses, and one of these is not in the library")
        many = self.tr(
            "It holds no text but addresses, and %n of these are not in the library", "", count
        )
        return one if count == 1 else many

    def _file_line(self, file: OfFile) -> Line:
        """Return one line for a file, however much is in it."""
        is_there = Path(file.name).is_absolute() or file.name.startswith(("https://", "http://"))
        again = file.name if is_there else ""
        if len(file.outcomes) == 1:
            return self._line(file.outcomes[0], file.outcomes[0].name, again)
        counts = Results(dt.datetime.fromtimestamp(0, dt.UTC), file.outcomes).counts()
        order = (
            "failed",
            "listed",
            "duplicate",
            "version",
            "new",
        )  # the last of these that is there
        status = [each for each in order if counts[each]][-1]
        inside = tuple(self._line(one, inner(one.name) or one.title) for one in file.outcomes)
        words = ", ".join(self._in_words(counts)) + "."
        return Line(file.name, status, words, again=again, inside=inside)

    def _line(self, outcome: Outcome, name: str, again: str = "") -> Line:
        words = {
            "new": self.tr("Imported as a brief") if outcome.brief else self.tr("Imported"),
            "version": self.tr("A new text of an article that was there"),
            "duplicate": self.tr("Was there already"),
            "listed": self._listed(len(outcome.links)),
        }.get(outcome.status, " ".join(problems.in_sentences(outcome.reasons)))
        if outcome.title and outcome.status != "failed" and outcome.title != name:
            words = f"{words}: \u2068{outcome.title}\u2069"
        return Line(
            name or file_of(outcome.name),
            outcome.status,
            words,
            problems.in_sentences(outcome.remarks),
            outcome.article,
            outcome.brief,
            again,
        )
