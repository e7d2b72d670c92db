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
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from briefing_app.domain.annotation import Annotation, Role, select
from briefing_app.domain.article import Article, ArticleVersion, Block, BlockKind, Body
from briefing_app.gui import fonts, theme, tokens
from briefing_app.gui.reader.pane import ReaderPane

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


def settle(app: QApplication, pane: ReaderPane, paints: Paints) -> None:
    """Wait until the text has been painted once more."""
    before = paints.count
    while paints.count == before:
        app.processEvents()
    pane.view.viewport().size()


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
    one, version = article(SIZE)
    marks = highlights(version.body.text, HIGHLIGHTS)
    pane.view.viewport().installEventFilter(paints)

    opened = []
    for _ in range(7):
        pane.clear()
        app.processEvents()
        start = time.perf_counter()
        pane.show_article(one, version, marks, {})
        settle(app, pane, paints)
        opened.append(1000 * (time.perf_counter() - start))
    say("open a 1 MB article with 1,000 highlights", median(opened), 250, "median ms")

    pane.reveal(marks[500].id)
    for _ in range(300):  # the rest of the layout, that Qt does in steps
        app.processEvents()
        time.sleep(0.001)
    spent = []
    near = marks[500].target.start
    for number in range(repeat):
        fresh = Annotation(
            f"n{number}",
            "a",
            select("v", version.body.text, near + 170, near + 200 + number % 40),
            Role.KEY_POINT,
        )
        start = time.perf_counter()
        pane.show_annotations((*marks, fresh), {})
        settle(app, pane, paints)
        spent.append(1000 * (time.perf_counter() - start))
    spent.sort()
    say("highlight to paint, p50", spent[len(spent) // 2], 16, "ms")
    say("highlight to paint, p99", spent[int(len(spent) * 0.99) - 1], 16, "ms")
    start = time.perf_counter()
    pane.show_annotations((), {})
    settle(app, pane, paints)
    say("take 1,000 highlights away", 1000 * (time.perf_counter() - start), None, "ms")
    start = time.perf_counter()
    theme.apply(app, tokens.DARK)
    settle(app, pane, paints)
    say("switch the theme", 1000 * (time.perf_counter() - start), 300, "ms")


def say(what: str, value: float, goal: float | None, unit: str) -> None:
    """Print one figure."""
    print(json.dumps({"figure": what, "value": round(value, 1), "goal": goal, "unit": unit}))


if __name__ == "__main__":
    main()
