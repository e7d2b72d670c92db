"""Export a brief: where to, then a job, then where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from briefing_app.errors import BriefingError
from briefing_app.gui import problems
from briefing_app.gui.folders import folder_to_begin
from briefing_app.gui.preview.controller import content_of, options_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.content import Content
    from briefing_app.domain.moment import Moment
    from briefing_app.errors import Remark
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.progress import Progress
    from briefing_app.services.exporting import Exporting, Options
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings

UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')  # what no file name of the three systems may hold
LONGEST = 80  # characters of a title in a file name


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written."""

    path: Path
    pages: int
    warnings: tuple[Remark, ...]


class ExportController(QObject):
    """Asks where to, writes the file in a job, and says where it is."""

    exported = Signal(object)  # Exported
    failed = Signal(object)  # an error, for the user

    def __init__(
        self,
        window: QWidget,
        services: Services,
        runner: JobRunner,
        settings: Settings,
        today: Callable[[], Moment],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._runner = runner
        self._settings = settings
        self._today = today

    def export(self, brief_id: str, suffix: str = ".pdf") -> None:
        """Ask for a file and export the brief to it; the dialog asks before it replaces one."""
        title = self._services.desk.brief(brief_id).title
        dialog = self.dialog(title, suffix)
        dialog.accepted.connect(lambda: self.export_to(brief_id, Path(dialog.selectedFiles()[0])))
        dialog.open()

    def dialog(self, title: str, suffix: str) -> QFileDialog:
        """Return the dialog: the last folder, a name made of the title and the date."""
        dialog = QFileDialog(self._window, self.tr("Export the brief"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        formats = self._services.exporting.formats()
        filters = {f"{label} (*{ending})": ending for label, ending in formats}
        dialog.setNameFilters(list(filters))
        dialog.selectNameFilter(next(each for each, ending in filters.items() if ending == suffix))
        dialog.setDefaultSuffix(suffix)
        dialog.setDirectory(str(folder_to_begin(self._settings.now.export_folder)))
        name = f"{file_name(title)} {self._today().date.isoformat()}"
        dialog.selectFile(name + suffix)

        def chosen(words: str) -> None:
            dialog.setDefaultSuffix(filters[words])
            at = Path(dialog.selectedFiles()[0]) if dialog.selectedFiles() else Path(name)
            known = at.suffix in filters.values()
            dialog.selectFile((at.stem if known else at.name) + filters[words])

        dialog.filterSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def export_to(self, brief_id: str, path: Path) -> None:
        """Export the brief to a file; the ending says the form. An existing file is replaced."""
        self._settings.change(export_folder=str(path.parent))
        try:
            brief = self._services.desk.brief(brief_id)
            content = content_of(self._services, brief, self._today)
        except BriefingError as error:
            self.failed.emit(error)
            return
        job = self._runner.job(write, self._services.exporting, content, options_of(brief), path)
        job.finished.connect(self._on_written)
        job.failed.connect(self.failed)
        job.start()

    @Slot(object)
    def _on_written(self, done: Exported) -> None:
        from briefing_app.gui.dialogs.exported import ExportedDialog  # noqa: PLC0415 (loaded when it is asked for)

        self.exported.emit(done)
        warnings = problems.in_sentences(done.warnings)
        dialog = ExportedDialog(done.path, done.pages, warnings, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def write(
    progress: Progress, exporting: Exporting, content: Content, options: Options, path: Path
) -> Exported:
    """Make the file and put it on the disk, whole or not at all; a job. Raises: ExportFailure."""
    rendered = exporting.render(content, path.suffix, options, progress)
    exporting.write_file(path, rendered.data)
    return Exported(path, rendered.pages, rendered.warnings)


def file_name(title: str) -> str:
    """Return a title as a file name that every system takes."""
    name = UNFIT.sub(" ", title)
    return " ".join(name.split())[:LONGEST].strip(" .") or "Brief"
