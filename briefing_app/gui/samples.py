"""The samples: the story that ships with the program as a brief, and an article that it rests on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from briefing_app.assets import resource, seed
from briefing_app.services.sampling import read_sample

if TYPE_CHECKING:
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.progress import Progress
    from briefing_app.services.sampling import Sampled, Sampling
    from briefing_app.services.suite import Services

NAME = "abu-dhabi-talks"
BREATH = 20  # milliseconds between brief and article: in one turn they hold the window for 0.1 s


class Samples(QObject):
    """Adds the samples; undo takes them back like everything else."""

    added = Signal(str, str)  # brief, article
    failed = Signal(object)

    def __init__(self, services: Services, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner

    def add_at_first_use(self) -> None:
        """Add the samples to a library in which nothing was ever done."""
        services = self._services
        untouched = not (
            services.read_only
            or services.articles.counts().all
            or services.desk.briefs()
            or services.history.next_undo
            or services.history.next_redo
        )
        if untouched:
            self.add()

    @Slot()
    def add(self) -> None:
        """Add the samples, and tell when they are there."""
        job = self._runner.job(add_samples, self._services.sampling, self.tr("Sample brief"))
        job.finished.connect(self._added)
        job.failed.connect(self.failed)
        job.start()

    @Slot(object)
    def _added(self, sampled: Sampled) -> None:
        self._services.history.refresh()  # which shows the brief
        tell = partial(self.added.emit, sampled.brief, sampled.article)
        QTimer.singleShot(BREATH, self, tell)


def add_samples(progress: Progress, sampling: Sampling, title: str) -> Sampled:
    """Add the samples; a job, so nothing here touches a widget."""
    (story,) = sorted(seed().glob("*.txt"))
    article, sources = (resource("samples", f"{NAME}.{kind}") for kind in ("md", "toml"))
    return sampling.add(read_sample(story, article, sources), title, progress)
