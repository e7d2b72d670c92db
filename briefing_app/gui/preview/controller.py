"""Keeps the preview in step with the brief: the pages are made in a job, after each edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from briefing_app.domain.change import Action
from briefing_app.errors import BriefingError
from briefing_app.gui import problems
from briefing_app.services.exporting import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.brief import Brief
    from briefing_app.domain.content import Content
    from briefing_app.domain.moment import Moment
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.preview.pane import PreviewPane
    from briefing_app.progress import Progress
    from briefing_app.services.exporting import Exporting, Rendered
    from briefing_app.services.news import Changed
    from briefing_app.services.suite import Services

QUIET_MS = 30  # several changes in a row make one preview; with the row's 50 ms still under 150
TYPING_MS = 300  # after the last key: pages are not made between letters, or the letters would wait
TYPED = frozenset({Action.EDIT_STATEMENT, Action.EDIT_HEADLINE})


class PreviewController(QObject):
    """Makes the PDF while somebody looks. One job at a time; what comes meanwhile is made next."""

    made = Signal(object)  # Rendered: the bytes that are shown

    def __init__(
        self,
        services: Services,
        runner: JobRunner,
        today: Callable[[], Moment],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._today = today
        self._brief = ""
        self._panes: list[PreviewPane] = []
        self._rendered: Rendered | None = None
        self._running = False
        self._stale = True
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._make)
        self._stop = services.history.on_changed(self._on_changed)

    def add_pane(self, pane: PreviewPane) -> None:
        """Show the pages in a pane, too: that of the window, or one in a window of its own."""
        self._panes.append(pane)
        pane.shown.connect(self._on_shown)
        pane.destroyed.connect(self._on_destroyed)
        if self._rendered is not None:
            pane.show_pdf(self._rendered.data, problems.in_sentences(self._rendered.warnings))
        self._on_shown(pane.isVisible())

    def remove_pane(self, pane: PreviewPane) -> None:
        """Show nothing more in a pane."""
        if pane in self._panes:
            self._panes.remove(pane)

    def show_brief(self, brief_id: str) -> None:
        """Follow another brief; an empty id is none."""
        if brief_id != self._brief:
            self._brief = brief_id
            self._refresh()

    def close(self) -> None:
        """Listen no more."""
        self._stop()
        self._quiet.stop()
        self._panes.clear()

    # inside

    def _on_changed(self, changed: Changed) -> None:
        if not self._brief:
            return
        if changed.briefs or changed.annotations or changed.articles:
            self._refresh()
        elif changed.stories:
            try:
                held = self._services.desk.brief(self._brief).stories
            except BriefingError:
                return
            if changed.stories.intersection(held):
                self._refresh(typed=changed.action in TYPED)

    @Slot(bool)
    def _on_shown(self, shown: bool) -> None:
        if shown and self._stale:
            self._quiet.start(QUIET_MS)

    @Slot()
    def _on_destroyed(self) -> None:
        gone = self.sender()
        self._panes = [pane for pane in self._panes if pane is not gone]

    def _refresh(self, *, typed: bool = False) -> None:
        self._stale = True
        if self._is_watched():
            self._quiet.start(TYPING_MS if typed else QUIET_MS)

    def _is_watched(self) -> bool:
        return any(pane.isVisible() for pane in self._panes)

    def _make(self) -> None:
        if self._running or not self._brief or not self._is_watched():
            return
        try:
            brief = self._services.desk.brief(self._brief)
            content = content_of(self._services, brief, self._today)
        except BriefingError as error:
            self._show_error(error)
            return
        self._running, self._stale = True, False
        for pane in self._panes:
            pane.show_busy()
        job = self._runner.job(render, self._services.exporting, content, ".pdf", options_of(brief))
        job.finished.connect(self._on_made)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        job.start()

    @Slot(object)
    def _on_made(self, rendered: Rendered) -> None:
        self._running = False
        self._rendered = rendered
        for pane in self._panes:
            pane.show_pdf(rendered.data, problems.in_sentences(rendered.warnings))
        self.made.emit(rendered)
        self._go_on()

    @Slot(Exception)
    def _on_failed(self, error: Exception) -> None:
        self._running = False
        self._show_error(error)
        self._go_on()

    @Slot()
    def _on_cancelled(self) -> None:
        self._running = False

    def _go_on(self) -> None:
        if self._stale and self._is_watched() and not self._quiet.isActive():
            self._quiet.start(QUIET_MS)

    def _show_error(self, error: Exception) -> None:
        for pane in self._panes:
            pane.show_error(problems.in_words(error))


def content_of(services: Services, brief: Brief, today: Callable[[], Moment]) -> Content:
    """Return what is printed of a brief: with its own date, or that of today. Raises: NotFound."""
    return services.exporting.content(brief.id, brief.date or today())


def options_of(brief: Brief) -> Options:
    """Return how a brief is printed."""
    return Options(brief.style, brief.page)


def render(
    progress: Progress, exporting: Exporting, content: Content, suffix: str, options: Options
) -> Rendered:
    """Make a file in memory; a job. ReportLab is loaded here, at the first preview."""
    return exporting.render(content, suffix, options, progress)
