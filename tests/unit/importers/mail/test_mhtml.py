"""Pages saved whole, as a mail that was never sent."""

from __future__ import annotations

import base64
import hashlib
import quopri

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.unit.importers.html.pages import PARAGRAPHS
from tests.unit.importers.mail.letters import letter, mixed, part, png

URL = "https://strait-times.example/2026/ice"
BOAT = png(120, 80)


def page(picture: str) -> str:
    rows = [f"<p>{paragraph} Лід.</p>" for paragraph in PARAGRAPHS]
    rows.insert(2, f"<figure><img src='{picture}'></figure>")
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(9))
    return (
        f"<html><head><title>Ice closes the route</title></head><body><ul>{menu}</ul><article>"
        f"<h1>Ice closes the route</h1>{''.join(rows)}</article></body></html>"
    )


def saved(html: str, location: str = URL, picture_at: str = f"{URL}/boat.png") -> bytes:
    """Return a page as a browser of today saves it."""
    mark = "----MultipartBoundary--abc----"
    return (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {location}\r\n"
        "Subject: Ice closes the route\r\nDate: Tue, 3 Feb 2026 09:15:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{mark}"\r\n\r\n\r\n'
        f"--{mark}\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {location}\r\n\r\n"
        f"{quopri.encodestring(html.encode()).decode()}\r\n"
        f"--{mark}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: {picture_at}\r\n\r\n{base64.encodebytes(BOAT).decode()}\r\n--{mark}--\r\n"
    ).encode()


def read(data: bytes, name: str = "a.mhtml"):
    return registry.read(Document(name, data), NoProgress())


@pytest.mark.parametrize("picture", [f"{URL}/boat.png", "ice/boat.png", "cid:boat@mhtml"])
def test_a_web_archive_is_the_page_with_its_pictures(picture):
    data = saved(page(picture))
    if picture.startswith("cid:"):
        data = data.replace(
            b"Content-Type: image/png", b"Content-ID: <boat@mhtml>\r\nContent-Type: image/png"
        )
    found = read(data)
    assert found.format == "Web archive"
    (article,) = found.articles
    assert (article.title, article.url) == ("Ice closes the route", URL)
    assert article.body.included_text().split("\n") == [f"{text} Лід." for text in PARAGRAPHS]
    assert article.pictures[0].data == BOAT
    digest = hashlib.sha256(BOAT).hexdigest()
    assert [b.asset for b in article.body.blocks if b.included and b.asset] == [digest]
    assert article.message_id == ""


def test_it_is_known_by_its_content():
    assert read(saved(page("x")), "page").format == "Web archive"
    related = mixed(part("<p>Text</p>", "text/html"), kind="related")
    assert read(related, "a.eml").format == "Mail"
    assert read(letter("Text"), "a.txt").format == "Mail"


def test_an_archive_without_a_page_has_a_reason():
    data = saved("x").replace(b"text/html", b"text/css")
    with pytest.raises(UnreadableSource, match="no page in this web archive"):
        read(data)
