"""Measure from the start of a process to the first paint of its window, against a bare Qt window.

    python benchmarks/start_to_paint.py [--runs 15] [PROGRAM ...]

Without PROGRAM it starts this checkout (`python -m briefing_app`); with it, that command, for example
a frozen build. Our window and the bare one alternate, so that a busy machine slows both. Qt itself
says when it first hands pixels to the screen (its log category `qt.widgets.painting`), so the
program needs no switch for this. Each figure is one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 60.0
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
application.exec()
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One start. Units: milliseconds, and bytes of memory at the first paint."""

    paint: float
    resident: int


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Start to first paint, against a bare window.")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("program", nargs="*", help="default: this checkout")
    options = parser.parse_args()
    ours = options.program or [sys.executable, "-m", "briefing_app"]
    bare = [sys.executable, "-c", BARE]
    starts: dict[str, list[Start]] = {"bare window": [], "briefing desk": []}
    with tempfile.TemporaryDirectory() as folder:
        library = ["--library", str(Path(folder, "Library.briefinglib"))]
        measure([*ours, *library], folder)  # makes the library, warms the disk
        measure(bare, folder)
        for _ in range(options.runs):
            starts["bare window"].append(measure(bare, folder))
            starts["briefing desk"].append(measure([*ours, *library], folder))
    for name, measured in starts.items():
        report(name, measured)
    ratio = _median(starts["briefing desk"]) / _median(starts["bare window"])
    print(json.dumps({"figure": "first paint, ours / bare", "ratio": round(ratio, 2)}))
    return 0


def measure(command: list[str], home: str) -> Start:
    """Start a program, wait for its first paint, and end it."""
    environment = {
        **os.environ,
        "QT_LOGGING_RULES": "qt.widgets.painting.info=true",
        "QT_FORCE_STDERR_LOGGING": "1",
        "XDG_CONFIG_HOME": home,
        "XDG_DATA_HOME": home,
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's second start compiles nothing
    if sys.platform.startswith("linux") and not (
        environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    ):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    begin = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            if "Flushing" in line:
                break
            said.append(line)
            if time.perf_counter() - begin > LIMIT:
                break
        else:
            raise SystemExit(f"it ended before it painted:\n{''.join(said)}")
        paint = (time.perf_counter() - begin) * 1000
        resident = psutil.Process(process.pid).memory_info().rss
        process.kill()
    return Start(paint, resident)


def report(name: str, measured: list[Start]) -> None:
    """Print the figures of one program."""
    times = [start.paint for start in measured]
    print(
        json.dumps(
            {
                "figure": "first paint",
                "program": name,
                "median_ms": round(statistics.median(times)),
                "min_ms": round(min(times)),
                "resident_mb": round(statistics.median(s.resident for s in measured) / 1e6),
                "runs": len(measured),
            }
        )
    )


def _median(measured: list[Start]) -> float:
    return statistics.median(start.paint for start in measured)


if __name__ == "__main__":
    sys.exit(main())
