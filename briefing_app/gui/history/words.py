"""The words of a history: what was done, when, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from briefing_app.domain.change import Origin
from briefing_app.gui import undowords

if TYPE_CHECKING:
    import datetime as dt

    from briefing_app.services.revisions import Revision


def done(revision: Revision) -> str:
    """Return what was done, e.g. "Add key point", "Undo: typing"."""
    step = undowords.name((revision.action, ""))
    match revision.way:
        case "undo":
            return words("Undo: {0}").replace("{0}", step)
        case "redo":
            return words("Redo: {0}").replace("{0}", step)
        case _:
            return step[:1].upper() + step[1:]


def who(revision: Revision) -> str:
    """Return by whom, where that is not this window; else an empty text."""
    parts = []
    if revision.origin is not Origin.WINDOW:
        parts.append(words("by a command"))
    if not revision.here:
        parts.append(words("on another computer"))
    return ", ".join(parts)


def time(at: dt.datetime) -> str:
    """Return the time of day as this computer writes it."""
    here = at.astimezone()
    return QLocale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)


def day(at: dt.datetime, now: dt.datetime) -> str:
    """Return the day: Today, Yesterday, or its date."""
    here, today = at.astimezone().date(), now.astimezone().date()
    if here == today:
        return words("Today")
    if (today - here).days == 1:
        return words("Yesterday")
    form = "dddd, d MMMM" if here.year == today.year else "d MMMM yyyy"
    return QLocale().toString(QDate(here.year, here.month, here.day), form)


def words(text: str, n: int = -1) -> str:
    """Return a sentence of the history in the window's language; `n` fills ``%n``."""
    return QCoreApplication.translate("History", text, "", n)
