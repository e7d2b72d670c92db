"""Articles of the items of a newsletter: title, teaser and link, said to be from where it is from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.importers.base import ImportedArticle
from briefing_app.importers.body import Piece, body_of, running
from briefing_app.importers.direction import direction_of
from briefing_app.importers.items import news_items
from briefing_app.importers.links import canonical_link, clean_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.domain.moment import Moment
    from briefing_app.importers.base import Imported
    from briefing_app.importers.items import NewsItem

MAILS = ("Mail", "Mailbox", "Outlook mail")  # the formats that newsletters come in
ORIGIN = "newsletter"


def article_of(
    item: NewsItem, *, source: str = "", published: Moment | None = None, language: str = ""
) -> ImportedArticle:
    """Return the article of an item; its text is the teaser, or the title where there is none."""
    url = clean_link(item.link) if item.link else ""
    drafts = [running(BlockKind.PARAGRAPH, [Piece(item.teaser or item.title)])]
    if url:
        drafts.append(running(BlockKind.PARAGRAPH, [Piece(url, link=url)]))
    body = body_of(drafts)
    known = {"title": True, "url": url, "source": source, "published": published}
    known["language"] = language
    return ImportedArticle(
        title=item.title,
        body=body,
        source=source,
        url=url,
        canonical_url=canonical_link(url) if url else "",
        published=published,
        language=language,
        direction=direction_of(f"{item.title}\n{item.teaser}", language),
        origins=tuple((name, ORIGIN) for name, value in known.items() if value),
    )


def sender_of(source: str, authors: Sequence[str]) -> str:
    """Return what the sender of a newsletter is known by, or an empty string."""
    return " ".join((source or next(iter(authors), "")).casefold().split())


def with_items(imported: Imported, senders: frozenset[str]) -> Imported:
    """Return mails with the items of those whose sender's newsletters are to be split."""
    if imported.format not in MAILS:
        return imported
    articles: list[ImportedArticle] = []
    for mail in imported.articles:
        articles.append(mail)
        if sender_of(mail.source, mail.authors) in senders:
            articles += [
                article_of(
                    item, source=mail.source, published=mail.published, language=mail.language
                )
                for item in news_items(mail.body)
            ]
    return replace(imported, articles=tuple(articles))
