"""What is loaded when: a command never loads Qt, and a word about itself loads next to nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
HEAVY = ("PySide6", "sqlalchemy", "alembic", "reportlab", "pikepdf", "trafilatura", "lxml")
RUN = """
import sys
from briefing_app.app import main
try:
    code = main(sys.argv[1:])
except SystemExit as done:
    code = done.code
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded(*args, cwd):
    """Return the top-level modules that a command has loaded by its end."""
    run = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, args)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=True,
    )
    code, *modules = run.stderr.splitlines()[-1].split()
    assert code == "0", run.stderr
    return set(modules)


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["build", "--help"]])
def test_a_word_about_itself_loads_no_engine(tmp_path, args):
    assert loaded(*args, cwd=tmp_path).isdisjoint(HEAVY)


def test_a_story_becomes_a_pdf_without_qt_or_a_database(tmp_path):
    seed = next(CHECKOUT.glob("seeds/*.txt"))

    modules = loaded("build", seed, "--to", "brief.pdf", cwd=tmp_path)

    assert "reportlab" in modules
    assert modules.isdisjoint({"PySide6", "sqlalchemy", "alembic", "trafilatura"})


def test_a_command_on_a_library_loads_neither_qt_nor_the_pdf_engine(tmp_path):
    modules = loaded("--library", tmp_path / "L.briefinglib", "briefs", cwd=tmp_path)

    assert "sqlalchemy" in modules
    assert modules.isdisjoint({"PySide6", "reportlab", "pikepdf", "trafilatura", "lxml"})


def test_what_opens_connections_is_loaded_for_an_address_that_was_given_and_never_else(tmp_path):
    library, file = tmp_path / "L.briefinglib", tmp_path / "a.txt"
    file.write_text("Title\n\nText.", encoding="utf-8")
    for args in (("import", file), ("feeds", "list"), ("feeds", "follow", "https://a.example/rss")):
        modules = loaded("--library", library, *args, cwd=tmp_path)
        assert modules.isdisjoint({"ssl", "certifi", "http"}), args
