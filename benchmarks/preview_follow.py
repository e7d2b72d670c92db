"""Measure the preview: from an edit in the library to the new pages on the screen.

    python benchmarks/preview_follow.py [--edits 40] [--stories 1]

An edit counts from the moment it is made until the page in sight is painted from the new PDF. Each
figure is one line of JSON, in milliseconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication  # noqa: E402 (the checkout first)

from briefing_app.app import open_library  # noqa: E402 (the same)
from briefing_app.assets import seed  # noqa: E402 (the same)
from briefing_app.domain import storytext  # noqa: E402 (the same)
from briefing_app.domain.change import Action, Origin  # noqa: E402 (the same)
from briefing_app.domain.moment import Moment  # noqa: E402 (the same)
from briefing_app.domain.statement import Part  # noqa: E402 (the same)
from briefing_app.domain.story import edit_statement  # noqa: E402 (the same)
from briefing_app.gui import fonts, theme, tokens  # noqa: E402 (the same)
from briefing_app.gui.jobs import JobRunner  # noqa: E402 (the same)
from briefing_app.gui.pages import Pages  # noqa: E402 (the same)
from briefing_app.gui.preview.controller import PreviewController  # noqa: E402 (the same)
from briefing_app.gui.preview.pane import PreviewPane  # noqa: E402 (the same)
from briefing_app.services.suite import Services  # noqa: E402, TC001 (the same)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="From an edit to the preview.")
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--stories", type=int, default=1)
    options = parser.parse_args()
    app = QApplication([])
    fonts.register()
    theme.apply(app, tokens.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        services = open_library(Path(folder, "Preview.briefinglib"), Origin.WINDOW)
        texts = storytext.read(next(seed().glob("*.txt")).read_bytes()) * options.stories
        brief = services.desk.add_stories(None, texts, "Preview")
        runner, pages = JobRunner(app), Pages(app)
        pane = PreviewPane(pages)
        pane.resize(640, 900)
        controller = PreviewController(services, runner, lambda: Moment(dt.date(2026, 1, 25)))
        controller.add_pane(pane)
        controller.show_brief(brief.id)
        pane.show()
        made: list[object] = []
        controller.made.connect(made.append)
        wait(app, pane, made, 1)
        spent = []
        for number in range(options.edits):
            start = time.perf_counter()
            edit(services, brief.stories[0], f"A point, edited {number} times")
            wait(app, pane, made, number + 2)
            spent.append(1000 * (time.perf_counter() - start))
        controller.close()
        runner.stop()
        pages.stop()
        services.close()
    ordered = sorted(spent)
    figure = {
        "what": "edit to preview",
        "stories": options.stories,
        "n": len(ordered),
        "p50": round(statistics.median(ordered), 1),
        "p99": round(ordered[int(len(ordered) * 0.99)], 1),
    }
    print(json.dumps(figure), flush=True)
    return 0


def edit(services: Services, story: str, words: str) -> None:
    """Change the first key point of a story, as typing does."""
    point = services.desk.story(story).part(Part.KEY_POINTS)[0].id
    services.desk.edit_story(
        Action.EDIT_STATEMENT, story, lambda old: edit_statement(old, point, words), burst=True
    )


def wait(app: QApplication, pane: PreviewPane, made: list[object], count: int) -> None:
    """Run the window until so many PDFs were made and the last one is painted."""
    until = time.perf_counter() + 30
    while len(made) < count or not pane.is_drawn():
        app.processEvents()
        time.sleep(0.0005)
        if time.perf_counter() > until:
            raise SystemExit("the preview did not follow")


if __name__ == "__main__":
    raise SystemExit(main())
