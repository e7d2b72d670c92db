"""What there is to say of a file that was read and holds no text of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

if TYPE_CHECKING:
    from briefing_app.importers.base import Imported


def nothing_inside(imported: Imported) -> UnreadableSource:
    """Return that a file could be read and holds nothing to be kept; what was lost says why."""
    if imported.warnings:
        first = imported.warnings[0]
        return UnreadableSource(first.message, **dict(first.values))
    return UnreadableSource(QT_TRANSLATE_NOOP("errors", "Nothing is in it that could be read."))
