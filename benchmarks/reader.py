"""Measure the reader on a 1 MB article with 1,000 highlights; prints one JSON line a figure.

python benchmarks/reader.py [--repeat N]; a screen is not needed, but a real one gives real figures.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing_app.app import open_library
from briefing_app.domain.annotation import Annotation, Role, select
from briefing_app.domain.article import (
    Article,
    ArticleVersion,
    Block,
    BlockKind,
    Body,
)
from briefing_app.domain.change import Origin
from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.jobs import JobRunner
from briefing_app.gui.reader.controller import ReaderController
from briefing_app.gui.reader.pane import ReaderPane
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from briefing_app.settings import Settings

WORDS = (
    "grid",
    "talks",
    "the",
    "of",
    "power",
    "ceasefire",
    "region",
    "winter",
    "officials",
    "said",
)
SIZE, HIGHLIGHTS = 1_000_000, 1_000


class Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a paint and let it pass."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def article(size: int) -> tuple[Article, ArticleVersion]:
    """Return an article of `size` letters in paragraphs of about 500."""
    chance, texts, blocks, at = random.Random(1), [], [], 0
    while at < size:
        text = " ".join(chance.choices(WORDS, k=80)).capitalize() + "."
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(text)))
        texts.append(text)
        at += len(text) + 1
    when = dt.datetime(2026, 1, 25, tzinfo=dt.UTC)
    version = ArticleVersion("v", "a", Body("\n".join(texts), tuple(blocks)), "", "", "text", when)
    return Article("a", "A long article", "v", source="Benchmark"), version


def highlights(text: str, count: int) -> tuple[Annotation, ...]:
    """Return highlights spread over a text."""
    step, roles = len(text) // count, list(Role)
    return tuple(
        Annotation(
            f"h{number}",
            "a",
            select("v", text, number * step + 40, number * step + 200),
            roles[number % len(roles)],
        )
        for number in range(count)
    )


class Watch:
    """Measures what is done inside it: on the wall, and on this thread's processor time."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    def __enter__(self) -> None:
        self._began = time.perf_counter(), time.thread_time()

    def __exit__(self, *_what: object) -> None:
        wall, cpu = self._began
        self.wall.append(1000 * (time.perf_counter() - wall))
        self.cpu.append(1000 * (time.thread_time() - cpu))

    def say(self, figure: str, goal: float, share: float) -> None:
        """Print the figure that a share of the measurements keeps; a busy machine shows in wall."""
        at = min(len(self.wall) - 1, int(len(self.wall) * share))
        values = {"ms": sorted(self.wall)[at], "cpu_ms": sorted(self.cpu)[at]}
        rounded = {name: round(value, 1) for name, value in values.items()}
        print(json.dumps({"figure": figure, **rounded, "goal_ms": goal}), flush=True)


def settle(app: QApplication, paints: Paints) -> None:
    """Wait until the text has been painted once more."""
    before = paints.count
    while paints.count == before:
        app.processEvents()


def rest(app: QApplication) -> None:
    """Let Qt finish the layout, that it does in steps."""
    for _ in range(300):
        app.processEvents()
        time.sleep(0.001)


def shown(app: QApplication, pane: ReaderPane, paints: Paints, repeat: int) -> None:
    """Measure the pane alone."""
    one, version = article(SIZE)
    marks = highlights(version.body.text, HIGHLIGHTS)
    watch = Watch()
    for _ in range(9):
        pane.clear()
        app.processEvents()
        with watch:
            pane.show_article(one, version, marks, {})
            settle(app, paints)
    watch.say("reader: open a 1 MB article with 1,000 highlights", 250, 0.5)

    pane.reveal(marks[500].id)
    rest(app)
    watch, near = Watch(), marks[500].target.start
    for number in range(repeat):
        target = select("v", version.body.text, near + 170, near + 200 + number % 40)
        fresh = Annotation(f"n{number}", "a", target, Role.KEY_POINT)
        with watch:
            pane.show_annotations((*marks, fresh), {})
            settle(app, paints)
    watch.say("reader: highlight to paint, p50", 16, 0.5)
    watch.say("reader: highlight to paint, p99", 16, 0.99)

    watch = Watch()
    for look in (tokens.DARK, tokens.LIGHT, tokens.DARK, tokens.LIGHT):
        with watch:
            theme.apply(app, look)
            settle(app, paints)
    watch.say("reader: switch the theme", 300, 0.5)


def worked(app: QApplication, pane: ReaderPane, paints: Paints, folder: Path, repeat: int) -> None:
    """Measure the key K through the services: highlight, key point, journal, paint."""
    services = open_library(folder / "Benchmark.briefinglib", Origin.WINDOW)
    text = article(SIZE)[1].body.text
    document = Document("long.txt", text.replace("\n", "\n\n").encode())
    (outcome,) = services.importing.bring_in((document,), NoProgress())
    services.history.refresh()
    for mark in highlights(text, HIGHLIGHTS):
        place = mark.target.start, mark.target.end
        services.reading.annotate(outcome.article, *place, Role.HIGHLIGHT)
    story = services.desk.new_story(services.desk.new_brief("Brief").id, "Story")
    services.history.flush()
    runner = JobRunner(app)
    settings = Settings(folder / "settings.toml")
    controller = ReaderController(pane, services, runner, settings)
    watch = Watch()
    with watch:
        controller.open_article(outcome.article)
        settle(app, paints)
    watch.say("reader: open it from a library", 250, 0.5)
    controller.show_target(story.id, "Story")
    rest(app)
    pane.activateWindow()
    pane.view.setFocus()
    watch, step = Watch(), SIZE // HIGHLIGHTS
    for number in range(min(repeat, HIGHLIGHTS - 1)):
        pane.view.choose_passage(number * step + 210, number * step + 240)
        app.processEvents()
        with watch:
            QTest.keyClick(pane.view, Qt.Key.Key_K)
            settle(app, paints)
    watch.say("reader: key K to paint, through the services, p50", 16, 0.5)
    watch.say("reader: key K to paint, through the services, p90", 16, 0.9)
    controller.close()
    runner.stop()
    services.close()


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repeat", type=int, default=100)
    repeat = options.parse_args().repeat
    app = QApplication(sys.argv[:1])
    fonts.register()
    theme.apply(app, tokens.LIGHT)
    pane, paints = ReaderPane(), Paints()
    pane.resize(800, 900)
    pane.show()
    pane.view.viewport().installEventFilter(paints)
    shown(app, pane, paints, repeat)
    with TemporaryDirectory() as folder:
        worked(app, pane, paints, Path(folder), repeat)


if __name__ == "__main__":
    main()
