"""A second start of the program raises the window of the first.

The window listens on a local socket whose name is made from the library's folder. Nothing but "raise"
is ever said on it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket  # noqa: TID251 (a local socket: the one place)

if TYPE_CHECKING:
    from pathlib import Path


class Doorbell(QObject):
    """Hangs at the window that has a library; other starts of the program ring it."""

    rung = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape"))
        self._name = f"briefing-desk-{digest.hexdigest()[:24]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)

    def listen(self) -> None:
        """Hear who rings; what a crashed window left behind is cleared away."""
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def ring(self) -> bool:
        """Ask the window that has the library to come to the front; False if it does not answer."""
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        if not socket.waitForConnected(1000):
            return False
        socket.write(b"raise\n")
        socket.waitForBytesWritten(1000)
        socket.disconnectFromServer()
        return True

    def close(self) -> None:
        """Hear no more."""
        self._server.close()

    @Slot()
    def _called(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.disconnected.connect(socket.deleteLater)
            self.rung.emit()
