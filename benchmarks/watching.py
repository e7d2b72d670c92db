"""Start the real window in this process and be called when it shows its list."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing_app.gui.run import Start


def watch(library: Path, ready: Callable[[Start], None]) -> int:
    """Run the window on a library as the program does, and call when its rows are there."""
    from PySide6.QtCore import QObject, QTimer, Slot

    from briefing_app import app
    from briefing_app.gui import run

    class Watch(QObject):
        def __init__(self, start: Start) -> None:
            super().__init__(start)
            self._start = start
            self._look = QTimer(self)
            self._look.setInterval(100)
            self._look.timeout.connect(self._wait)
            start.window.painted.connect(self._look.start)

        @Slot()
        def _wait(self) -> None:
            rows = getattr(self._start.window.articles, "list", None)
            if rows is not None and rows.rows.rowCount() and self._start.desktop is not None:
                self._look.stop()
                ready(self._start)

    class Watched(run.Start):
        def __init__(self, *given: object, **named: object) -> None:
            super().__init__(*given, **named)  # type: ignore[arg-type] # handed on as they came
            self._watch = Watch(self)

    run.Start = Watched  # type: ignore[misc] # the one place where the window's start can be watched
    return app.main(["--library", str(library)])


def environment(home: str = "") -> dict[str, str]:
    """Return the environment for a window of its own: without a display there is none to be seen."""
    found = {**os.environ}
    if home:
        found |= {"XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "XDG_STATE_HOME": home}
    found.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's second start compiles nothing
    if not (found.get("DISPLAY") or found.get("WAYLAND_DISPLAY")):
        found["QT_QPA_PLATFORM"] = "offscreen"
    return found
