"""What a bundle and what comes of it are called in the window."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.services.bundling import Clash, Received, Verdict

if TYPE_CHECKING:
    from briefing_app.services.bundling import Line

SHORT = 160  # characters of a text that is told beside others

_KINDS = {
    Entity.ARTICLE: QT_TRANSLATE_NOOP("bundles", "Article"),
    Entity.ANNOTATION: QT_TRANSLATE_NOOP("bundles", "Passage"),
    Entity.STORY: QT_TRANSLATE_NOOP("bundles", "Story"),
    Entity.BRIEF: QT_TRANSLATE_NOOP("bundles", "Brief"),
    Entity.COLLECTION: QT_TRANSLATE_NOOP("bundles", "Collection"),
    Entity.SEARCH: QT_TRANSLATE_NOOP("bundles", "Saved search"),
}
MANY = {
    Entity.BRIEF: QT_TRANSLATE_NOOP("bundles", "Briefs"),
    Entity.STORY: QT_TRANSLATE_NOOP("bundles", "Stories"),
    Entity.ARTICLE: QT_TRANSLATE_NOOP("bundles", "Articles"),
    Entity.ANNOTATION: QT_TRANSLATE_NOOP("bundles", "Passages"),
    Entity.COLLECTION: QT_TRANSLATE_NOOP("bundles", "Collections"),
    Entity.SEARCH: QT_TRANSLATE_NOOP("bundles", "Saved searches"),
}
VERDICTS = {
    Verdict.NEW: QT_TRANSLATE_NOOP("bundles", "New"),
    Verdict.NEWER: QT_TRANSLATE_NOOP("bundles", "Newer in the bundle"),
    Verdict.CONFLICT: QT_TRANSLATE_NOOP("bundles", "Edited on both sides"),
    Verdict.OLDER: QT_TRANSLATE_NOOP("bundles", "Newer here: stays"),
    Verdict.TRASHED: QT_TRANSLATE_NOOP("bundles", "Deleted here: stays in the trash"),
    Verdict.SAME: QT_TRANSLATE_NOOP("bundles", "The same"),
}
ICONS = {
    Verdict.NEW: ("plus", "ok"),
    Verdict.NEWER: ("circle-check", "ok"),
    Verdict.CONFLICT: ("triangle-alert", "warn"),
    Verdict.OLDER: ("info", "muted"),
    Verdict.TRASHED: ("trash-2", "muted"),
    Verdict.SAME: ("check", "muted"),
}
_FIELDS = {
    "text": QT_TRANSLATE_NOOP("bundles", "Text"),
    "headline": QT_TRANSLATE_NOOP("bundles", "Headline"),
    "title": QT_TRANSLATE_NOOP("bundles", "Title"),
    "comment": QT_TRANSLATE_NOOP("bundles", "Comment"),
    "date": QT_TRANSLATE_NOOP("bundles", "Date"),
    "as_of": QT_TRANSLATE_NOOP("bundles", "As of"),
    "name": QT_TRANSLATE_NOOP("bundles", "Name"),
    "query": QT_TRANSLATE_NOOP("bundles", "Search"),
}


def said(words: str) -> str:
    """Return words of this module in the language of the window."""
    return QCoreApplication.translate("bundles", words)


def head_of(line: Line) -> str:
    """Return what a thing is and what becomes of it."""
    return f"{said(_KINDS[line.kind])}: {said(VERDICTS[line.verdict])}"


def clash_of(clash: Clash) -> str:
    """Return which two values a field has, and where each is."""
    if not clash.field:
        return said(
            QT_TRANSLATE_NOOP("bundles", "A part was taken out there and edited here: it stays.")
        )
    field = said(_FIELDS.get(clash.field, clash.field))
    if clash.other is None:
        words = QT_TRANSLATE_NOOP("bundles", "{field}: both are kept, one after the other.")
        return said(words).replace("{field}", field)
    words = (
        QT_TRANSLATE_NOOP("bundles", "{field}: now “{kept}”; beside it: “{other}”")
        if clash.field == "text"
        else QT_TRANSLATE_NOOP("bundles", "{field}: now “{kept}”; in the history: “{other}”")
    )
    filled = said(words).replace("{field}", field).replace("{kept}", _short(clash.kept))
    return filled.replace("{other}", _short(clash.other))


def summary(received: Received) -> str:
    """Return how many things are new, newer and so on, in a line."""
    parts = [
        f"{said(words)}: {number:,}"
        for verdict, words in VERDICTS.items()
        if (number := received.count(verdict))
    ]
    return " · ".join(parts)


def _short(value: object) -> str:
    if isinstance(value, dict) and value.get("date"):
        return str(value["date"])
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"
