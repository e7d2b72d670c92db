"""Versions and originals of an article in the window, and the corrections of what an import said."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, NotFound, Refused
from briefing_app.gui.folders import folder_to_begin
from briefing_app.services import originals

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.gui.dialogs.encoding import EncodingDialog
    from briefing_app.gui.dialogs.versions import VersionsDialog
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.longwork import LongWork
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.progress import Progress
    from briefing_app.services.suite import Services
    from briefing_app.services.versions import Correction, VersionRow
    from briefing_app.settings import Settings

Original = tuple[str, str, bytes]  # title, suffix, bytes


class VersionsController(QObject):
    """Reads in jobs, and makes a correction when it is ready."""

    version_wanted = Signal(str, str)  # article, version; empty for the current one
    corrected = Signal(str)  # the article to show
    failed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        runner: JobRunner,
        work: LongWork,
        settings: Settings,
        *,
        flush: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._runner = runner
        self._work = work
        self._settings = settings
        self._flush = flush
        self._article = ""
        self._open = open_outside
        self._temporary = Temporary()
        self.dialog: VersionsDialog | None = None
        self.encodings: EncodingDialog | None = None

    def close(self) -> None:
        """Take away the copies that were made to be looked at."""
        self._temporary.clear()

    def show_versions(self, article_id: str) -> None:
        """Open the list of an article's versions."""
        from briefing_app.gui.dialogs.versions import VersionsDialog  # noqa: PLC0415 (loaded when it is asked for)

        try:
            title = self._services.articles.article(article_id).title
        except BriefingError as error:
            self.failed.emit(error)
            return
        self._article = article_id
        writable = self._services.read_only is None
        self.dialog = VersionsDialog(title, self._window, writable=writable)
        self.dialog.read_wanted.connect(self._read)
        self.dialog.open_wanted.connect(self._open_version)
        self.dialog.save_wanted.connect(self._save_version)
        self.dialog.split_wanted.connect(self._split)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()
        self._start(read_versions, self._show, self._services, article_id)

    def open_original(self, article_id: str, version_id: str = "") -> None:
        """Let the system's own program show an original, where that runs nothing."""
        self._start(read_original, self._show_original, self._services, article_id, version_id)

    def save_original(self, article_id: str, version_id: str = "") -> None:
        """Ask where to, and write the original byte for byte."""
        self._start(read_original, self._ask_where, self._services, article_id, version_id)

    def read_again(self, article_id: str) -> None:
        """Ask in which encoding an original is to be read again; some of its text is shown in each."""
        self._flush()
        self._article = article_id
        self._start(read_sample, self._ask_encoding, self._services, article_id)

    def split(self, article_id: str, version_id: str = "") -> None:
        """Make a version, the current one by default, an article of its own."""
        self._flush()
        work = partial(
            prepare_split, services=self._services, article_id=article_id, version_id=version_id
        )
        self._work.begin(self.tr("Parting the versions"), work, self._make, self._tell)

    def join(self, ids: tuple[str, ...]) -> None:
        """Make one article of several; the first stays."""
        self._flush()
        work = partial(prepare_join, services=self._services, ids=ids)
        self._work.begin(self.tr("Joining the articles"), work, self._make, self._tell)

    def _start(self, read: Callable[..., object], show: Callable[..., None], *args: object) -> None:
        job = self._runner.job(read, *args)
        job.finished.connect(show)
        job.failed.connect(self.failed)
        job.start()

    def _tell(self, error: Exception) -> None:
        self.failed.emit(error)

    def _make(self, correction: Correction) -> None:
        try:
            self._services.versions.make(correction)
        except BriefingError as error:
            self.failed.emit(error)
            return
        self.corrected.emit(correction.article)

    @Slot(object)
    def _ask_encoding(self, sample: bytes) -> None:
        from briefing_app.gui.dialogs.encoding import EncodingDialog  # noqa: PLC0415 (loaded when it is asked for)

        self.encodings = EncodingDialog(sample, self._window)
        self.encodings.chosen.connect(self._read_as)
        self.encodings.finished.connect(self.encodings.deleteLater)
        self.encodings.open()

    @Slot(str)
    def _read_as(self, encoding: str) -> None:
        article = self._article
        work = partial(read_in, services=self._services, article_id=article, encoding=encoding)
        self._work.begin(self.tr("Reading again"), work, self._was_read, self._tell)

    def _was_read(self, article_id: str) -> None:
        self._services.history.refresh()
        self.corrected.emit(article_id)

    @Slot(object)
    def _show(self, rows: tuple[VersionRow, ...]) -> None:
        if self.dialog is not None:
            self.dialog.show_rows(rows)

    @Slot(object)
    def _show_original(self, original: Original) -> None:
        title, suffix, data = original
        if not originals.may_be_opened(suffix, data):
            self.failed.emit(
                Refused(
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "An original of this kind is not opened from here: it could run something or "
                        "fetch something.",
                    ),
                    hint=QT_TRANSLATE_NOOP("errors", "Save it with “Save original as…” instead."),
                )
            )
            return
        self._open(self._temporary.keep(originals.file_name(title, suffix), data))

    @Slot(object)
    def _ask_where(self, original: Original) -> None:
        title, suffix, data = original
        dialog = QFileDialog(self._window, self.tr("Save the original"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(folder_to_begin(self._settings.now.export_folder)))
        dialog.selectFile(originals.file_name(title, suffix))
        dialog.fileSelected.connect(partial(self.save_to, data))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, data: bytes, name: str) -> None:
        """Write an original to a file."""
        try:
            self._services.exporting.write_file(Path(name), data)
        except BriefingError as error:
            self.failed.emit(error)

    @Slot(str)
    def _read(self, version_id: str) -> None:
        if self.dialog is not None:
            row = self.dialog.chosen()
            self.dialog.accept()
            current = row is not None and row.current
            self.version_wanted.emit(self._article, "" if current else version_id)

    @Slot(str)
    def _open_version(self, version_id: str) -> None:
        self.open_original(self._article, version_id)

    @Slot(str)
    def _save_version(self, version_id: str) -> None:
        self.save_original(self._article, version_id)

    @Slot(str)
    def _split(self, version_id: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()
            self.split(self._article, version_id)

    @Slot(int)
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None


class Temporary:
    """Copies of originals for other programs to show; they go when the library is let go."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def keep(self, name: str, data: bytes) -> Path:
        """Write a copy that its reader cannot mistake for the original: it is read-only."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="briefing-desk-"))
        place = Path(tempfile.mkdtemp(dir=self._folder))
        file = place / name
        file.write_bytes(data)
        file.chmod(0o400)
        return file

    def clear(self) -> None:
        """Take all copies away; one that another program holds stays to the system."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=os.name == "nt")
            self._folder = None


def open_outside(file: Path) -> None:
    """Let the system's own program show a file."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def read_versions(
    progress: Progress, services: Services, article_id: str
) -> tuple[VersionRow, ...]:
    """Read the versions; a job, so nothing here touches a widget."""
    services.history.wait()
    progress.check()
    return services.versions.of(article_id)


