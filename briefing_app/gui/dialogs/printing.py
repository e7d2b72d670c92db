"""Print a brief through the system's dialog, from the bytes that would be exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, ExportFailure
from briefing_app.gui.preview.controller import content_of, options_of, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrintDialog, QPrinter
    from PySide6.QtWidgets import QWidget

    from briefing_app.domain.moment import Moment
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.pages import Pages, PageSize
    from briefing_app.services.exporting import Rendered
    from briefing_app.services.suite import Services


class PrintController(QObject):
    """Makes the PDF in a job, asks for the printer, and prints in another job."""

    printed = Signal(int)  # pages
    failed = Signal(object)  # an error, for the user

    def __init__(
        self,
        window: QWidget,
        services: Services,
        runner: JobRunner,
        pages: Pages,
        today: Callable[[], Moment],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._runner = runner
        self._pages = pages
        self._today = today
        self._title = ""
        self._document = 0
        self._printer: QPrinter | None = None  # a print dialog does not keep its printer alive
        self._dialog: QPrintDialog | None = None
        pages.opened.connect(self._on_opened)
        pages.failed.connect(self._on_unreadable)

    def print_brief(self, brief_id: str) -> None:
        """Print a brief: the system's dialog opens as soon as its pages are made."""
        try:
            brief = self._services.desk.brief(brief_id)
            content = content_of(self._services, brief, self._today)
        except BriefingError as error:
            self.failed.emit(error)
            return
        self._title = brief.title
        job = self._runner.job(render, self._services.exporting, content, ".pdf", options_of(brief))
        job.finished.connect(self._on_made)
        job.failed.connect(self.failed)
        job.start()

    def print_to(self, printer: QPrinter) -> None:
        """Print the document that was opened last."""
        from briefing_app.gui.printing import print_pages  # noqa: PLC0415 (loaded when it is asked for)

        printer.setDocName(self._title)
        job = self._runner.job(print_pages, self._pages, self._document, printer)
        job.finished.connect(self._on_printed)
        job.failed.connect(self.failed)
        job.start()

    @Slot(object)
    def _on_made(self, rendered: Rendered) -> None:
        if self._document:
            self._pages.forget(self._document)
        self._document = self._pages.open(rendered.data)

    @Slot(int, object)
    def _on_opened(self, document: int, sizes: tuple[PageSize, ...]) -> None:
        # Qt's support for printing is a library of its own
        from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415 (loaded when it is asked for)

        from briefing_app.gui.printing import printer_for  # noqa: PLC0415 (loaded when it is asked for)

        if document != self._document:
            return
        self._printer = printer_for(sizes[0])
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = QPrintDialog(self._printer, self._window)
        self._dialog.setWindowTitle(self.tr("Print {title}").replace("{title}", self._title))
        self._dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        self._dialog.setMinMax(1, len(sizes))
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.accepted.connect(self._on_accepted)
        self._dialog.show()

    @Slot()
    def _on_accepted(self) -> None:
        if self._printer is not None:
            self.print_to(self._printer)

    @Slot(int, str)
    def _on_unreadable(self, document: int, reason: str) -> None:
        if document == self._document:
            self.failed.emit(
                ExportFailure(
                    QT_TRANSLATE_NOOP("errors", "The pages cannot be printed: {reason}"),
                    reason=reason,
                )
            )

    @Slot(object)
    def _on_printed(self, pages: int) -> None:
        self.printed.emit(pages)
