"""Run, test and check Briefing Desk from a checkout: `python3 dev.py run`.

Needs Python alone. Everything else goes into `.venv`, from the hashed locks in `requirements/`.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

if not (3, 11) <= sys.version_info < (3, 14):
    _found = f"{sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})"
    sys.exit(f"Briefing Desk needs Python 3.11, 3.12 or 3.13; this is {_found}.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = "Scripts" if sys.platform == "win32" else "bin"
STAMP = VENV / "installed.json"
LOCKS = ROOT / "requirements"
BRIEF = Path("build", "brief.pdf")

# What uv makes each lock from. `build` is what an editable install takes, and uv itself.
SOURCES = {
    "run": ("pyproject.toml",),
    "dev": ("pyproject.toml", "--group", "dev"),
    "build": ("--group", "build"),
    "package": ("pyproject.toml", "--group", "packaging"),
}

# Shared library -> Debian and Ubuntu package. Qt opens the window with them.
WINDOW_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libcups.so.2": "libcups2",
}

# Program -> Debian and Ubuntu package. The tests look at PDF files and drive a real window with them.
TEST_PROGRAMS = {
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "tesseract": "tesseract-ocr",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
}


class Stop(Exception):  # noqa: N818 (reads as what it does)
    """Ends the command with a sentence for the person at the keyboard."""


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command."""
    parser = argparse.ArgumentParser(
        prog="dev.py", description="Run, test and check Briefing Desk."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="make a PDF of the sample story, then open the window")
    run.add_argument("--no-window", action="store_true", help="stop after the PDF")
    commands.add_parser("test", help="run all tests; further arguments go to pytest")
    commands.add_parser("lint", help="check style, types and walls")
    commands.add_parser("doctor", help="say what this system lacks")
    commands.add_parser("lock", help="renew requirements/; further arguments go to uv")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command not in ("test", "lock"):
        parser.error("unknown: " + " ".join(rest))
    try:
        return dispatch(options, rest)
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def dispatch(options: argparse.Namespace, rest: list[str]) -> int:
    """Call the function of a command."""
    if options.command == "run":
        return run_program(window=not options.no_window)
    if options.command == "test":
        return run_tests(rest)
    if options.command == "lint":
        return run_linters()
    if options.command == "lock":
        return renew_locks(rest)
    return diagnose()


def run_program(window: bool) -> int:
    """Make a PDF of the sample story and, where there is a screen, open the window."""
    window = window and has_display(sys.platform, os.environ)
    if window:
        provide(missing_libraries(WINDOW_LIBRARIES))
    python = prepare("run")
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    (ROOT / BRIEF).parent.mkdir(exist_ok=True)
    program = [python, "-m", "briefing_app"]
    done = call([*program, "build", *seeds, "--to", ROOT / BRIEF], os.environ)
    if done != 0:
        return done
    print(f"The sample story is now a brief: {ROOT / BRIEF}", flush=True)
    if not window:
        print("The window needs a display; where there is one, this command opens it.")
        return 0
    return call(program, os.environ)


def run_tests(arguments: list[str]) -> int:
    """Run pytest; without a display, on Qt's own offscreen one."""
    provide(missing_libraries(WINDOW_LIBRARIES) + missing_programs(TEST_PROGRAMS))
    python = prepare("dev")
    environment = dict(os.environ)
    if not has_display(sys.platform, environment):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return call([python, "-m", "pytest", *arguments], environment)


def run_linters() -> int:
    """Run every check that runs no code; the exit code is 1 if any of them found something."""
    python = prepare("dev")
    checks = (
        [python, "-m", "ruff", "check"],
        [python, "-m", "ruff", "format", "--check"],
        [python, "-m", "mypy"],
        [python.parent / "lint-imports"],
    )
    return max([min(1, call(check, os.environ)) for check in checks])


