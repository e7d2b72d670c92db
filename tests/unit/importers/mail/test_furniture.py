"""What a newsletter has around its text is there, but not included."""

from __future__ import annotations

import pytest

from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.unit.importers.html.pages import PARAGRAPHS
from tests.unit.importers.mail.letters import letter

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(html: str, **fields: str):
    bulk = {"List_Unsubscribe": "<https://a.example/u>"} if fields.pop("bulk", "yes") else {}
    data = letter(html, content_type="text/html; charset=utf-8", **bulk, **fields)
    (found,) = registry.read(Document("a.eml", data), NoProgress()).articles
    return found


@pytest.mark.parametrize(
    "above",
    [
        "View in browser",
        "View this email in your browser",
        "3 February 2026 | Read Online",
        "Having trouble viewing this email? Click here",
        "Im Browser ansehen",
        "Lire en ligne",
        "Ver en el navegador",
        "Переглянути лист у браузері",
        "在浏览器中查看",
        "عرض هذا في المتصفح",
        "Unsubscribe | Report this mail",
    ],
)
def test_where_it_can_be_read_online_is_left_out(above):
    found = read(f"<p>{above}</p>{TEXT}")
    assert found.body.included_text().split("\n") == list(PARAGRAPHS)
    assert found.body.text.startswith(above)


@pytest.mark.parametrize(
    "below",
    [
        "Unsubscribe",
        "You are receiving this email because you signed up at strait-times.example",
        "Manage your preferences",
        "Newsletter abbestellen",
        "Se désabonner",
        "Відписатися від розсилки",
        "退订",
        "إلغاء الاشتراك",
    ],
)
def test_how_to_be_rid_of_it_is_left_out_with_what_stands_behind(below):
    end = f"<p>© 2026 The Strait Times</p><p>{below}</p><p>1 Quay Street</p>"
    found = read(f"{TEXT}<p>Follow us</p><img alt=logo src=x>{end}")
    assert found.body.included_text().split("\n") == list(PARAGRAPHS)
    assert [b.included for b in found.body.blocks if b.kind == "image"] == [False]
    assert found.body.text.endswith("1 Quay Street")


def test_a_picture_at_the_beginning_or_end_of_the_text_stays():
    found = read(f"<img alt=a src=x>{TEXT}<img alt=b src=y>")
    assert all(block.included for block in found.body.blocks)


def test_what_only_speaks_of_it_stays():
    said = (
        "The court held that a button to unsubscribe must be as easy to find as one to subscribe, "
        * 4
    )
    found = read(f"<p>{said}</p>{TEXT}<p>The ferries wait.</p>")
    assert all(block.included for block in found.body.blocks)


def test_many_short_items_are_no_end_of_a_newsletter():
    items = "".join(f"<li>The {number}th ferry is late again today</li>" for number in range(40))
    found = read(f"<p>Unsubscribe</p><ul>{items}</ul><p>Unsubscribe</p>")
    assert len(found.body.included_text().split("\n")) == 40


def test_a_mail_that_is_nothing_else_is_kept_whole():
    assert read("<p>Unsubscribe</p>").body.included_text() == "Unsubscribe"


def test_in_a_mail_to_one_person_only_links_are_furniture():
    html = f"{TEXT}<p>Please unsubscribe me.</p><p>Olena</p>"
    assert read(html, bulk="").body.included_text().endswith("Please unsubscribe me.\nOlena")
    html = f"{TEXT}<p><a href='https://a.example/u'>Unsubscribe</a></p>"
    assert read(html, bulk="").body.included_text().split("\n") == list(PARAGRAPHS)


def test_the_address_online_is_that_of_the_article_where_it_says_where_it_leads():
    link = "<p><a href='{}'>View in browser</a></p>"
    found = read(link.format("https://mailchi.mp/strait/issue-9?e=1a2b") + TEXT)
    assert found.url == "https://mailchi.mp/strait/issue-9"
    assert found.canonical_url == f"mid:{found.message_id}"
    assert ("url", "link in the mail") in found.origins
    assert read(link.format("https://x.ct.sendgrid.net/ls/click?upn=aa") + TEXT).url == ""


def test_a_layout_table_of_dots_is_a_list_with_links():
    rows = "".join(
        f"<tr><td>•</td><td><a href='https://a.example/{n}'>Story {n}</a></td></tr>"
        for n in range(3)
    )
    found = read(f"<table><tr><td colspan=2>Top stories</td></tr>{rows}</table>{TEXT}")
    assert [(b.kind.value, b.level) for b in found.body.blocks][:4] == [
        ("paragraph", 0),
        ("item", 1),
        ("item", 1),
        ("item", 1),
    ]
    assert [span.target for span in found.body.spans] == [
        f"https://a.example/{n}" for n in range(3)
    ]
