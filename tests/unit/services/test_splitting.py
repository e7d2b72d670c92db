"""One file that is many articles: newsletters and PDFs, split in one step."""

from __future__ import annotations

import io
from email.message import EmailMessage

import pytest
from reportlab.pdfgen.canvas import Canvas

from briefing_app.domain.article import State
from briefing_app.domain.change import Action
from briefing_app.errors import NotFound, Refused
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from briefing_app.services.splitting import PagePart, by_pages

TITLES = ("Ice closes the northern route", "Tickets become cheaper again", "The last ferry leaves")


def newsletter(number=1, sender="Morning Desk <desk@news.example>"):
    message = EmailMessage()
    message["From"] = sender
    message["Subject"] = f"The morning in brief, {number}"
    message["Date"] = "Mon, 30 Nov 2026 07:00:00 +0200"
    message["Message-ID"] = f"<{number}@news.example>"
    message["List-Unsubscribe"] = "<https://news.example/out>"
    rows = "".join(
        f"<h2><a href='https://news.example/{number}/{at}?utm_source=mail'>{title}</a></h2>"
        f"<p>What issue {number} says of it: {title.lower()}, and so on and so forth.</p>"
        for at, title in enumerate(TITLES)
    )
    message.set_content(f"<html><body><p>Good morning!</p>{rows}</body></html>", subtype="html")
    return bytes(message)


def clip_book(*titles):
    """Return a PDF with a page and an entry of the outline for each title."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for at, title in enumerate(titles):
        canvas.bookmarkPage(str(at))
        canvas.addOutlineEntry(title, str(at))
        canvas.setFont("Helvetica-Bold", 24)
        canvas.drawString(70, 760, title)
        canvas.setFont("Helvetica", 11)
        for line in range(12):
            canvas.drawString(
                70, 720 - 14 * line, f"Line {line} of what the article {at} says of it."
            )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def bring_in(services, name, data):
    outcomes = services.importing.bring_in([Document(name, data)], NoProgress())
    services.history.refresh()
    return outcomes


def titles(services):
    services.history.flush()
    return sorted(row.title for row in services.articles.page(ArticleQuery("all")))


@pytest.fixture
def mail(services):
    (outcome,) = bring_in(services, "a.eml", newsletter())
    return outcome.article


@pytest.fixture
def book(services):
    (outcome,) = bring_in(services, "clips.pdf", clip_book(*TITLES))
    return outcome.article


def test_a_newsletter_is_proposed_to_be_split_and_nothing_is_changed(services, mail):
    before = services.digest()
    found = services.splitting.items(mail)
    assert [item.title for item in found.items] == list(TITLES)
    assert (found.sender, found.name, found.there) == ("morning desk", "Morning Desk", frozenset())
    assert services.digest() == before


def test_items_become_articles_with_title_teaser_and_link_that_keep_the_mail(services, mail):
    items = services.splitting.items(mail).items
    made = services.splitting.split_items(mail, items[:2], NoProgress())
    services.history.refresh()

    first = services.articles.article(made[0])
    assert (first.title, first.url, first.source) == (
        TITLES[0],
        "https://news.example/1/0",
        "Morning Desk",
    )
    assert ("title", "newsletter") in first.origins
    assert first.published == services.articles.article(mail).published
    version, whole = services.articles.version(made[0]), services.articles.version(mail)
    assert version.body.text.startswith("What issue 1 says of it: ice closes")
    assert version.original == whole.original
    assert services.articles.original(version.original) == newsletter()
    assert len(titles(services)) == 3
    assert services.splitting.items(mail).there == {items[0].link, items[1].link}


def test_a_split_is_one_step_that_undo_takes_back(services, mail):
    items = services.splitting.items(mail).items
    made = services.splitting.split_items(mail, items, NoProgress(), archive=True)
    services.history.refresh()
    assert services.articles.article(mail).state is State.ARCHIVED
    assert services.history.next_undo == (Action.SPLIT_ITEMS, "The morning in brief, 1")
    services.history.undo()
    assert titles(services) == ["The morning in brief, 1"]
    assert services.articles.article(mail).state is State.NEW
    with pytest.raises(NotFound):
        services.articles.article(made[0])
    services.history.redo()
    assert len(titles(services)) == 4


def test_a_mail_that_was_split_is_not_brought_in_again(services, mail):
    services.splitting.split_items(mail, services.splitting.items(mail).items, NoProgress())
    (outcome,) = bring_in(services, "again.eml", newsletter())
    assert (outcome.status, outcome.article) == ("duplicate", mail)


def test_one_text_is_not_split(services):
    (outcome,) = bring_in(services, "a.txt", b"A title\n\nOne text, and no more than that.")
    with pytest.raises(Refused, match="one text"):
        services.splitting.items(outcome.article)
    with pytest.raises(Refused, match="no PDF"):
        services.splitting.pages(outcome.article, NoProgress())


def test_newsletters_of_a_sender_are_split_as_they_come(services):
    from briefing_app.paths import settings_file
    from briefing_app.settings import Settings

    settings = Settings(settings_file())
    settings.change(split_senders=("morning desk",))
    settings.save()
    outcomes = bring_in(services, "a.eml", newsletter(2))
    assert [one.title for one in outcomes] == ["The morning in brief, 2", *TITLES]
    (other,) = bring_in(services, "b.eml", newsletter(3, sender="Another <a@other.example>"))
    assert other.title == "The morning in brief, 3"
    services.history.undo()
    services.history.undo()
    assert titles(services) == []


def test_a_pdf_is_proposed_to_be_split_by_its_outline(services, book):
    pages = services.splitting.pages(book, NoProgress())
    assert pages.count == 3
    assert [(part.title, part.first, part.last) for part in pages.parts] == [
        (title, at, at) for at, title in enumerate(TITLES, 1)
    ]
    assert [(part.first, part.last) for part in by_pages(2)] == [(1, 1), (2, 2)]


def test_parts_of_a_pdf_become_articles_that_keep_the_whole_file(services, book):
    parts = (PagePart("Ice and tickets", 1, 2), PagePart("", 3, 3))
    made = services.splitting.split_pages(book, parts, NoProgress(), archive=True)
    services.history.refresh()

    first, second = map(services.articles.article, made)
    assert (first.title, second.title) == ("Ice and tickets", TITLES[2])
    version = services.articles.version(made[0])
    assert {block.page for block in version.body.blocks} == {1, 2}
    assert "what the article 1 says" in version.body.text
    assert "what the article 2 says" not in version.body.text
    assert services.articles.original(version.original) == clip_book_of(services, book)
    assert services.history.next_undo[0] is Action.SPLIT_PAGES
    services.history.undo()
    assert len(titles(services)) == 1
    assert services.articles.article(book).state is State.NEW


def clip_book_of(services, book):
    return services.articles.original(services.articles.version(book).original)


def test_a_pdf_of_one_page_has_none_to_part(services):
    (outcome,) = bring_in(services, "one.pdf", clip_book("Ice closes the route"))
    with pytest.raises(Refused, match="one page only"):
        services.splitting.pages(outcome.article, NoProgress())
