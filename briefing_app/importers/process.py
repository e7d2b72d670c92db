"""One worker's process, seen from the program: started, asked, watched, killed."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import briefing_app
from briefing_app.errors import QT_TRANSLATE_NOOP, PicturesOnly, UnreadableSource
from briefing_app.importers import frames
from briefing_app.importers.wire import document_json, imported_from
from briefing_app.importers.worker import MEMORY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.importers.base import Document, Imported
    from briefing_app.progress import Progress

LARGEST_RESULT = 20_000_000  # bytes of text
LARGEST_FILES = 120_000_000  # bytes of pictures and of files inside
_QUIETLY = 0x08000000 | 0x00004000  # on Windows: no console window, below normal priority
_LOOK = 0.05  # seconds between two looks at a worker
_LATEST = (
    70.0  # seconds by the clock that a worker may take which the machine gives too little time
)
_Frame = tuple[dict[str, Any], bytes]
_ENDED: _Frame = ({}, b"")


class Process:
    """A worker. It reads one document at a time; after a failure that killed it, it is gone."""

    def __init__(self, command: Sequence[str], scratch: Path, log: IO[bytes] | None) -> None:
        """Start the process; `scratch` is the one folder for what libraries want to write.

        Raises: OSError. The log is closed here, as the process has it then.
        """
        environment = {
            **os.environ,
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch)),
            "PYTHONPATH": str(Path(briefing_app.__file__).parents[1]),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        try:
            self._process = subprocess.Popen(  # noqa: S603 (this very program)
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log or subprocess.DEVNULL,
                env=environment,
                cwd=scratch,
                creationflags=_QUIETLY if sys.platform == "win32" else 0,
            )
        finally:
            if log:
                log.close()
        self._answers: queue.SimpleQueue[_Frame | Exception] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="import worker", daemon=True)
        self._listener.start()

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    def read(self, document: Document, progress: Progress, seconds: float) -> Imported:
        """Have a document read. Raises: as `ask`."""
        answer, data = self.ask("read", document, {}, progress, seconds)
        return self.imported(answer, data)

    def ask(
        self,
        errand: str,
        document: Document,
        wish: dict[str, Any],
        progress: Progress,
        seconds: float,
    ) -> _Frame:
        """Have something done with a document (`errands`).

        Raises: UnreadableSource with the reason, Cancelled. If it takes too long, too much memory or
        too large a result, or is cancelled, the process is killed.
        """
        asked = {**document_json(document), "errand": errand, "wish": wish}
        sender = threading.Thread(target=self._send, args=(asked, document.data), daemon=True)
        sender.start()
        begun = self._work()[1]
        try:
            answer, data = self._wait(progress, time.monotonic() + seconds, seconds, begun)
        except BaseException:
            self.kill()
            raise
        finally:
            sender.join(5)
        if answer.get("spent"):
            self.kill()  # it said so itself, and is about to end
        if "error" in answer:
            raise _said(answer["error"])
        return answer, data

    def imported(self, answer: dict[str, Any], data: bytes) -> Imported:
        """Return what an answer holds. Raises: UnreadableSource, and ends who sent such a thing."""
        try:
            return imported_from(answer["imported"], data)
        except (KeyError, TypeError, ValueError) as error:
            self.kill()
            raise _crashed() from error

    def kill(self) -> None:
        """End the process at once."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        self._listener.join(5)
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def _send(self, asked: dict[str, Any], data: bytes) -> None:
        assert self._process.stdin  # noqa: S101 (a pipe was asked for)
        with contextlib.suppress(OSError, ValueError):  # it died: the listener tells
            frames.write(self._process.stdin, asked, data)

    def _listen(self) -> None:
        assert self._process.stdout  # noqa: S101 (a pipe was asked for)
        while True:
            try:
                frame = frames.read(self._process.stdout, (LARGEST_RESULT, LARGEST_FILES))
            except (frames.TooLarge, frames.Broken, OSError, ValueError) as error:
                self._answers.put(error)
                return
            if frame is None:
                self._answers.put(_ENDED)
                return
            self._answers.put(frame)

    def _wait(self, progress: Progress, deadline: float, seconds: float, begun: float) -> _Frame:
        """Wait for the answer, looking at the clock, the memory and the user meanwhile.

        A worker that is at work, but is given too little time by a busy machine, gets some more.
        """
        latest = max(deadline, deadline - seconds + min(3 * seconds, _LATEST))
        while True:
            try:
                answer = self._answers.get(timeout=_LOOK)
            except queue.Empty:
                progress.check()
                now = time.monotonic()
                if now > deadline and (now > latest or not self._is_starved(begun, seconds)):
                    raise _too_slow(seconds) from None
                if self._memory() > MEMORY:
                    raise _too_hungry() from None
                continue
            if isinstance(answer, frames.TooLarge):
                raise _too_long()
            if isinstance(answer, Exception) or answer is _ENDED:
                raise _crashed()
            return answer

    def _is_starved(self, begun: float, seconds: float) -> bool:
        """Tell whether the process would go on if it could, and has not had its time yet."""
        at_work, spent = self._work()
        return at_work and spent - begun < seconds

    def _work(self) -> tuple[bool, float]:
        """Return whether the process is at work, and the seconds that it has computed so far.

        Where that is not known, it is not at work.
        """
        if sys.platform == "linux":
            with contextlib.suppress(OSError, ValueError, IndexError):
                stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8")
                fields = stat.rpartition(")")[2].split()
                ticks = int(fields[11]) + int(fields[12])
                return fields[0] == "R", ticks / os.sysconf("SC_CLK_TCK")
        return False, 0.0

    def _memory(self) -> int:
        """Return the bytes of memory that the process holds; none if it is gone."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii")
                return int(pages.split()[1]) * os.sysconf("SC_PAGE_SIZE")
            return 0
        import psutil  # noqa: PLC0415 (2 MB, for other systems only)

        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0


def _said(error: dict[str, Any]) -> UnreadableSource:
    if "sheets" in error:
        return PicturesOnly(
            error["message"], hint=error["hint"], sheets=int(error["sheets"]), **error["values"]
        )
    return UnreadableSource(error["message"], hint=error["hint"], **error["values"])


def _too_slow(seconds: float) -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "Reading it took more than {seconds} seconds and was stopped."),
        seconds=f"{seconds:g}",
    )


def _too_hungry() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "Reading it takes more memory than a file is worth.")
    )


def _too_long() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "It holds more text than {limit} MB."),
        limit=LARGEST_RESULT // 1_000_000,
    )


def _crashed() -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "The file made its reader crash; its content is damaged.")
    )
