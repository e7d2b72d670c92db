"""The wheel: what a checkout has beside the package must travel inside it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_it_carries_the_resources_and_the_seeds(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for tree, packed in (("resources", "_resources"), ("seeds", "_seeds")):
        files = [path for path in (CHECKOUT / tree).rglob("*") if path.is_file()]
        assert files
        inside = {path.relative_to(CHECKOUT / tree).as_posix() for path in files}
        expected = {f"briefing_app/{packed}/{name}" for name in inside}
        assert expected - names == set()


def test_the_seed_in_it_is_the_seed_byte_for_byte(wheel):
    with zipfile.ZipFile(wheel) as archive:
        for path in sorted((CHECKOUT / "seeds").iterdir()):
            assert archive.read(f"briefing_app/_seeds/{path.name}") == path.read_bytes()


def test_an_installed_wheel_finds_them(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = (
        "from briefing_app import assets; import pathlib; "
        "print(assets.seed()); print(assets.resource('fonts'))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert run.stdout.splitlines() == [
        str(tmp_path.resolve() / "briefing_app" / "_seeds"),
        str(tmp_path.resolve() / "briefing_app" / "_resources" / "fonts"),
    ]


def test_both_programs_are_declared(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith("entry_points.txt"))
        declared = archive.read(name).decode()
    assert "[console_scripts]\nbriefing-app = briefing_app.__main__:main" in declared
    assert "[gui_scripts]\nbriefing-desk = briefing_app.__main__:main" in declared
