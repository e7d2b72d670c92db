"""What the window does on its own: the backup of the day, the copy elsewhere, and its age."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from briefing_app.errors import BriefingError
from briefing_app.gui import problems
from briefing_app.gui.upkeep import words

if TYPE_CHECKING:
    from briefing_app.domain.backup import Elsewhere
    from briefing_app.gui.library import OpenLibrary
    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.upkeep import Looked, Upkeep
    from briefing_app.settings import Settings

AFTER = 15_000  # milliseconds between the library's coming and the first look
EVERY = 3_600_000  # milliseconds between two looks; a window may stay open for weeks
OLD = 7  # days after which a copy elsewhere is called old, and between two words about it


class Daily(QObject):
    """Looks now and then whether something is due; a failure is told once a day."""

    def __init__(
        self,
        window: MainWindow,
        library: OpenLibrary,
        long_work: LongWork,
        settings: Settings,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._library = library
        self._long_work = long_work
        self._settings = settings
        self._told: dt.date | None = None
        self._busy = False
        self._words = window.actions_["backup-place"].text()
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY)
        self._clock.timeout.connect(self.look)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AFTER)
        self._soon.timeout.connect(self.look)
        library.shown.connect(self._begin)
        library.tried.connect(self._end)

    @Slot()
    def look(self) -> None:
        """Do in a job what is due."""
        services, runner = self._library.services, self._library.works
        if services is None or runner is None or services.read_only is not None or self._busy:
            return
        name = self._settings.now.backup_place
        job = runner.job(look_after, services.upkeep, Path(name) if name else None)
        job.finished.connect(self._looked)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)
        self._busy = True
        job.start()

    def show_age(self, last: Elsewhere | None) -> None:
        """Say how old the copy elsewhere is: in the menu, and in the status line when it is old."""
        place = self._settings.now.backup_place
        text, warning = self._words, ""
        if place and last is not None and last.place == Path(place):
            days = (dt.datetime.now(dt.UTC) - last.made_at).days
            age = self.tr("last copy {age}").replace("{age}", words.age(days))
            text = f"{self._words} ({age})"
            if days >= OLD:
                warning = self.tr("Last copy elsewhere: {age}").replace("{age}", words.age(days))
                self._warn(days)
        elif place:
            text = f"{self._words} ({self.tr('nothing copied yet')})"
        self._window.actions_["backup-place"].setText(text)
        self._window.status.show_copy(warning)

    @Slot()
    def _begin(self) -> None:
        self._busy = False
        self._soon.start()
        self._clock.start()

    @Slot()
    def _end(self) -> None:
        self._soon.stop()
        self._clock.stop()

    @Slot(object)
    def _looked(self, looked: Looked) -> None:
        self._busy = False
        self.show_age(looked.last)

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, BriefingError):
            raise error
        today = dt.datetime.now(dt.UTC).date()
        if self._told != today:
            self._told = today
            self._long_work.say(problems.in_words(error), stay=True)

    @Slot()
    def _stopped(self) -> None:
        self._busy = False

    def _warn(self, days: int) -> None:
        """Say once a week that the copy elsewhere is old."""
        today = dt.datetime.now(dt.UTC).date()
        before = self._settings.now.warned_of_copy
        if before and (today - dt.date.fromisoformat(before)).days < OLD:
            return
        self._settings.change(warned_of_copy=today.isoformat())
        said = self.tr(
            "The last copy in the second place is {days} days old. Plug in the disk or connect the "
            "drive: the next copy is made on its own."
        )
        self._long_work.say(said.replace("{days}", str(days)), stay=True)


def look_after(progress: Progress, upkeep: Upkeep, place: Path | None) -> Looked:
    """Make the backup of the day and the copy elsewhere, where they are due; a job."""
    return upkeep.look_after(progress, place)
