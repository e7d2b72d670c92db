"""Measure from the sample story to its PDF: in a running process, and as a whole command.

    python benchmarks/seed_to_pdf.py [--runs 15]

Each figure is one line of JSON. "In a running process" is what the preview costs after an edit: the
same command, called again where everything is already imported.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The sample story to PDF.")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from briefing_app import app

    # What was compiled at the first start is kept for the next, as it is for a user.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "brief.pdf")
        seeds = [str(path) for path in sorted((ROOT / "seeds").glob("*.txt"))]
        words = ["build", *seeds, "--to", str(target), "--date", "2026-01-25T04:53:41+00:00"]

        def in_process() -> None:
            with contextlib.redirect_stdout(io.StringIO()):
                code = app.main(words)
            if code != 0:
                raise SystemExit("the PDF could not be made")

        def as_command() -> None:
            command = [sys.executable, "-m", "briefing_app", *words]
            subprocess.run(
                command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
            )

        report("in a running process", in_process, target, options.runs)
        report("as a command", as_command, target, options.runs)
    return 0


def report(name: str, make: Callable[[], None], target: Path, runs: int) -> None:
    """Make the PDF several times after a first, unmeasured one, and print the figures."""
    make()
    times = []
    for _ in range(runs):
        target.unlink()
        begin = time.perf_counter()
        make()
        times.append((time.perf_counter() - begin) * 1000)
    figures = {
        "figure": f"seed to PDF, {name}",
        "median_ms": round(statistics.median(times), 1),
        "min_ms": round(min(times), 1),
        "bytes": target.stat().st_size,
        "runs": runs,
    }
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    sys.exit(main())
