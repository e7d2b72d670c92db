"""One mail as an article, whatever file it came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark
from briefing_app.importers.base import ImportedArticle
from briefing_app.importers.body import Piece, body_of, running
from briefing_app.importers.direction import direction_of
from briefing_app.importers.links import canonical_link, clean_link
from briefing_app.importers.mail.content import content_of, readable_children
from briefing_app.importers.mail.envelope import envelope
from briefing_app.importers.mail.furniture import without_furniture
from briefing_app.importers.mail.parts import take_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.domain.article import Original
    from briefing_app.importers.base import Document
    from briefing_app.importers.body import Draft
    from briefing_app.importers.mail.envelope import Envelope
    from briefing_app.importers.pictures import Album

_LONGEST_TITLE = 80  # code points


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail became; without a text of its own it is no article."""

    article: ImportedArticle | None
    children: tuple[Document, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_letter(data: bytes) -> Letter:
    """Read the bytes of one mail."""
    mail = take_apart(data)
    said = envelope(mail.root.headers)
    content = content_of(mail)
    return letter(said, content.drafts, content.album, content.children, content.remarks)


def letter(
    said: Envelope,
    drafts: Sequence[Draft],
    album: Album,
    children: Sequence[Document],
    remarks: Sequence[Remark],
) -> Letter:
    """Put a mail together from what its header says and what is in it."""
    files = readable_children(children)
    if not any(draft.text and draft.included for draft in drafts):
        if files or not said.title:
            note = QT_TRANSLATE_NOOP("errors", "The mail has no text of its own.")
            return Letter(None, files, (*remarks, Remark(note)) if files else tuple(remarks))
        drafts = [running(BlockKind.PARAGRAPH, [Piece(said.title)]), *drafts]
    tidy, online = without_furniture(drafts, bulk=said.bulk)
    body = body_of(tidy)
    url = clean_link(said.url or online)
    origins = dict(said.origins)
    if url:
        origins.setdefault("url", "link in the mail")
    title = said.title or _first_words(body.included_text())
    origins.setdefault("title", "first words")
    article = ImportedArticle(
        title=title,
        body=body,
        authors=said.authors,
        source=said.source,
        url=url,
        canonical_url=_known_by(said.message_id, url),
        published=said.published,
        language=said.language,
        direction=direction_of(body.included_text(), said.language),
        origins=(*origins.items(), ("direction", "text")),
        message_id=said.message_id,
        pictures=_shown(album, tidy),
    )
    return Letter(article, files, tuple(remarks))


def _known_by(message_id: str, url: str) -> str:
    """Return what tells a mail from others: its own mark, not where an issue of it may be read.

    Source: RFC 2392.
    """
    if message_id:
        return f"mid:{message_id}"
    return canonical_link(url) if url else ""


def _shown(album: Album, drafts: Sequence[Draft]) -> tuple[Original, ...]:
    named = {draft.asset for draft in drafts}
    return tuple(picture for picture in album.pictures() if picture.digest in named)


def _first_words(text: str) -> str:
    words = text.split("\n", 1)[0]
    if len(words) <= _LONGEST_TITLE:
        return words
    return words[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "\u2026"