def diagnose() -> int:
    """Print what this system has and lacks; the exit code is 1 if it lacks something."""
    libraries = missing_libraries(WINDOW_LIBRARIES)
    programs = missing_programs(TEST_PROGRAMS)
    uv = find_uv()
    print(f"Python        {sys.version.split()[0]}, {sys.executable}")
    complete = "present" if has_ensurepip() else f"missing: {install_line([venv_package()])}"
    print(f"venv, pip     {complete}")
    print(f"uv            {uv or 'not here; pip does its work, more slowly'}")
    print(f".venv         {'made' if read_stamp() else 'not made yet'}")
    print(f"display       {'yes' if has_display(sys.platform, os.environ) else 'none'}")
    print(f"window needs  {' '.join(libraries) or 'nothing more'}")
    print(f"tests need    {' '.join(programs) or 'nothing more'}")
    if libraries or programs:
        print("To install:   " + install_line(libraries + programs))
    return 1 if libraries or programs or not has_ensurepip() else 0


def renew_locks(arguments: list[str]) -> int:
    """Resolve pyproject.toml for the three systems and Python 3.11 to 3.13, with every hash.

    Only names, versions, conditions and hashes may come out: no address, no path, no folder of
    wheels that happens to be set up on this computer.
    """
    uv = find_uv()
    if uv is None:
        prepare("run")
        uv = find_uv()
    if uv is None:
        raise Stop("uv makes the locks, and it could not be installed")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PIP_FIND_LINKS", "UV_FIND_LINKS", "PIP_CONSTRAINT", "UV_CONSTRAINT")
    }
    made: list[object] = []
    for lock, sources in SOURCES.items():
        target = LOCKS / f"{lock}.txt"
        target.parent.mkdir(exist_ok=True)
        command = [uv, "pip", "compile", *sources, "-o", target, *made, "--quiet", "--universal"]
        command += ["--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header"]
        if call([*command, *arguments], environment) != 0:
            return 1
        made += ["--constraint", target]  # one version of a package in all locks
        text = target.read_text(encoding="utf-8")
        strange = strange_lines(text)
        if strange:
            raise Stop(f"{target.name} names more than packages and hashes: {strange[0]}")
        target.write_text(
            f"# Made by `python dev.py lock`.\n{text}", encoding="utf-8", newline="\n"
        )
        print(f"{target.relative_to(ROOT)}: {text.count('==')} packages")
    return 0


