"""The workers that parse: at most two, started at the first document and kept warm for a while."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import limits
from briefing_app.importers.base import Document
from briefing_app.importers.process import Process

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing_app.importers.base import Imported
    from briefing_app.progress import Progress

T = TypeVar("T")
WORKERS = 2
LARGEST_LOG = 1_000_000  # bytes
SECONDS = 20.0  # for one document; `limits.patience` grants some more
WARM = 60.0  # seconds that a worker waits for another document; it holds 55 MB and more
CONSOLE = "briefing-app"  # the name of the console program in a frozen folder

# a page that is worth reading, so that whoever reads pages is loaded
_PAGE = Document(
    "warm.html",
    b"""<!doctype html><html lang="en"><title>Before the first page</title><body><article>
<h1>Before the first page</h1>
<p>Whoever reads a page needs a second or two to get ready, and the first page should not wait.</p>
<p>This one comes from nowhere, is read by everybody who has a say in it, and is then forgotten.</p>
<p>By the time that somebody drops a file on the window, all of them are at their desks.</p>
</article></body></html>""",
)


def worker_command() -> tuple[str, ...]:
    """Return what starts this very program as a worker, frozen or not.

    A frozen window has no standard streams on Windows, and a worker lives on them: it is started
    from the console program that lies beside.
    """
    if getattr(sys, "frozen", False):
        window = Path(sys.executable)
        console = window.with_name(f"{CONSOLE}{window.suffix}")
        return (str(console if console.is_file() else window), "--worker")
    # -P: a trafilatura.py that lies in the folder where the user stands is not ours
    return (sys.executable, "-P", "-m", "briefing_app", "--worker")


class Pool:
    """Reads documents in other processes. `read` may be called from several threads at once."""

    def __init__(
        self,
        command: Sequence[str] | None = None,
        *,
        seconds: float = SECONDS,
        warm: float = WARM,
        log: Path | None = None,
    ) -> None:
        self._command = tuple(command or worker_command())
        self._seconds = seconds
        self._warm = warm
        self._log = log
        self._free = threading.BoundedSemaphore(WORKERS)
        self._lock = threading.Lock()
        self._idle: list[Process] = []
        self._busy: set[Process] = set()
        self._scratch: Path | None = None
        self._leaving: threading.Timer | None = None
        self._closed = False

    def read(self, document: Document, progress: Progress) -> Imported:
        """Have a document read by a free worker.

        Raises: UnreadableSource with the reason, Cancelled; PicturesOnly where there is no text.
        """
        return self._with_worker(document, progress, lambda one, s: one.read(document, progress, s))

    def ask(
        self, errand: str, document: Document, wish: dict[str, Any], progress: Progress
    ) -> tuple[dict[str, Any], bytes]:
        """Have something else done with a document (`errands`). Raises: as `read`."""
        return self._with_worker(
            document, progress, lambda one, s: one.ask(errand, document, wish, progress, s)
        )

    def ask_articles(
        self, errand: str, document: Document, wish: dict[str, Any], progress: Progress
    ) -> Imported:
        """Have something done with a document that makes articles of it. Raises: as `read`."""

        def work(one: Process, seconds: float) -> Imported:
            return one.imported(*one.ask(errand, document, wish, progress, seconds))

        return self._with_worker(document, progress, work)

    def _with_worker(
        self, document: Document, progress: Progress, work: Callable[[Process, float], T]
    ) -> T:
        limits.check_size(len(document.data), limits.largest(document.name, document.data))
        while not self._free.acquire(timeout=0.1):
            progress.check()
        try:
            progress.check()
            process = self._take()
            try:
                seconds = limits.patience(document.name, document.data, self._seconds)
                return work(process, seconds)
            finally:
                self._give_back(process)
        finally:
            self._free.release()

    def warm(self, progress: Progress) -> None:
        """Start a worker and have it load what reads pages, so that the first one need not wait.

        A worker that cannot do that says so when a document is read. Raises: Cancelled.
        """
        with contextlib.suppress(UnreadableSource):
            self.read(_PAGE, progress)

    def close(self) -> None:
        """End all workers, those at work included; what they read fails."""
        with self._lock:
            self._closed = True
            self._stay()
            processes = [*self._idle, *self._busy]
            self._idle.clear()
        for process in processes:
            process.kill()
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _take(self) -> Process:
        with self._lock:
            if self._closed:
                raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "The program is being closed."))
            self._stay()
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    self._busy.add(process)
                    return process
                process.kill()
            try:
                if self._scratch is None:
                    self._scratch = Path(tempfile.mkdtemp(prefix="briefing-import-"))
                process = Process(self._command, self._scratch, self._open_log())
            except OSError as error:
                raise _not_started(error) from error
            self._busy.add(process)
            return process

    def _open_log(self) -> IO[bytes] | None:
        """Return the log, begun anew when it has grown; files are read without one, too."""
        if self._log is None:
            return None
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            if self._log.exists() and self._log.stat().st_size > LARGEST_LOG:
                self._log.unlink(missing_ok=True)
            return self._log.open("ab")
        except OSError:
            return None

    def _give_back(self, process: Process) -> None:
        with self._lock:
            self._busy.discard(process)
            if process.alive and not self._closed:
                self._idle.append(process)
                self._stay()
                self._leaving = threading.Timer(self._warm, self._leave)
                self._leaving.daemon = True
                self._leaving.start()
                return
        process.kill()

    def _stay(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None

    def _leave(self) -> None:
        """End the workers that nothing was given to for a while."""
        with self._lock:
            processes = [] if self._busy else [*self._idle]
            for process in processes:
                self._idle.remove(process)
        for process in processes:
            process.kill()


def _not_started(error: OSError) -> UnreadableSource:
    return UnreadableSource(
        QT_TRANSLATE_NOOP("errors", "What reads files could not be started: {reason}."),
        hint=QT_TRANSLATE_NOOP("errors", "Close some programs, or install this one again."),
        reason=error.strerror or type(error).__name__,
    )
