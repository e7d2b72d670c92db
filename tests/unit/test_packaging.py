"""What the packages say of themselves; the packages are built and tried by packaging/ itself."""

from __future__ import annotations

import ast
import configparser
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGING = CHECKOUT / "packaging"


@pytest.fixture
def build(monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path])  # build.py puts the checkout on it
    spec = importlib.util.spec_from_file_location("packaging_build", PACKAGING / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_recipe_of_the_freezer_is_sound():
    ast.parse((PACKAGING / "briefing.spec").read_text(encoding="utf-8"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's packages are for Linux")
def test_the_debian_package_asks_for_every_library_that_the_window_loads(build, tmp_path):
    build._write_control(tmp_path, "1.2.3", "amd64")
    control = (tmp_path / "DEBIAN" / "control").read_text(encoding="utf-8")
    (line,) = (x for x in control.splitlines() if x.startswith("Depends: "))
    asked = {
        name.partition(" (")[0]
        for choice in line.removeprefix("Depends: ").split(", ")
        for name in choice.split(" | ")
    }
    assert set(build.dev.WINDOW_LIBRARIES.values()) <= asked
    assert "\nVersion: 1.2.3\n" in control
    assert control.endswith("\n")


def test_the_entry_of_the_menu_starts_the_program_and_shows_its_icon(build):
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(PACKAGING / "linux" / "briefing-desk.desktop", encoding="utf-8")
    assert entry["Desktop Entry"]["Exec"] == "briefing-desk"
    assert entry["Desktop Entry"]["Icon"] == build.ICON.stem
    assert build.ICON.is_file()


def test_the_scripts_that_draw_and_collect_are_sound(build):
    ast.parse(build.DRAW_ICON)
    ast.parse(build.COLLECT_LICENCES)


def test_the_readme_names_every_command():
    usage = subprocess.run(
        [sys.executable, "-m", "briefing_app", "--help"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    listed = usage.partition("  COMMAND\n")[2].partition("\n\n")[0]
    commands = re.findall(r"^    ([a-z]+)", listed, flags=re.MULTILINE)
    assert {"build", "export"} <= set(commands)
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert [name for name in commands if f"`{name}" not in text] == []