def prepare(lock: str) -> Path:
    """Return the Python of `.venv` with everything of a lock and the project itself in it."""
    python = python_of(VENV)
    place, wanted = fingerprint(ROOT, sys.version), fingerprint(*lock_files(lock))
    stamp = read_stamp() if python.exists() else {}
    if stamp.get("place") != place:  # moved, another Python, or an installation that broke off
        make_venv(VENV)
        stamp = {"place": place}
    if stamp.get(lock) == wanted:
        return python
    if lock == "run" and stamp.get("dev") == fingerprint(*lock_files("dev")):
        return python
    STAMP.unlink(missing_ok=True)
    whose = "the program needs" if lock == "run" else "the tests need"
    print(f"Installing what {whose}", flush=True)
    for name in ("build", lock):
        install(python, ["--require-hashes", "-r", str(LOCKS / f"{name}.txt")])
    install(python, ["--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    STAMP.write_text(json.dumps({"place": place, lock: wanted}), encoding="utf-8")
    return python


def python_of(folder: Path) -> Path:
    """Return the Python of a virtual environment."""
    return folder / BIN / ("python.exe" if sys.platform == "win32" else "python")


def make_venv(folder: Path) -> None:
    """Make a virtual environment anew."""
    print(f"Making {folder}", flush=True)
    if not has_ensurepip() and can_apt():
        provide([venv_package()])
        importlib.invalidate_caches()
    if has_ensurepip():
        venv.create(folder, clear=True, with_pip=True, symlinks=sys.platform != "win32")
        return
    uv = shutil.which("uv")
    command = [uv, "venv", "-q", "--clear", "--seed", "--python", sys.executable, folder]
    if not uv or call(command, quiet()) != 0:
        raise Stop(f"Python's venv module is incomplete. {install_line([venv_package()])}")


def install(python: Path, arguments: list[str]) -> None:
    """Install through uv where it can be had, else through the pip of an environment.

    The lock `build` brings uv, and is installed first: what pip 23.2 makes of an extra that several
    packages ask for ends in an error of its own.
    """
    uv = find_uv(python.parent)
    if uv:
        command = [uv, "pip", "install", "-q", "--compile-bytecode", "--python", python]
    else:
        command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    if call([*command, *arguments], quiet()) != 0:
        raise Stop("the installation failed; the lines above say why. Is there a network?")


def find_uv(*places: Path) -> Path | None:
    """Return a uv that runs, on the path, in `.venv` or in `places`: a shim may stand for none."""
    paths = (None, *map(str, (VENV / BIN, *places)))
    for found in (shutil.which("uv", path=path) for path in paths):
        if found and answers([found, "--version"]):
            return Path(found)
    return None


def answers(command: Sequence[str]) -> bool:
    """Say whether a command can be run at all."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def lock_files(lock: str) -> tuple[bytes, ...]:
    """Return the bytes that decide whether an installation from a lock is up to date."""
    files = (LOCKS / f"{lock}.txt", LOCKS / "build.txt", ROOT / "pyproject.toml")
    return tuple(file.read_bytes() for file in files)


def fingerprint(*parts: object) -> str:
    """Return a digest that changes with any of its parts."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def read_stamp() -> dict[str, str]:
    """Return what stands in `.venv`; nothing if an installation broke off."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def strange_lines(lock: str) -> list[str]:
    """Return the lines of a lock that are neither a pinned package nor a hash."""
    package = re.compile(r"[a-z0-9._-]+==[\w.+!]+( ; [\w. ()<>=!']+)? \\")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    return [x for x in lock.splitlines() if not package.fullmatch(x) and not digest.fullmatch(x)]


def missing_libraries(wanted: dict[str, str]) -> list[str]:
    """Return the packages of the shared libraries that do not load. Linux only."""
    return [package for name, package in wanted.items() if is_linux() and not _loads(name)]


def missing_programs(wanted: dict[str, str]) -> list[str]:
    """Return the packages of the programs that are not on the path. Linux only."""
    return [package for name, package in wanted.items() if is_linux() and not shutil.which(name)]


def provide(packages: list[str]) -> None:
    """Install system packages, or say how, and go on: what needs them says so itself."""
    if not packages:
        return
    if not can_apt():
        print(f"This system lacks: {' '.join(packages)}", file=sys.stderr)
        print(f"To install them:   {install_line(packages)}", file=sys.stderr, flush=True)
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    quietly = ["-qq", "-o=Dpkg::Use-Pty=0"]
    call(["apt-get", "update", *quietly], environment)
    command = ["apt-get", "install", "-y", *quietly, "--no-install-recommends", *packages]
    if call(command, environment, stdout=subprocess.DEVNULL) != 0:
        print(f"That failed. To install them: {install_line(packages)}", file=sys.stderr)


def install_line(packages: list[str]) -> str:
    """Return the one line that installs packages, for Debian's and for other systems."""
    if shutil.which("apt-get"):
        sudo = "" if is_root() else "sudo "
        return f"{sudo}apt-get update && {sudo}apt-get install -y {' '.join(packages)}"
    return f"your system's packages for {' '.join(packages)} (these are Debian's names)"


def venv_package() -> str:
    """Return the Debian package that brings the missing parts of Python's venv module."""
    return f"python3.{sys.version_info[1]}-venv"


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Say whether a window can be opened."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def has_ensurepip() -> bool:
    """Say whether venv can bring pip: Debian ships that in a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None


def can_apt() -> bool:
    """Say whether this is Debian or one of its children, and we may install there."""
    return is_linux() and is_root() and shutil.which("apt-get") is not None


def is_linux() -> bool:
    """Say whether this is Linux."""
    return sys.platform.startswith("linux")


def is_root() -> bool:
    """Say whether we may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def quiet() -> dict[str, str]:
    """Return the environment without whatever would make an installer ask or look elsewhere."""
    return {**os.environ, "PIP_NO_INPUT": "1", "UV_NO_CONFIG": "1"}


def call(
    command: Sequence[object], environment: Mapping[str, str], stdout: int | None = None
) -> int:
    """Run a command in the checkout and return its exit code."""
    words = [str(word) for word in command]
    try:
        return subprocess.run(
            words, cwd=ROOT, env=environment, stdout=stdout, check=False
        ).returncode
    except FileNotFoundError:
        raise Stop(f"cannot run {shlex.join(words)}") from None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
