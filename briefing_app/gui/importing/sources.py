"""Where articles come from beside files: the web, feeds, and a folder that is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from briefing_app.gui import problems
from briefing_app.gui.importing.incoming import FromFeeds, FromWeb
from briefing_app.gui.importing.watch import WatchController

if TYPE_CHECKING:
    from briefing_app.gui.importing.controller import ImportController
    from briefing_app.gui.importing.incoming import What
    from briefing_app.gui.jobs import JobRunner
    from briefing_app.gui.main_window import MainWindow
    from briefing_app.services.suite import Services
    from briefing_app.settings import Settings


class Sources(QObject):
    """Asks for addresses; nothing is fetched unless the user pressed a button for it."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        runner: JobRunner,
        imports: ImportController,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._services = services
        self._imports = imports
        self._settings = settings
        self._given: tuple[str, ...] = ()
        self._asking = QTimer(self)  # a drop ends first: whoever let go of it waits for that
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask_given)
        self.watch = WatchController(window, services, runner, imports, settings)
        imports.addresses_given.connect(self._addresses_given)
        imports.began.connect(self._began)
        imports.ended.connect(self._ended)
        for name, do in (
            ("web", self.ask),
            ("refresh", self.refresh),
            ("feeds", self.show_feeds),
            ("watch", self.watch.ask),
        ):
            window.actions_[name].triggered.connect(do)

    def begin(self) -> None:
        """Take up the watch of the folder; nothing else begins by itself."""
        self.watch.begin()

    def close(self) -> None:
        """Look no more."""
        self._asking.stop()
        self._window.status.show_fetching(fetching=False)
        self.watch.close()

    @Slot()
    def ask(self) -> None:
        """Ask for addresses, and fetch what is there."""
        self._ask(())

    @Slot()
    def refresh(self) -> None:
        """Ask all feeds for what is new."""
        if self._services.feeds.all():
            self._imports.queue(FromFeeds(self._settings.now.private_addresses))
        else:
            self._imports.say(
                self.tr("No feed is followed yet. Import one from the web: it is followed then.")
            )

    @Slot()
    def show_feeds(self) -> None:
        """Show the feeds; one can be forgotten, and all can be asked."""
        from briefing_app.gui.dialogs.feeds import FeedsDialog  # noqa: PLC0415 (loaded when it is asked for)

        writable = self._services.read_only is None
        dialog = FeedsDialog(self._services.feeds, self._window, writable=writable)
        dialog.failed.connect(self._failed)
        if dialog.exec() == FeedsDialog.DialogCode.Accepted:
            self.refresh()
        dialog.deleteLater()

    @Slot(tuple)
    def _addresses_given(self, addresses: tuple[str, ...]) -> None:
        self._given = addresses
        self._asking.start(0)

    @Slot()
    def _ask_given(self) -> None:
        self._ask(self._given)

    def _ask(self, addresses: tuple[str, ...]) -> None:
        from briefing_app.gui.dialogs.fromweb import FromWebDialog  # noqa: PLC0415 (loaded when it is asked for)

        dialog = FromWebDialog(addresses, self._window)
        if dialog.exec() == FromWebDialog.DialogCode.Accepted:
            self._imports.queue(FromWeb(dialog.addresses(), self._settings.now.private_addresses))
        dialog.deleteLater()

    @Slot(object)
    def _began(self, what: What) -> None:
        self._window.status.show_fetching(isinstance(what, FromWeb | FromFeeds))

    @Slot(object, bool)
    def _ended(self, what: What, _tried: bool) -> None:
        if isinstance(what, FromWeb | FromFeeds):
            self._window.status.show_fetching(fetching=False)

    @Slot(Exception)
    def _failed(self, error: Exception) -> None:
        problems.tell(self._window, error)
