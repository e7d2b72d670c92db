"""Pictures that are written into a page."""

from __future__ import annotations

import base64
import hashlib

from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.importers.html.embedded import take_out
from briefing_app.importers.pictures import Album, picture_type
from briefing_app.progress import NoProgress
from tests.unit.importers.html.pages import PARAGRAPHS
from tests.unit.importers.mail.letters import png

BOAT = png(120, 80)
DIGEST = hashlib.sha256(BOAT).hexdigest()
URI = "data:image/png;base64," + base64.b64encode(BOAT).decode()


def read(figure: str, head: str = ""):
    rows = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    rows.insert(2, figure)
    html = f"<html><head><title>Ice</title>{head}</head><body>{''.join(rows)}</body></html>"
    (found,) = registry.read(Document("a.html", html.encode()), NoProgress()).articles
    return found


def test_a_picture_in_a_page_is_a_picture_of_the_article():
    found = read(f"<img src='{URI}'>")
    assert [b.asset for b in found.body.blocks if b.kind == "image"] == [DIGEST]
    assert [(p.digest, p.media_type, p.data) for p in found.pictures] == [
        (DIGEST, "image/png", BOAT)
    ]


def test_a_picture_that_stands_in_the_style_sheet_is_found_too():
    empty = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    found = read(
        f"<img src='{empty}' style='background-image:var(--sf-img-3)!important'>",
        f'<style>:root{{--sf-img-3: url("{URI}")}}</style>',
    )
    assert [b.asset for b in found.body.blocks if b.kind == "image"] == [DIGEST]


def test_an_icon_is_left_out():
    icon = "data:image/png;base64," + base64.b64encode(png(16, 16)).decode()
    assert read(f"<img src='{icon}'>").pictures == ()


def test_what_is_written_in_another_way_is_left_alone():
    html = "<img src='data:image/png;base64,AAAA'><a href='data:text/html;base64,AAAA'>"
    assert take_out(html)[0] == html


def test_a_large_page_whose_size_is_its_pictures_is_read():
    noise = base64.b64encode(BOAT + bytes(11_000_000)).decode()
    found = read(f"<p>In between.</p><img alt='boat' src='data:image/png;base64,{noise}'>")
    assert "In between." in found.body.text
    assert found.pictures == ()  # it is larger than a picture may be


def test_a_picture_is_known_by_its_bytes():
    assert picture_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert picture_type(b"RIFF\0\0\0\0WEBPVP8 ") == "image/webp"
    assert picture_type(b"<svg>") == ""
    album = Album()
    assert album.add(b"<svg>") == ""
    assert album.add(BOAT) == album.add(BOAT) == DIGEST
    assert len(album.pictures()) == 1
