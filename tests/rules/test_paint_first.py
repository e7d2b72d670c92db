"""What is loaded before it is needed: each of these costs a tenth of a second, or half of one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

HEAVY = {
    "alembic",
    "charset_normalizer",
    "lxml",
    "newspaper",
    "pikepdf",
    "readability",
    "reportlab",
    "sqlalchemy",
    "trafilatura",
}

IMPORT_ROOM = """
import importlib, pkgutil, sys
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(getattr(room, "__path__", []), sys.argv[1] + "."):
    importlib.import_module(module.name)
"""


def test_the_start_loads_the_standard_library_alone():
    ours = {"briefing_app", "__main__"}
    outside = loaded("briefing_app.__main__") - ours - sys.stdlib_module_names
    assert outside == set()


@pytest.mark.parametrize("room", ["briefing_app.cli", "briefing_app.services"])
def test_a_command_loads_no_window(room):
    assert loaded(room) & (HEAVY | {"PySide6", "pypdfium2"}) == set()


def test_the_window_loads_no_library_and_no_printer():
    assert loaded("briefing_app.gui") & HEAVY == set()


def loaded(room):
    """Return the top-level packages that importing every module of a room brings along."""
    report = "\nimport json\nprint(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    run = subprocess.run(
        [sys.executable, "-S", "-c", _with_site(IMPORT_ROOM + report), room],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(run.stdout))


def _with_site(code):
    """Run without what `.pth` files import by themselves, but with the same path."""
    return f"import sys; sys.path[:0] = {['', *sys.path[1:]]!r}\n{code}"
