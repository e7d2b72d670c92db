"""Make the pictures of README.md anew: pages of the sample brief, and the window.

    python docs/make_pictures.py

Needs poppler's `pdftoppm`. The pictures are of the program as it is, never drawn by hand.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
DATE = "2026-01-25T04:53:41+00:00"


def main() -> int:
    """Make every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        picture_pages(Path(folder))
    return 0


def picture_pages(folder: Path) -> None:
    """Print the sample story and picture each page."""
    brief = folder / "brief.pdf"
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    program = [sys.executable, "-m", "briefing_app"]
    subprocess.run([*program, "build", *seeds, "--to", brief, "--date", DATE], cwd=ROOT, check=True)
    prefix = PICTURES / "brief-page"
    subprocess.run(["pdftoppm", "-png", "-r", "110", brief, prefix], check=True)


if __name__ == "__main__":
    sys.exit(main())
