"""`--self-test` tries every part of the program, and names one that does not work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def test_a_sound_copy_passes(briefing):
    result = briefing("--self-test", "--json")

    assert result.err == ""
    parts = [line["part"] for line in result.lines]
    assert parts[-1] == "window"
    assert all(line["ok"] for line in result.lines)
    assert {"migrations", "reading page.html", "import", "search", "undo", "backup"} <= set(parts)
    assert {"export to .pdf", "export to .html", "export to .md", "export to .txt"} <= set(parts)
    assert not briefing.library.exists()


def test_a_copy_without_its_styles_is_told(tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copytree(CHECKOUT / "briefing_app", copy / "briefing_app")
    shutil.copytree(
        CHECKOUT / "resources", copy / "resources", ignore=shutil.ignore_patterns("styles")
    )

    run = subprocess.run(
        [sys.executable, "-m", "briefing_app", "--self-test"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )

    assert run.returncode == 1
    assert "export to .pdf: FileNotFoundError: missing from this build" in run.stderr
    assert "search: ok" in run.stdout
    assert "Something is missing from this copy." in run.stdout
