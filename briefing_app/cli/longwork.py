"""Long work of a command: progress on standard error, and Ctrl+C that is heard at once."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, TypeVar

from briefing_app.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.progress import Progress

T = TypeVar("T")

LOOK = 0.1  # seconds between two looks at whether the work is over
WIDTH = 78


def watched(work: Callable[[Progress], T], *, part: bool = False) -> T:
    """Do work on another thread, and show on a terminal how far it is.

    `part` is whether more work follows: then Ctrl+C counts even if it comes when this is done.
    SQLite may be within one call for minutes; on the first thread, Ctrl+C would wait for its end.
    Raises: KeyboardInterrupt, once the work has put everything in order; whatever the work raises.
    """
    watch = _Watch()
    ended = threading.Event()
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work(watch))
        except BaseException as error:  # noqa: BLE001 (raised again on the thread that waits)
            errors.append(error)
        finally:
            ended.set()

    working = threading.Thread(target=run, name="long work", daemon=True)
    try:
        working.start()
        while not ended.wait(LOOK):
            watch.show()
    except KeyboardInterrupt:
        watch.stop.set()
        ended.wait()
        if part or (errors and isinstance(errors[0], Cancelled)):
            raise
    finally:
        watch.clear()
    if errors:
        raise errors[0]
    return results[0]


class _Watch:
    """Notes how far the work is, and tells it to stop."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._words = ""
        self._shown = ""

    def step(self, done: int, total: int, note: str = "") -> None:
        """Part of `Progress`."""
        part = f"{done * 100 // total:3} %  " if total else ""
        self._words = f"{part}{note}"

    def check(self) -> None:
        """Part of `Progress`. Raises: Cancelled."""
        if self.stop.is_set():
            raise Cancelled

    def show(self) -> None:
        """Show how far it is, on a line that the next one replaces."""
        if self._is_terminal and self._words != self._shown:
            self._shown = self._words
            self._write(f"\r{self._words[:WIDTH]:{WIDTH}}")

    def clear(self) -> None:
        """Leave no trace on the line."""
        if self._shown:
            self._write(f"\r{'':{WIDTH}}\r")

    def _write(self, text: str) -> None:
        if sys.stderr is not None:
            sys.stderr.write(text)
            sys.stderr.flush()
