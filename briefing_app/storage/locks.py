"""The two locks of a library folder.

`write.lock` is held around every write transaction and checkpoint of every process, so two
connections never write at once. `window.lock` belongs to the window that shows the library.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE = 0o600


PATIENCE = 30.0  # seconds to wait for another process that writes


def write_lock(folder: Path, patience: float = PATIENCE) -> FileLock:
    """Return the lock of writers; it may be taken again by who holds it. Units: seconds."""
    return FileLock(folder / "write.lock", timeout=patience, mode=_PRIVATE, thread_local=False)


class WindowLock:
    """The one window of a library."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "window.lock"
        self._lock = FileLock(self._file, mode=_PRIVATE, thread_local=False)

    def take(self) -> bool:
        """Claim the library for this window; False if another window has it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Let the library go; the window takes a file without its own words in it for a claim."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._file.unlink()
        self._lock.release()
