"""What went wrong, in a file on this computer: warnings, faults, and where a crash struck."""

from __future__ import annotations

import faulthandler
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 500_000  # bytes after which a new file is begun; the one before it is kept

_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def keep(file: Path) -> logging.Handler | None:
    """Write warnings and faults to a file from now on; None (and no log) if it cannot be made."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LARGEST:
            file.replace(file.with_suffix(".before.log"))
        handler = logging.FileHandler(file, encoding="utf-8")
    except OSError as error:
        logging.getLogger(__name__).warning("no log is kept in %s: %s", file, error)
        return None
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(_LINE))
    logging.getLogger().addHandler(handler)
    if handler.stream is not None:  # not delayed, so it is there
        faulthandler.enable(handler.stream)  # a crash in native code leaves its traces there
    return handler
