"""The article that an office document is: its blocks, its properties, and the title among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers import properties
from briefing_app.importers.base import Document, ImportedArticle, stem
from briefing_app.importers.body import body_of
from briefing_app.importers.direction import direction_of

if TYPE_CHECKING:
    from briefing_app.importers.body import Draft
    from briefing_app.importers.pictures import Album
    from briefing_app.importers.properties import Properties


def article_of(
    document: Document,
    drafts: list[Draft],
    known: Properties,
    album: Album,
    *,
    shown: str = "",
    origin: str = "title",
) -> ImportedArticle:
    """Return the article; `shown` is what the document itself shows as its title, at `origin`.

    Raises: UnreadableSource if there is nothing to read in it.
    """
    title, origin, drafts = _title(document, (shown, origin), known.title, drafts)
    body = body_of(drafts)
    if not body.text and not any(block.asset for block in body.blocks):
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "There is no text in it."),
            hint=QT_TRANSLATE_NOOP(
                "errors",
                "What it shows may be a chart, a linked picture, or the head of its pages.",
            ),
        )
    return ImportedArticle(
        title=title,
        body=body,
        authors=known.authors,
        source=known.source,
        url=document.url,
        published=known.published,
        language=known.language,
        direction=direction_of(body.text, known.language),
        origins=known.origins(origin),
        pictures=album.of(body),
    )


def remarks_left_out(count: int) -> tuple[Remark, ...]:
    """Say that what people wrote beside the text did not come in, if they did."""
    if not count:
        return ()
    said = QT_TRANSLATE_NOOP("errors", "Comments beside the text, which were left out: {count}.")
    return (Remark(said, (("count", str(count)),)),)


def _title(
    document: Document, shown: tuple[str, str], stated: str, drafts: list[Draft]
) -> tuple[str, str, list[Draft]]:
    """Return the title, its origin, and the blocks without it where they begin with it."""
    first = next((draft for draft in drafts if draft.text and draft.included), None)
    heading = first.text if first and first.kind is BlockKind.HEADING else ""
    choices = (shown, (stated, "document properties"), (heading, "first heading"))
    for title, origin in choices:
        if properties.is_title(title):
            rest = [draft for draft in drafts if draft is not first]
            repeats = first is not None and first.text == title and any(d.text for d in rest)
            return title, origin, rest if repeats else drafts
    return stem(document.name), "file name", drafts
