"""Where a file dialog begins."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def folder_to_begin(last: str) -> Path:
    """Return the folder used last, else the user's documents, else the home folder.

    Without one Qt would begin where the program was started: for a double click that is anywhere.
    """
    if last and Path(last).is_dir():
        return Path(last)
    where = QStandardPaths.StandardLocation.DocumentsLocation
    documents = Path(QStandardPaths.writableLocation(where))
    return documents if documents.is_dir() else Path.home()
