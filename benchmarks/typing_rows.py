"""Measure typing in the composer: from a key to the paint that shows it, with the library at work.

    python benchmarks/typing_rows.py [--keys 400] [--statements 40] [--preview]

Keys are posted from a thread at the pace of a fast typist and count from the moment they are posted,
so whatever holds up the window's thread counts, too: telling the text, the journal, the refresh of
the pane. `calibration` is a fixed loop on the same machine, so that figures can be compared as ratios.
Each figure is one line of JSON, in milliseconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer  # noqa: E402 (the checkout first)
from PySide6.QtGui import QKeyEvent  # noqa: E402 (the same)
from PySide6.QtWidgets import QApplication  # noqa: E402 (the same)

from briefing_app.app import open_library  # noqa: E402 (the same)
from briefing_app.assets import seed  # noqa: E402 (the same)
from briefing_app.domain import storytext  # noqa: E402 (the same)
from briefing_app.domain.change import Action, Origin  # noqa: E402 (the same)
from briefing_app.domain.moment import Moment  # noqa: E402 (the same)
from briefing_app.domain.statement import Part  # noqa: E402 (the same)
from briefing_app.domain.story import add_statement  # noqa: E402 (the same)
from briefing_app.gui import fonts, theme, tokens  # noqa: E402 (the same)
from briefing_app.gui.composer.controller import ComposerController  # noqa: E402 (the same)
from briefing_app.gui.composer.pane import ComposerPane  # noqa: E402 (the same)
from briefing_app.gui.jobs import JobRunner, share_fairly  # noqa: E402 (the same)
from briefing_app.gui.pages import Pages  # noqa: E402 (the same)
from briefing_app.gui.preview.controller import PreviewController  # noqa: E402 (the same)
from briefing_app.gui.preview.pane import PreviewPane  # noqa: E402 (the same)
from briefing_app.services.suite import Services  # noqa: E402, TC001 (the same)
from briefing_app.settings import Settings  # noqa: E402 (the same)

PACE = (0.02, 0.16)  # seconds between two keys


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Typing in the composer.")
    parser.add_argument("--keys", type=int, default=400)
    parser.add_argument("--statements", type=int, default=40)
    parser.add_argument("--preview", action="store_true", help="with the preview beside it")
    options = parser.parse_args()
    app = QApplication([])
    share_fairly()
    fonts.register()
    theme.apply(app, tokens.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        services = open_library(Path(folder, "Typing.briefinglib"), Origin.WINDOW)
        pane = ComposerPane()
        pane.resize(440, 900)
        settings = Settings(Path(folder, "settings.toml"))
        controller = ComposerController(pane, services, settings)
        texts = storytext.read(next(seed().glob("*.txt")).read_bytes())
        brief = services.desk.add_stories(None, texts, "Typing")
        story = brief.stories[0]
        for number in range(options.statements):
            add(services, story, f"Point number {number} of many in this part")
        controller.open_brief(brief.id)
        pane.show()
        first = services.desk.story(story).part(Part.KEY_POINTS)[1].id
        pane.focus_statement(first)
        runner, pages = JobRunner(app), Pages(app)
        preview = PreviewController(services, runner, lambda: Moment(dt.date(2026, 1, 25)))
        beside = PreviewPane(pages)
        beside.resize(640, 900)
        preview.add_pane(beside)
        preview.show_brief(brief.id)
        beside.setVisible(options.preview)
        delays = type_keys(app, pane, first, options.keys)
        preview.close()
        runner.stop()
        pages.stop()
        controller.close()
        services.close()
    report("calibration", [calibration() for _ in range(5)])
    report("key to paint, with preview" if options.preview else "key to paint", delays)
    return 0


def add(services: Services, story: str, words: str) -> None:
    """Add a key point to a story."""
    new = services.history.new_id()
    services.desk.edit_story(
        Action.ADD_STATEMENT,
        story,
        lambda old: add_statement(old, new, Part.KEY_POINTS, words),
    )


def type_keys(app: QApplication, pane: ComposerPane, statement: str, count: int) -> list[float]:
    """Type into a row and return how long each key took to be seen."""
    view = pane.column.view(statement)
    if view is None:
        raise SystemExit("the row is not there")
    row = view.row
    posted: list[float] = []
    seen: list[float] = []
    paint = row.paintEvent

    def painted(event: object) -> None:
        paint(event)  # type: ignore[arg-type] # a paint event, as Qt hands it over
        now = time.perf_counter()
        length = len(row.text())
        while len(seen) < length - start:
            seen.append(now)

    start = len(row.text())
    row.paintEvent = painted  # type: ignore[method-assign] # measured, not changed
    words = random.Random(7)

    def post() -> None:
        for number in range(count):
            time.sleep(words.uniform(*PACE))
            letter = " " if number % 6 == 5 else words.choice("etaoinshrdlu")
            key = Qt.Key.Key_Space if letter == " " else Qt.Key(ord(letter.upper()))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                if kind is QEvent.Type.KeyPress:
                    posted.append(time.perf_counter())
                QCoreApplication.postEvent(row, event)

    # the first key event makes Qt's keyboard, which belongs to the window's thread
    QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    thread = threading.Thread(target=post)
    watch = QTimer()
    watch.timeout.connect(lambda: app.quit() if len(seen) >= count else None)
    watch.start(100)
    QTimer.singleShot(500, thread.start)
    QTimer.singleShot(1000 * (10 + count // 2), app.quit)
    app.exec()
    thread.join()
    return [1000 * (b - a) for a, b in zip(posted, seen, strict=False)][10:]


def calibration() -> float:
    """Return how long a fixed loop takes here. Units: milliseconds."""
    start = time.perf_counter()
    sum(number * number % 7 for number in range(300_000))
    return 1000 * (time.perf_counter() - start)


def report(what: str, values: list[float]) -> None:
    """Print one figure."""
    ordered = sorted(values)
    figure = {
        "what": what,
        "n": len(ordered),
        "p50": round(statistics.median(ordered), 2),
        "p99": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 2),
        "max": round(ordered[-1], 2),
    }
    print(json.dumps(figure), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
