"""Backups and their ages, in the words of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from briefing_app.domain.backup import Reason
from briefing_app.errors import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    import datetime as dt

    from briefing_app.domain.backup import Backup, Repaired

_REASONS = {
    Reason.ASKED: QT_TRANSLATE_NOOP("upkeep", "Made by you"),
    Reason.DAILY: QT_TRANSLATE_NOOP("upkeep", "Backup of the day"),
    Reason.UPGRADE: QT_TRANSLATE_NOOP("upkeep", "Before an upgrade"),
    Reason.RESTORE: QT_TRANSLATE_NOOP("upkeep", "Kept aside by a restore"),
    Reason.REPAIR: QT_TRANSLATE_NOOP("upkeep", "Kept aside by a repair"),
    Reason.DELETE: QT_TRANSLATE_NOOP("upkeep", "Before a deletion"),
    Reason.MERGE: QT_TRANSLATE_NOOP("upkeep", "Before an import of a library"),
    Reason.FILE: QT_TRANSLATE_NOOP("upkeep", "A file"),
}
_TEXTS = QT_TRANSLATE_NOOP("upkeep", "1 text"), QT_TRANSLATE_NOOP("upkeep", "%Ln texts")
_ORIGINALS = QT_TRANSLATE_NOOP("upkeep", "1 original"), QT_TRANSLATE_NOOP("upkeep", "%Ln originals")
_ARTICLES = QT_TRANSLATE_NOOP("upkeep", "1 article"), QT_TRANSLATE_NOOP("upkeep", "%Ln articles")
_HIGHLIGHTS = (
    QT_TRANSLATE_NOOP("upkeep", "1 highlight"),
    QT_TRANSLATE_NOOP("upkeep", "%Ln highlights"),
)
_STORIES = QT_TRANSLATE_NOOP("upkeep", "1 story"), QT_TRANSLATE_NOOP("upkeep", "%Ln stories")
_BRIEFS = QT_TRANSLATE_NOOP("upkeep", "1 brief"), QT_TRANSLATE_NOOP("upkeep", "%Ln briefs")


def reason(backup: Backup) -> str:
    """Return why a backup was made."""
    return _tr(_REASONS[backup.reason])


def moment(when: dt.datetime) -> str:
    """Return day and time as the user's own clock and language say them."""
    local = QDateTime.fromSecsSinceEpoch(round(when.timestamp()))
    day = QLocale().toString(local.date(), QLocale.FormatType.LongFormat)
    time = QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)
    return (
        _tr(QT_TRANSLATE_NOOP("upkeep", "{day}, {time}"))
        .replace("{day}", day)
        .replace("{time}", time)
    )


def size(backup: Backup) -> str:
    """Return the size of a backup."""
    return QLocale().formattedDataSize(backup.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def holds(backup: Backup) -> str:
    """Return what a backup holds."""
    if not backup.readable:
        return _tr(QT_TRANSLATE_NOOP("upkeep", "This file cannot be read"))
    return " · ".join(
        (
            _count(backup.articles, *_ARTICLES),
            _count(backup.highlights, *_HIGHLIGHTS),
            _count(backup.stories, *_STORIES),
            _count(backup.briefs, *_BRIEFS),
        )
    )


def compared(texts: int, originals: int) -> str:
    """Return how much a check has compared."""
    return " · ".join((_count(texts, *_TEXTS), _count(originals, *_ORIGINALS)))


def age(days: int) -> str:
    """Return how long ago something was."""
    if days <= 0:
        return _tr(QT_TRANSLATE_NOOP("upkeep", "today"))
    if days == 1:
        return _tr(QT_TRANSLATE_NOOP("upkeep", "yesterday"))
    return _tr(QT_TRANSLATE_NOOP("upkeep", "%n days ago"), days)


def repaired(done: Repaired) -> tuple[str, tuple[str, ...]]:
    """Return what a repair has come to in a line, and the particulars."""
    lines: list[str] = []
    if done.backup is not None and done.lost is not None:
        head = _tr(QT_TRANSLATE_NOOP("upkeep", "Recovered from the backup of {moment}")).replace(
            "{moment}", moment(done.backup.made_at)
        )
        since = moment(done.lost.since) if done.lost.since else ""
        lines += _lost(done.lost.edits, since)
    elif done.aside is not None:
        head = _tr(QT_TRANSLATE_NOOP("upkeep", "The library was made anew; nothing is lost"))
    elif done.left:
        head = _tr(QT_TRANSLATE_NOOP("upkeep", "Repaired, but for what no backup has"))
    else:
        head = _tr(QT_TRANSLATE_NOOP("upkeep", "The library is repaired"))
    lines.append(
        _tr(
            QT_TRANSLATE_NOOP("upkeep", "The search index was made anew (%n entries)."),
            done.indexed,
        )
    )
    if done.aside is not None:
        kept = _tr(QT_TRANSLATE_NOOP("upkeep", "The damaged file is kept: {file}"))
        lines.append(kept.replace("{file}", str(done.aside)))
    return head, tuple(lines)


def _lost(edits: tuple[tuple[dt.datetime, str, str], ...] | None, since: str) -> list[str]:
    if edits is None:
        text = QT_TRANSLATE_NOOP(
            "upkeep", "All edits since {moment} are lost; the damaged file does not tell which."
        )
        return [_tr(text).replace("{moment}", since)]
    if not edits:
        return [_tr(QT_TRANSLATE_NOOP("upkeep", "No edit is lost."))]
    head = _tr(QT_TRANSLATE_NOOP("upkeep", "Edits since {moment} are lost (%n):"), len(edits))
    named = [
        f"{moment(at)}  {subject or action.replace('-', ' ')}" for at, action, subject in edits
    ]
    return [head.replace("{moment}", since), *named]


def _count(count: int, one: str, many: str) -> str:
    return _tr(one) if count == 1 else _tr(many, count)


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("upkeep", text, "", count)
