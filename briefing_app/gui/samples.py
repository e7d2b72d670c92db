"""The samples: the story that ships with the program as a brief, and an article to try it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from briefing_app.assets import resource, seed
from briefing_app.domain import storytext
from briefing_app.domain.change import Action
from briefing_app.errors import BriefingError
from briefing_app.services.importing import documents_of

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.gui.jobs import JobRunner
    from briefing_app.progress import Progress
    from briefing_app.services.importing import Importing, Outcome
    from briefing_app.services.suite import Services


class Samples(QObject):
    """Adds the samples; undo takes them back like everything else."""

    added = Signal(str, str)  # brief, article
    failed = Signal(object)

    def __init__(self, services: Services, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._brief = ""

    def add_at_first_use(self) -> None:
        """Add the samples to a library in which nothing was ever done."""
        services = self._services
        untouched = not (
            services.articles.counts().all
            or services.desk.briefs()
            or services.history.next_undo
            or services.history.next_redo
        )
        if untouched:
            self.add()

    @Slot()
    def add(self) -> None:
        """Add the samples, and tell when they are there."""
        stories = tuple(
            story
            for path in sorted(seed().glob("*.txt"))
            for story in storytext.read(path.read_bytes())
        )
        try:
            brief = self._services.desk.add_stories(
                None, stories, self.tr("Sample brief"), action=Action.ADD_SAMPLES
            )
        except BriefingError as error:
            self.failed.emit(error)
            return
        self._brief = brief.id
        paths = tuple(sorted(resource("samples").glob("*.md")))
        job = self._runner.job(import_samples, self._services.importing, paths)
        job.finished.connect(self._imported)
        job.failed.connect(self.failed)
        job.start()

    @Slot(object)
    def _imported(self, outcomes: tuple[Outcome, ...]) -> None:
        article = next((one.article for one in outcomes if one.article), "")
        self._services.history.refresh()
        self.added.emit(self._brief, article)


def import_samples(
    progress: Progress, importing: Importing, paths: tuple[Path, ...]
) -> tuple[Outcome, ...]:
    """Import the sample articles; a job, so nothing here touches a widget."""
    return importing.bring_in(documents_of(paths), progress)