def read_original(
    progress: Progress, services: Services, article_id: str, version_id: str
) -> Original:
    """Read an original with its title and the ending that it gets; a job. Raises: NotFound."""
    services.history.wait()
    progress.check()
    title = services.versions.title(article_id)
    row = next(
        row
        for row in services.versions.of(article_id)
        if row.id == version_id or (row.current and not version_id)
    )
    data = services.articles.original(row.original) if row.original else None
    if data is None:
        raise NotFound(
            QT_TRANSLATE_NOOP("errors", "The original of “{title}” is not there any more."),
            title=title,
        )
    return title, originals.suffix_of(row.media_type, data), data


def read_sample(progress: Progress, services: Services, article_id: str) -> bytes:
    """Read some bytes of an original; a job. Raises: NotFound, Refused."""
    services.history.wait()
    progress.check()
    return services.rereading.sample(article_id)


def read_in(progress: Progress, services: Services, article_id: str, encoding: str) -> str:
    """Read an original again and return its article; a job. Raises: Refused, UnreadableSource."""
    services.rereading.read_again(article_id, encoding, progress)
    return article_id


def prepare_split(
    progress: Progress, services: Services, article_id: str, version_id: str
) -> Correction:
    """Get a split ready; a job. Raises: NotFound, Refused."""
    services.history.wait()
    return services.versions.split(article_id, version_id, progress)


def prepare_join(progress: Progress, services: Services, ids: tuple[str, ...]) -> Correction:
    """Get a join ready; a job. Raises: NotFound, Refused."""
    services.history.wait()
    return services.versions.join(ids[0], ids[1:], progress)
