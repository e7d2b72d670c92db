"""Tesseract, where the user has it: found, asked for its languages, run on one picture.

It runs from the program's own side, since a worker may start nothing: as a process of its own with low
priority, bounded memory and time, in a folder that goes with it. What it reads is pixels that a worker
has drawn, never a file that came from elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

if TYPE_CHECKING:
    from briefing_app.progress import Progress

SECONDS = 120.0  # for one page
MEMORY = 2_000_000_000  # bytes
_LARGEST_TABLE = 10_000_000  # bytes
_ASKING = 15.0  # seconds in which it names its languages
_LOOK = 0.1  # seconds between two looks at it
_NICE = 15
_QUIETLY = 0x08000000 | 0x00004000  # on Windows: no console window, below normal priority
_USUAL = (
    r"C:\Program Files\Tesseract-OCR\tesseract.exe",
    "/opt/homebrew/bin/tesseract",
    "/usr/local/bin/tesseract",
)
_NO_LANGUAGES = ("osd", "equ")  # what lies beside the languages


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as a picture: a PGM file, and its resolution, 0 where it is not known."""

    data: bytes
    dpi: int


@dataclass(frozen=True, slots=True)
class Engine:
    """A Tesseract that is there, and the languages that it knows."""

    program: str
    languages: tuple[str, ...]


def find(program: str = "") -> Engine | None:
    """Return the Tesseract at a place, or else on the path or where it usually lies; or None."""
    places = (program,) if program else ("tesseract", *_USUAL)
    for place in places:
        found = shutil.which(os.path.expanduser(place))  # noqa: PTH111 (which takes a name, too)
        if found and (languages := _languages(found)) is not None:
            return Engine(found, languages)
    return None


def recognise(
    engine: Engine,
    sheet: Sheet,
    languages: tuple[str, ...],
    progress: Progress,
    seconds: float = SECONDS,
) -> str:
    """Return what is on a page, as Tesseract's table of words.

    Raises: UnreadableSource if it takes too long or fails; Cancelled. It is ended in either case.
    """
    with tempfile.TemporaryDirectory(prefix="briefing-pages-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "page.pgm").write_bytes(sheet.data)
        command = [engine.program, "page.pgm", "page", "-l", "+".join(languages)]
        if sheet.dpi:
            command += ["--dpi", str(sheet.dpi)]
        command += ["-c", "tessedit_create_tsv=1", "-c", "tessedit_create_txt=0"]
        with (folder / "said.txt").open("wb") as said:
            code = _run(command, folder, said.fileno(), progress, seconds)
        table = folder / "page.tsv"
        if code != 0 or not table.is_file():
            raise _failed((folder / "said.txt").read_text("utf-8", "replace"))
        if table.stat().st_size > _LARGEST_TABLE:
            raise _failed("")
        return table.read_text("utf-8", "replace")


def _run(command: list[str], folder: Path, said: int, progress: Progress, seconds: float) -> int:
    try:
        process = subprocess.Popen(  # noqa: S603 (a program of the user's; its arguments are ours)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            cwd=folder,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            creationflags=_QUIETLY if sys.platform == "win32" else 0,
        )
    except OSError as error:
        raise _failed(error.strerror or "") from error
    try:
        _bound(process.pid)
        deadline = time.monotonic() + seconds
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(_LOOK)
            progress.check()
            if time.monotonic() > deadline:
                raise UnreadableSource(
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "Recognising a page took more than {seconds} seconds and was stopped.",
                    ),
                    seconds=f"{seconds:g}",
                )
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _bound(pid: int) -> None:
    """Let the window come first, and take no more memory than a page is worth."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, _NICE)
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 (not on Windows)

        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


def _languages(program: str) -> tuple[str, ...] | None:
    """Return the languages that a Tesseract knows, or None if it is none."""
    try:
        done = subprocess.run(  # noqa: S603 (a program of the user's; its arguments are ours)
            [program, "--list-langs"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ASKING,
            check=False,
            creationflags=_QUIETLY if sys.platform == "win32" else 0,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    if done.returncode != 0:
        return None
    lines = (done.stdout or done.stderr).decode("utf-8", "replace").splitlines()
    names = (line.strip() for line in lines[1:])
    return tuple(name for name in names if name and name not in _NO_LANGUAGES)


def _failed(said: str) -> UnreadableSource:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if not lines:
        return UnreadableSource(QT_TRANSLATE_NOOP("errors", "Tesseract could not read a page."))
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "Tesseract could not read a page: {reason}."),
        reason=lines[-1].rstrip(".")[:200],
    )
