"""A second start of the program raises the window of the first.

The window watches a file of its own, whose name is made from the library's folder; who writes to that
file rings. A local socket would do the same, and take Qt's network library and 3 MB to do it.
"""

from __future__ import annotations

import contextlib
import os
import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QFileSystemWatcher, QObject, Signal, Slot

from briefing_app.paths import bell_folder

if TYPE_CHECKING:
    from pathlib import Path


class Doorbell(QObject):
    """Hangs at the window that has a library; other starts of the program ring it."""

    rung = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        # with the name of the computer: a home may be shared, and no bell is heard on another one
        known = f"{platform.node()}\0{folder.resolve()}"
        digest = QCryptographicHash(QCryptographicHash.Algorithm.Sha256)
        digest.addData(known.encode("utf-8", "surrogateescape"))
        name = digest.result().toHex().toStdString()[:24]
        self._file = bell_folder() / f"{name}.bell"
        self._watcher: QFileSystemWatcher | None = None

    def listen(self) -> None:
        """Hear who rings; what a crashed window left behind is taken over.

        Where no file can be made nobody is heard: who rings says that the library is open elsewhere.
        """
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.write_bytes(b"")
            self._watcher = QFileSystemWatcher([str(self._file)], self)
            self._watcher.fileChanged.connect(self._called)

    def ring(self) -> bool:
        """Ask the window that has the library to come to the front; False if none listens."""
        try:
            # it is not made here: where it is absent, nobody watches it
            with os.fdopen(os.open(self._file, os.O_WRONLY | os.O_APPEND), "wb") as bell:
                bell.write(b"raise\n")
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Hear no more."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
            with contextlib.suppress(OSError):
                self._file.unlink()

    @Slot()
    def _called(self) -> None:
        if self._watcher is not None and self._file.exists():
            self.rung.emit()
