"""Make the pictures of README.md anew: the window, light and dark, and the first page of a brief.

    python docs/make_pictures.py

Needs poppler's `pdftoppm`, and no screen. The pictures are of the program as it is: a library is made
with its own commands from the articles in `pictures/articles/` (invented) and the sample that ships
with it, and the window is opened on that library.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
SAMPLE = ROOT / "resources" / "samples" / "abu-dhabi-talks.md"
PROGRAM = (sys.executable, "-m", "briefing_app")
DATE = "2026-01-25T04:53:41+00:00"
WIDTH, HEIGHT = 1440, 900
SETTLE = 4.0  # seconds: the library is opened, lists are read and the page is laid out in jobs

HEADLINE = "Second round of talks agreed while the strikes go on"
MARKED = (
    ("story", "Ukraine and Russia will meet again in Abu Dhabi on February 1, 2026."),
    ("highlight", "Both delegations left the building without a word to the press."),
    ("key-point", "It was the first time that the three sides sat at one table."),
    ("key-point", "Several million people were left without electricity"),
    (
        "key-point",
        "Moscow asks that Kyiv withdraw from the parts of the Donbas that it still holds",
    ),
    (
        "takeaway",
        "a withdrawal would give away fortified ground for nothing but a promise",
    ),
    ("takeaway", "The text that is discussed now is said to be more balanced"),
    ("impact", "A failure would not leave things as they are."),
    ("impact", "It would strengthen those on both sides who never believed in talks"),
)


def main() -> int:
    """Make every picture."""
    sys.path.insert(0, str(ROOT))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "Library.briefinglib")
        article = fill(library)
        for theme in ("light", "dark"):
            command = [sys.executable, __file__, theme, str(library), article, folder]
            subprocess.run(command, check=True)
        picture_page(Path(folder))
    return 0


def fill(library: Path) -> str:
    """Make a library as somebody would have it on a morning; return the article to be read."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    command(library, "import", *seeds, *sorted((PICTURES / "articles").glob("*.md")))
    article = str(command(library, "import", SAMPLE)["article"])
    brief = command(library, "brief", "new", "Morning brief")["brief"]
    story = command(library, "story", "add", brief, "--headline", HEADLINE, "--as-of", DATE)[
        "story"
    ]
    for role, quote in MARKED:
        where = () if role == "highlight" else ("--story", story)
        command(library, "annotate", article, "--quote", quote, "--as", role, *where)
    return article


def command(library: Path, *words: object) -> dict[str, Any]:
    """Carry out a command and return the last thing that it reports."""
    name, *rest = map(str, words)
    second = [rest.pop(0)] if name in ("brief", "story") else []
    line = [*PROGRAM, "--library", str(library), name, *second, "--json", *rest]
    done = subprocess.run(line, cwd=ROOT, check=True, capture_output=True, text=True)
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


def picture_window(theme: str, library: Path, article: str, folder: Path) -> None:
    """Open the window on a library and picture it. One process a theme: Qt starts once."""
    from PySide6.QtWidgets import QApplication

    from briefing_app import app as composition
    from briefing_app.domain.change import Origin
    from briefing_app.gui import fonts
    from briefing_app.gui.run import Start
    from briefing_app.settings import Settings

    settings = Settings(folder / f"{theme}.toml")
    settings.change(theme=theme, last_article=article)
    application = QApplication([])
    fonts.register()
    opening = functools.partial(composition.open_library, library, Origin.WINDOW)
    start = Start(application, settings, library, opening, composition.rest_of_window)
    start.window.resize(WIDTH, HEIGHT)
    start.window.show()
    until = time.monotonic() + SETTLE
    while time.monotonic() < until:
        application.processEvents()
    target = PICTURES / f"window-{theme}.png"
    if not start.window.grab().save(str(target)):
        raise SystemExit(f"{target} could not be written")
    start.window.close()
    start.end()


def picture_page(folder: Path) -> None:
    """Print the sample story and picture its first page."""
    brief = folder / "brief.pdf"
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    subprocess.run([*PROGRAM, "build", *seeds, "--to", brief, "--date", DATE], cwd=ROOT, check=True)
    page = str(PICTURES / "brief-page-1")
    subprocess.run(["pdftoppm", "-png", "-r", "110", "-singlefile", brief, page], check=True)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(main())
    sys.path.insert(0, str(ROOT))
    picture_window(sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
