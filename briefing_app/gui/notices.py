"""What the window says of the library as a whole: read-only, kept in a cloud, short of room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Slot

from briefing_app.gui import problems

if TYPE_CHECKING:
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.about import About
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

LITTLE = 500_000_000  # bytes: below this much free room it is said once
LOOK = 60_000  # milliseconds between two looks at the room


class Notices(QObject):
    """Looks at the folder in jobs, since a share may take its time."""

    def __init__(
        self,
        window: MainWindow,
        furniture: Furniture,
        services: Services,
        runner: JobRunner,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._banner = furniture.banner
        self._about = services.about
        self._runner = runner
        self._settings = settings
        self._said = False
        self._banner.put_away.connect(self._put_away)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK)
        self._clock.timeout.connect(self._look)
        if (why := services.read_only) is not None:
            head, words = problems.in_sentences((why.reason, why.hint))
            self._banner.say("lock", head, words)
        else:
            self._clock.start()
            self._start(first=True)

    def close(self) -> None:
        """Say nothing more."""
        self._clock.stop()
        self._banner.hide()

    @Slot()
    def _look(self) -> None:
        self._start(first=False)

    def _start(self, *, first: bool) -> None:
        job = self._runner.job(look, self._about, first)
        job.finished.connect(self._seen)
        job.failed.connect(self._unseen)
        job.start()

    @Slot(object)
    def _seen(self, seen: tuple[int, str]) -> None:
        room, cloud = seen
        if cloud and str(self._about.folder) not in self._settings.now.warned_of_cloud:
            self._warn_of_cloud(cloud)
        if room >= LITTLE:
            self._said = False
            self._window.status.show_room("")
        elif not self._said:
            self._said = True
            free = QLocale().formattedDataSize(room, 0, QLocale.DataSizeFormat.DataSizeSIFormat)
            words = self.tr("Only {size} free where the library lies")
            self._window.status.show_room(words.replace("{size}", free))

    @Slot(Exception)
    def _unseen(self, error: Exception) -> None:
        """Leave it to the keeper: a folder that is gone is told there."""

    def _warn_of_cloud(self, service: str) -> None:
        head = self.tr("This library lies in a folder that {service} keeps in step.")
        words = self.tr(
            "{service} copies files while they are being written: edits can be lost, and two computers "
            "can end with two versions. Keep the library elsewhere, and let {service} have its backups."
        )
        self._banner.say(
            "cloud",
            head.replace("{service}", service),
            words.replace("{service}", service),
            self.tr("Understood"),
            warns=True,
        )

    @Slot()
    def _put_away(self) -> None:
        self._banner.hide()
        warned = (*self._settings.now.warned_of_cloud, str(self._about.folder))
        self._settings.change(warned_of_cloud=warned)
        self._settings.save()


def look(progress: Progress, about: About, first: bool) -> tuple[int, str]:
    """Return the room that is left and, the first time, the cloud that keeps the folder; a job."""
    progress.check()
    return about.room(), about.cloud() if first else ""
