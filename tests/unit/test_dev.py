"""The command with which everybody starts; what it installs is tried in CI, from a fresh clone."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """Return dev.py as a module that works in a folder of its own."""
    spec = importlib.util.spec_from_file_location("dev", CHECKOUT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "installed.json")
    monkeypatch.setattr(module, "LOCKS", tmp_path / "requirements")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "requirements").mkdir()
    for lock in module.SOURCES:
        (tmp_path / "requirements" / f"{lock}.txt").write_text(f"{lock}==1 \\\n", encoding="utf-8")
    return module


def test_it_imports_nothing_but_the_standard_library():
    code = "import sys; before = set(sys.modules); import dev; print(*set(sys.modules) - before)"
    run = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(CHECKOUT)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in run.stdout.split()} - {"dev"}
    assert loaded - sys.stdlib_module_names == set()


@pytest.mark.parametrize("version", ["(3, 10, 0)", "(3, 14, 0)"])
def test_an_unsupported_python_gets_one_sentence(version):
    code = f"import sys; sys.version_info = {version}; sys.path.insert(0, {str(CHECKOUT)!r}); "
    run = subprocess.run(
        [sys.executable, "-I", "-c", code + "import dev"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("Briefing Desk needs Python 3.11, 3.12 or 3.13; this is 3.1")
    assert run.stderr.count("\n") == 1


@pytest.mark.parametrize("lock", ["run", "dev", "build", "package"])
def test_a_lock_names_packages_and_hashes_only(dev, lock):
    text = (CHECKOUT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    heading, _, body = text.partition("\n")
    assert heading == "# Made by `python dev.py lock`."
    assert dev.strange_lines(body) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/simple",
        "--find-links /opt/somewhere",
        "package @ file:///home/somebody/package",
        "package==1.0",
        "package>=1.0 \\",
        "    --hash=md5:d41d8cd98f00b204e9800998ecf8427e",
    ],
)
def test_a_lock_with_anything_else_is_refused(dev, line):
    assert dev.strange_lines(f"six==1.17.0 \\\n{line}\n") == [line]


def test_the_locks_agree_on_every_version():
    pins = {}
    for lock in ("run", "dev", "build", "package"):
        text = (CHECKOUT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
        for line in text.splitlines():
            if "==" in line:
                name = line.partition("==")[0]
                condition = line.partition(" ; ")[2].removesuffix(" \\")
                pins.setdefault((name, condition), set()).add(line)
    assert {pin: lines for pin, lines in pins.items() if len(lines) > 1} == {}


@pytest.mark.parametrize(
    ("lock", "group"), [("run", None), ("dev", "dev"), ("build", "build"), ("package", "packaging")]
)
def test_a_lock_has_everything_that_the_project_asks_for(lock, group):
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    text = (CHECKOUT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    pinned = {line.partition("==")[0] for line in text.splitlines() if "==" in line}
    names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in asked}
    assert names - pinned == set()


def test_python_311_never_gets_the_qt_that_aborts():
    text = (CHECKOUT / "requirements" / "run.txt").read_text(encoding="utf-8")
    old = [x for x in text.splitlines() if x.startswith("pyside6-ess") and "< '3.12'" in x]
    assert len(old) == 1
    assert old[0].startswith("pyside6-essentials==6.11.")


def test_nothing_is_installed_twice(dev, monkeypatch):
    python = _stand_in_for_installers(dev, monkeypatch)
    assert dev.prepare("run") == python
    assert [step[0] for step in dev.steps] == ["venv", "-r", "-r", "-e"]
    dev.steps.clear()
    assert dev.prepare("run") == python
    assert dev.steps == []


def test_what_the_tests_need_includes_what_the_program_needs(dev, monkeypatch):
    _stand_in_for_installers(dev, monkeypatch)
    dev.prepare("dev")
    dev.steps.clear()
    dev.prepare("run")
    assert dev.steps == []


def test_a_new_lock_is_installed_into_the_same_environment(dev, monkeypatch):
    _stand_in_for_installers(dev, monkeypatch)
    dev.prepare("run")
    dev.steps.clear()
    (dev.LOCKS / "run.txt").write_text("run==2 \\\n", encoding="utf-8")
    dev.prepare("run")
    assert [step[0] for step in dev.steps] == ["-r", "-r", "-e"]


def test_an_installation_that_broke_off_starts_anew(dev, monkeypatch):
    _stand_in_for_installers(dev, monkeypatch)
    dev.prepare("run")
    dev.STAMP.unlink()
    dev.steps.clear()
    dev.prepare("run")
    assert dev.steps[0][0] == "venv"


def test_another_python_gets_another_environment(dev, monkeypatch):
    _stand_in_for_installers(dev, monkeypatch)
    dev.prepare("run")
    stamp = json.loads(dev.STAMP.read_text(encoding="utf-8"))
    dev.STAMP.write_text(json.dumps({**stamp, "place": "elsewhere"}), encoding="utf-8")
    dev.steps.clear()
    dev.prepare("run")
    assert dev.steps[0][0] == "venv"


def test_without_debian_and_root_one_line_says_what_to_install(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev, "is_root", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    dev.provide(["libgl1", "qpdf"])
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert said[1].endswith("sudo apt-get update && sudo apt-get install -y libgl1 qpdf")


def test_a_library_that_does_not_load_is_named_by_its_package(dev, monkeypatch):
    monkeypatch.setattr(dev, "is_linux", lambda: True)
    assert dev.missing_libraries({"libnothing_of_this_name.so.9": "libnothing9"}) == ["libnothing9"]


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_it_knows_whether_a_window_can_open(dev, platform, environment, expected):
    assert dev.has_display(platform, environment) is expected


def test_arguments_that_nobody_takes_are_refused(dev, capsys):
    with pytest.raises(SystemExit) as stopped:
        dev.main(["run", "--wndow"])
    assert stopped.value.code == 2
    assert "--wndow" in capsys.readouterr().err


def _stand_in_for_installers(dev, monkeypatch):
    """Let the two steps that need a network leave a mark instead; return the Python they make."""
    dev.steps = []
    python = dev.python_of(dev.VENV)

    def make_venv(folder):
        assert folder == dev.VENV
        dev.steps.append(["venv"])
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def install(into, arguments):
        assert into == python
        dev.steps.append([word for word in arguments if word in ("-r", "-e")])

    monkeypatch.setattr(dev, "make_venv", make_venv)
    monkeypatch.setattr(dev, "install", install)
    return python
