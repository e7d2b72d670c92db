"""Measure the window with a large library: frames of its list, a filter that goes, keys in a search.

    python benchmarks/large_window.py [--articles 100000] [--cache DIR] [--library FOLDER]

The real window is started on a copy of a made library, all of whose articles are in the Inbox. Every
figure is the time until the paint that shows it, in milliseconds, counted from when the step was due:
whatever holds up the window's thread counts, too. Beside it stands the processor time that this thread
took for the step, which is what to compare on a busy machine.

- a frame: the list of all articles scrolled by a notch of the wheel each 20 ms, and by leaps anywhere;
- a filter that goes: from the rows of the whole list being there to their paint, and, beside it, from
  the moment that the filter was emptied, with the pause that waits for another letter;
- a key: letters typed and taken back in the list's filter and in the search box while both look.

Each figure is one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from watching import environment, watch  # noqa: E402 (the checkout first)
from wording import SEED, word  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QLineEdit, QWidget

    from briefing_app.gui.articles.list import RowList
    from briefing_app.gui.run import Start

NOTCHES, LEAPS, RESETS, WORDS = 400, 60, 12, 24
BEAT = 0.02  # seconds between two steps of the wheel
PACE = (0.04, 0.16)  # seconds between two keys
PATIENCE = 20.0  # seconds

Paint = tuple[float, float]  # when, by the clock and by the processor time of the window's thread


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how late it was painted, how long this thread worked for it. Units: milliseconds."""

    late: float
    busy: float


def main() -> int:
    """Measure, or be the window that is measured."""
    parser = argparse.ArgumentParser(description="The window with a large library.")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--library", type=Path, help="a library that may be changed")
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.window:
        return watch(options.window, measure)
    with tempfile.TemporaryDirectory() as folder:
        place = options.library
        if place is None:
            from libraries import copy_of, library

            made = library(options.articles, options.cache)
            place = copy_of(made, Path(folder, "Large.briefinglib"))
        put_in_inbox(place)
        command = [sys.executable, __file__, "--window", str(place)]
        subprocess.run(command, env=environment(folder), check=True)
    return 0


def put_in_inbox(folder: Path) -> None:
    """Make all articles new, which no command does at once."""
    with closing(sqlite3.connect(folder / "library.sqlite3")) as database:
        database.execute("UPDATE article SET state = 'new' WHERE state <> 'new'")
        database.commit()


def measure(start: Start) -> None:
    """Do one measurement after the other, then close the window."""
    from PySide6.QtCore import QTimer

    beat = QTimer(start)  # so that who waits looks again
    beat.setInterval(2)
    beat.start()

    def run() -> None:
        try:
            quiet(3)
            rows = start.window.articles.list.rows.rowCount()
            print(json.dumps({"figure": "rows in the list", "n": rows}), flush=True)
            articles = start.window.articles
            report("frame of the list, by the wheel", list(scroll(articles.list)))
            report("frame of the list, by leaps", list(leap(articles.list)))
            shown, whole = reset(start)
            report("a filter that goes, rows to paint", shown)
            report("a filter that goes, to paint", whole)
            report("key to paint, filter of the list", type_in(articles.filter))
            box = start._furniture.box  # type: ignore[union-attr] # noqa: SLF001 (it is there with the rows)
            box.open()
            quiet(1)
            report("key to paint, search box", type_in(box.field))
        finally:
            start.window.close()

    QTimer.singleShot(0, run)


def scroll(rows: RowList) -> Iterator[Step]:
    """Turn the wheel, and give how late each frame was painted."""
    bar = rows.verticalScrollBar()
    bar.setValue(0)
    painted = painted_of(rows)
    due = time.perf_counter()
    for _ in range(NOTCHES):
        due = max(due + BEAT, time.perf_counter())
        quiet(due - time.perf_counter())
        yield framed(painted, due, lambda: bar.setValue(bar.value() + 3 * bar.singleStep()))


def leap(rows: RowList) -> Iterator[Step]:
    """Pull the scroll bar to any place."""
    chance = random.Random(SEED)
    bar = rows.verticalScrollBar()
    painted = painted_of(rows)
    for _ in range(LEAPS):
        quiet(0.1)
        value = chance.randrange(1, bar.maximum())
        yield framed(painted, time.perf_counter(), lambda: bar.setValue(value))  # noqa: B023 (called at once)


