"""Shows what is known of an article and where it came from, and corrects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.article import Article
    from briefing_app.gui.dialogs.details import DetailsDialog
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.services.suite import Services


class Details(QObject):
    """One dialog at a time."""

    failed = Signal(object)

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._article = ""
        self.dialog: DetailsDialog | None = None
        window.actions_["article-details"].triggered.connect(self._show_chosen)

    @Slot(str)
    def show_article(self, article_id: str) -> None:
        """Open the details of an article."""
        from briefing_app.gui.dialogs.details import DetailsDialog  # noqa: PLC0415 (loaded when it is asked for)

        try:
            article = self._services.articles.article(article_id)
        except BriefingError as error:
            self.failed.emit(error)
            return
        self._article = article_id
        writable = self._services.read_only is None
        self.dialog = DetailsDialog(article, self._window, writable=writable)
        self.dialog.saved.connect(self._correct)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    @Slot()
    def _show_chosen(self) -> None:
        self.show_article(self._window.articles.chosen()[0])

    @Slot(object)
    def _correct(self, correction: Callable[[Article], Article]) -> None:
        try:
            self._services.articles.edit(self._article, correction)
        except BriefingError as error:
            self.failed.emit(error)

    @Slot()
    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
