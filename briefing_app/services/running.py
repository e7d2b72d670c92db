"""Long work that the closing of the library stops, and waits for."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing_app.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.progress import Progress


class Running:
    """Counts what runs. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._state = threading.Condition()
        self._threads: list[int] = []

    @contextmanager
    def one(self, progress: Progress) -> Iterator[Progress]:
        """Lend the progress of one piece of work; from `stop` on, its check raises Cancelled."""
        with self._state:
            self._threads.append(threading.get_ident())
        try:
            yield _Stoppable(progress, self._stop)
        finally:
            with self._state:
                self._threads.remove(threading.get_ident())
                self._state.notify_all()

    def stop(self) -> None:
        """Stop all that runs on other threads, and wait until it has ended."""
        self._stop.set()
        own = threading.get_ident()
        with self._state:
            self._state.wait_for(lambda: all(thread == own for thread in self._threads))


class _Stoppable:
    def __init__(self, progress: Progress, stop: threading.Event) -> None:
        self._stop = stop
        self._progress = progress
        self.step = progress.step

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled
        self._progress.check()
