"""What an import says of a file that was read: of what is missing, or why nothing of it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource

if TYPE_CHECKING:
    from briefing_app.importers.base import Imported


def remarks_on(imported: Imported) -> tuple[Remark, ...]:
    """Return what the user should know of a file that was read."""
    if not imported.links:
        return imported.warnings
    said = QT_TRANSLATE_NOOP(
        "errors", "Links to pages whose text is not in it, which were not fetched: {count}."
    )
    return (*imported.warnings, Remark(said, (("count", str(len(imported.links))),)))


def nothing_inside(imported: Imported) -> UnreadableSource:
    """Return that a file could be read and holds nothing to be kept; what was lost says why."""
    if imported.links:
        return UnreadableSource(
            QT_TRANSLATE_NOOP(
                "errors", "No text is in it, but links to pages on the web: {count}."
            ),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Nothing is fetched by itself. Save the pages and import those."
            ),
            count=len(imported.links),
        )
    if imported.warnings:
        first = imported.warnings[0]
        return UnreadableSource(first.message, **dict(first.values))
    return UnreadableSource(QT_TRANSLATE_NOOP("errors", "Nothing is in it that could be read."))