def framed(painted: list[Paint], due: float, do: Callable[[], None]) -> Step:
    """Do something and return how long after it was due the widget was painted."""
    before, busy = len(painted), time.thread_time()
    do()
    wait(lambda: len(painted) > before)
    return step(painted[before], due, busy)


def step(paint: Paint, due: float, busy: float) -> Step:
    """Return what lies between a moment and a paint."""
    return Step(1000 * (paint[0] - due), 1000 * (paint[1] - busy))


def reset(start: Start) -> tuple[list[Step], list[Step]]:
    """Filter the list, let the filter go, and return how long the rows and the whole took."""
    articles = start.window.articles
    rows = articles.list
    chance = random.Random(SEED)
    shown: list[Step] = []
    whole: list[Step] = []
    resets: list[Paint] = []
    rows.rows.modelAboutToBeReset.connect(
        lambda: resets.append((time.perf_counter(), time.thread_time()))
    )
    for _ in range(RESETS):
        articles.filter.setText(word(chance.randrange(100, 3000)))
        quiet(1)
        resets.clear()
        painted = painted_of(rows)
        begin, busy = time.perf_counter(), time.thread_time()
        articles.filter.clear()
        wait(lambda: bool(resets))
        count = len(painted)
        wait(lambda: len(painted) > count)  # noqa: B023 (called at once)
        shown.append(step(painted[count], *resets[0]))
        whole.append(step(painted[count], begin, busy))
        quiet(0.5)
    return shown, whole


def type_in(field: QLineEdit) -> list[Step]:
    """Type words and take them back; return how long each key took to be seen."""
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    chance = random.Random(SEED)
    field.setFocus()
    painted = painted_of(field)
    posted: list[float] = []
    texts: list[str] = []
    letters = [
        letter for _ in range(WORDS) for letter in (*word(chance.randrange(20, 4000)), "\b" * 3)
    ]
    keys = [one for letter in letters for one in letter]
    field.textChanged.connect(texts.append)

    # the first key event makes Qt's keyboard, which belongs to the window's thread
    QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")

    def post() -> None:
        for letter in keys:
            time.sleep(chance.uniform(*PACE))
            key = Qt.Key.Key_Backspace if letter == "\b" else Qt.Key.Key_A
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
            posted.append(time.perf_counter())
            QCoreApplication.postEvent(field, event)

    thread = threading.Thread(target=post)
    thread.start()
    delays: list[Step] = []
    busy = time.thread_time()
    while len(delays) < len(keys):
        count = len(delays)
        wait(lambda: len(texts) > count)  # noqa: B023 (called at once)
        before = len(painted)
        wait(lambda: len(painted) > before)  # noqa: B023 (called at once)
        delays += [step(painted[before], at, busy) for at in posted[count : len(texts)]]
        busy = time.thread_time()
    thread.join()
    return delays


def painted_of(widget: QWidget) -> list[Paint]:
    """Return a list that gets the time of each paint of a widget."""
    times: list[Paint] = []
    paint = type(widget).paintEvent

    def painted(event: object) -> None:
        paint(widget, event)  # type: ignore[arg-type] # a paint event, as Qt hands it over
        times.append((time.perf_counter(), time.thread_time()))

    widget.paintEvent = painted  # type: ignore[method-assign] # measured, not changed
    return times


def quiet(seconds: float) -> None:
    """Let the window live for a while."""
    end = time.perf_counter() + seconds
    wait(lambda: time.perf_counter() > end)


def wait(ready: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    end = time.perf_counter() + PATIENCE
    while not ready():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > end:
            raise TimeoutError("the window did not do it")


def report(what: str, steps: list[Step]) -> None:
    """Print one figure."""
    values, spent = [step.late for step in steps], [step.busy for step in steps]
    ordered, busy = sorted(values), sorted(spent)
    figure = {
        "figure": what,
        "n": len(ordered),
        "p50_ms": round(ordered[len(ordered) // 2], 1),
        "p99_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 1),
        "max_ms": round(ordered[-1], 1),
        "cpu_p50_ms": round(busy[len(busy) // 2], 1),
        "cpu_p99_ms": round(busy[min(len(busy) - 1, int(len(busy) * 0.99))], 1),
    }
    print(json.dumps(figure), flush=True)


if __name__ == "__main__":
    sys.exit(main())
