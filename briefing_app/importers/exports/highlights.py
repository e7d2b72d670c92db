"""Passages that were marked in another program, where its export has the whole text beside them."""

from __future__ import annotations

from briefing_app.errors import QT_TRANSLATE_NOOP, Remark


def left(count: int) -> tuple[Remark, ...]:
    """Return the warning that so many passages did not come along, or none."""
    if not count:
        return ()
    said = QT_TRANSLATE_NOOP(
        "errors", "Passages marked in the other program that did not come along: {count}."
    )
    return (Remark(said, (("count", str(count)),)),)
