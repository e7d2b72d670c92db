"""One window for each library: a second start raises the first.

The window holds `window.lock` in the library's folder for as long as it lives, and listens on a local
socket whose name is made from that folder. Nothing but "raise" is ever said on it.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket  # noqa: TID251 (a local socket: the one place)

if TYPE_CHECKING:
    from pathlib import Path


class Instance(QObject):
    """The claim of a window on a library."""

    raise_asked = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        digest = hashlib.sha256(
            str(folder.resolve()).encode("utf-8", "surrogateescape")
        ).hexdigest()
        self._name = f"briefing-desk-{digest[:24]}"
        self._lock = QLockFile(str(folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # only the end of its process makes a lock stale
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)

    def claim(self) -> bool:
        """Take the library for this window; False if another window has it.

        A folder that cannot be written to has no lock: opening it tells what is the matter.
        """
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._lock.tryLock(0) and self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def raise_other(self) -> bool:
        """Ask the window that has the library to come to the front; False if it does not answer."""
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        if not socket.waitForConnected(1000):
            return False
        socket.write(b"raise\n")
        socket.waitForBytesWritten(1000)
        socket.disconnectFromServer()
        return True

    def release(self) -> None:
        """Give the library free."""
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _called(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.disconnected.connect(socket.deleteLater)
            self.raise_asked.emit()
