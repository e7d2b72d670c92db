"""What leaves the window: the preview, the exported file, the printed pages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from briefing_app.domain.moment import Moment
from briefing_app.gui.dialogs.export import ExportController
from briefing_app.gui.dialogs.printing import PrintController
from briefing_app.gui.preview.controller import PreviewController
from briefing_app.gui.preview.pane import PreviewWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.services.exporting import Rendered
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings


class Output(QObject):
    """Works on the open brief; `flush` is called first, so that what stands there is what leaves."""

    failed = Signal(object)
    sized = Signal(int)  # pages

    def __init__(
        self,
        window: MainWindow,
        furniture: Furniture,
        services: Services,
        runner: JobRunner,
        settings: Settings,
        *,
        flush: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pages = furniture.pages
        self._flush = flush
        self._brief = ""
        self._apart: PreviewWindow | None = None
        self.preview = PreviewController(services, runner, today, self)
        self.preview.add_pane(furniture.preview)
        self.preview.made.connect(self._made)
        self.exports = ExportController(window, services, runner, settings, today)
        self.prints = PrintController(window, services, runner, furniture.pages, today)
        for part in (self.exports, self.prints):
            part.failed.connect(self.failed)
        furniture.preview.export_requested.connect(self.export)
        furniture.preview.print_requested.connect(self.print_brief)
        furniture.preview.close_requested.connect(self._close_preview)
        furniture.preview.window_requested.connect(self._stand_apart)
        window.actions_["export"].triggered.connect(self.export)
        window.actions_["print"].triggered.connect(self.print_brief)

    @Slot(str)
    def show_brief(self, brief_id: str) -> None:
        """Follow another brief; an empty id is none."""
        self._brief = brief_id
        self.preview.show_brief(brief_id)
        if not brief_id:
            self._close_preview()

    @Slot()
    def export(self) -> None:
        """Export the open brief."""
        if self._brief:
            self._flush()
            self.exports.export(self._brief)

    @Slot()
    def print_brief(self) -> None:
        """Print the open brief."""
        if self._brief:
            self._flush()
            self.prints.print_brief(self._brief)

    def close(self) -> None:
        """Follow nothing more."""
        self.preview.close()
        if self._apart is not None:
            self._apart.close()
        for part in (self.exports, self.prints):  # theirs is the window, as that of their dialogs
            part.deleteLater()

    @Slot(object)
    def _made(self, rendered: Rendered) -> None:
        self.sized.emit(rendered.pages)

    @Slot()
    def _close_preview(self) -> None:
        self._window.actions_["preview"].setChecked(False)

    @Slot()
    def _stand_apart(self) -> None:
        """Show the preview in a window of its own, and the reader again in this one."""
        self._close_preview()
        if self._apart is None:
            self._apart = PreviewWindow(self._pages, self._window)
            self._apart.closed.connect(self._apart_closed)
            self._apart.pane.export_requested.connect(self.export)
            self._apart.pane.print_requested.connect(self.print_brief)
            self.preview.add_pane(self._apart.pane)
        self._apart.show()
        self._apart.raise_()

    @Slot()
    def _apart_closed(self) -> None:
        if self._apart is not None:
            self.preview.remove_pane(self._apart.pane)
            self._apart.deleteLater()
            self._apart = None


def today() -> Moment:
    """Return the day that stands on a brief without a date of its own."""
    return Moment(dt.datetime.now().astimezone().date())
