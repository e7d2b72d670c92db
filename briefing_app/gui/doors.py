"""The ways into another library: a new one, one that is there, one of those opened last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMenu

from briefing_app.errors import QT_TRANSLATE_NOOP, Refused
from briefing_app.gui import problems
from briefing_app.gui.folders import folder_to_begin
from briefing_app.paths import SUFFIX, default_library, library_name

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from briefing_app.gui.main_window import MainWindow
    from briefing_app.settings import Settings


class Doors(QObject):
    """Asks which library; it works without one, too."""

    asked = Signal(object, bool)  # the folder, and whether it is to be made

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._here: Path | None = None
        actions = window.actions_
        actions["new-library"].triggered.connect(self.new)
        actions["open-library"].triggered.connect(self.open)
        self.menu = QMenu(self.tr("Open recent"), window)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill)
        self.menu.triggered.connect(self._picked)
        actions["recent-library"].setMenu(self.menu)
        actions["recent-library"].triggered.connect(self._show)  # from the box that runs commands

    def stand_in(self, folder: Path | None) -> None:
        """Offer every other library but the one that is open."""
        self._here = folder

    @Slot()
    def new(self) -> None:
        """Ask for a name and a place, and make a library there."""
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("New library"),
            str(self._beginning() / self.tr("My library")),
            self.tr("Libraries ({pattern})").replace("{pattern}", f"*{SUFFIX}"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # nothing is ever overwritten
        )
        if name:
            self.make(Path(name))

    def make(self, folder: Path) -> None:
        """Ask for a new library in a folder; its name gets the ending of libraries."""
        folder = with_ending(folder)
        if folder.exists() and not is_empty(folder):
            problems.tell(
                self._window,
                Refused(
                    QT_TRANSLATE_NOOP("errors", "“{folder}” is there already."),
                    hint=QT_TRANSLATE_NOOP(
                        "errors", "Choose another name, or open it with “Open library”."
                    ),
                    folder=folder,
                ),
            )
            return
        self.asked.emit(folder, True)

    @Slot()
    def open(self) -> None:
        """Ask for a folder and open the library in it."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Open library"), str(self._beginning())
        )
        if name:
            self.asked.emit(Path(name), False)

    def _beginning(self) -> Path:
        """Return where the libraries lie that were opened last, else the user's documents."""
        recent = self._settings.now.recent
        own = str(default_library())
        last = next((name for name in recent if name != own), "")
        return folder_to_begin(str(Path(last).parent) if last else "")

    @Slot()
    def _show(self) -> None:
        self.menu.popup(self._window.toolbar.mapToGlobal(self._window.toolbar.rect().bottomLeft()))

    @Slot()
    def _fill(self) -> None:
        """List the libraries by name; two of one name are told apart by their folders."""
        self.menu.clear()
        recent = [Path(name) for name in self._settings.now.recent if Path(name) != self._here]
        names = [library_name(folder) for folder in recent]
        for folder, name in zip(recent, names, strict=True):
            words = f"{name}  ({folder.parent})" if names.count(name) > 1 else name
            action = self.menu.addAction(words.replace("&", "&&"))
            action.setToolTip(str(folder))
            action.setData(str(folder))
        own = default_library()
        if own not in (self._here, *recent):
            action = self.menu.addAction(self.tr("Your own library"))
            action.setToolTip(str(own))
            action.setData(str(own))
        self.menu.addSeparator()
        forget = self.menu.addAction(self.tr("Forget these"))
        forget.setEnabled(bool(recent))

    @Slot(object)
    def _picked(self, action: QAction) -> None:
        folder = action.data()
        if folder is None:
            self._settings.change(recent=())
        else:
            self.asked.emit(Path(folder), Path(folder) == default_library())


def with_ending(folder: Path) -> Path:
    """Return the folder of a library whose name was typed."""
    return folder if folder.name.endswith(SUFFIX) else folder.with_name(folder.name + SUFFIX)


def is_empty(folder: Path) -> bool:
    """Tell whether there is a folder with nothing in it."""
    return folder.is_dir() and next(folder.iterdir(), None) is None
