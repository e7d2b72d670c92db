"""One window for each library: it holds `window.lock` in the library's folder while it lives."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

if TYPE_CHECKING:
    from pathlib import Path


class WindowLock:
    """The claim of a window on a library."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # only the end of its process makes a lock stale

    def claim(self, *, make: bool = True) -> bool:
        """Take the library for this window; False if another window has it.

        A folder that cannot be written to has no lock: opening it tells what is the matter. `make`
        is whether an absent folder is made.
        """
        if make:
            with contextlib.suppress(OSError):
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._lock.tryLock(0):
            return True
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            return True
        # what a killed window left behind in such a folder cannot be cleared away
        return not os.access(self._folder, os.W_OK)

    def release(self) -> None:
        """Give the library free."""
        self._lock.unlock()
