"""A mail in a file of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import guard
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.mail.headers import read_headers
from briefing_app.importers.mail.message import read_letter

if TYPE_CHECKING:
    from briefing_app.errors import Remark
    from briefing_app.progress import Progress

_LABEL = "Mail"
_SUFFIXES = (".eml", ".emlx")
_APPLE = re.compile(rb"\s*\d{1,12}\s*\r?\n")  # how long the mail is, in front of it
_HEAD = 64 * 1024
# One of the first is in every mail; a second one tells it from notes with a colon
_SURE = frozenset(("message-id", "received", "return-path", "delivered-to", "mime-version"))
_LIKELY = frozenset(("from", "to", "date", "subject", "sender", "content-type", "reply-to"))


def looks_like_mail(data: bytes) -> bool:
    """Tell whether bytes begin with the header of a mail."""
    headers, end, _ = read_headers(_mail_of(data[:_HEAD]))
    names = {name for name, _ in headers.fields}
    if end == 0 or not names & (_SURE | {"from", "subject"}):
        return False
    found = len(names & (_SURE | _LIKELY))
    parted = headers.content_type.startswith(("multipart/", "message/"))
    return found >= 3 or (found == 2 and (parted or bool(names & _SURE)))


def _accepts(document: Document) -> bool:
    return looks_like_mail(document.data)


def _read(document: Document, progress: Progress) -> Imported:
    del progress
    if kind := guard.known_binary(document.data):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "This is {kind}, and not a mail."), kind=kind
        )
    read = read_letter(_mail_of(document.data))
    if read.article is None and not read.children:
        raise no_text(read.remarks)
    articles = () if read.article is None else (read.article,)
    return Imported(_LABEL, articles=articles, warnings=read.remarks, children=read.children)


def no_text(remarks: tuple[Remark, ...]) -> UnreadableSource:
    """Return why a mail is no article: what was lost in it, or that there is nothing."""
    if remarks:
        return UnreadableSource(remarks[0].message, **dict(remarks[0].values))
    return UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no text in this mail."))


def _mail_of(data: bytes) -> bytes:
    """Return a mail without what Apple Mail puts around it."""
    length = _APPLE.match(data)
    if not length:
        return data
    return data[length.end() : length.end() + int(length[0])]


IMPORTER = Importer(_LABEL, _SUFFIXES, ("message/rfc822", "message/global"), _accepts, _read)
