"""What crosses from the worker: texts as JSON, pictures and files inside as bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace

import pytest

from briefing_app.domain.article import BlockKind, Original
from briefing_app.domain.moment import Moment
from briefing_app.importers.base import Document, Imported, ImportedArticle, Link
from briefing_app.importers.body import Draft, Piece, body_of, running
from briefing_app.importers.wire import imported_bytes, imported_from, imported_json

PICTURE = Original(hashlib.sha256(b"\x89PNG").hexdigest(), "image/png", b"\x89PNG")
ARTICLE = ImportedArticle(
    "A mail",
    body_of(
        (
            replace(running(BlockKind.PARAGRAPH, [Piece("Words.")]), page=3),
            Draft(BlockKind.IMAGE, alt="A bridge", asset=PICTURE.digest),
        )
    ),
    message_id="<1@example.org>",
    pictures=(PICTURE,),
    reference={"type": "article-newspaper", "title": "A mail"},
    tags=("trade", "מסחר"),
)
FOUND = Imported(
    "mail",
    (ARTICLE, replace(ARTICLE, title="Another", pictures=())),
    children=(Document("a.txt", b"inside", "text/plain"), Document("b.txt", b"")),
    links=(
        Link("https://a.example/feed", "A feed", is_feed=True, folders=("News", "Local")),
        Link("https://a.example/1", date=Moment(dt.date(2026, 1, 25)), note="n", tags=("later",)),
    ),
)


def crossing(fields, data):
    return imported_from(json.loads(json.dumps(fields)), data)


def test_pictures_files_inside_and_links_come_through():
    assert crossing(imported_json(FOUND), imported_bytes(FOUND)) == FOUND
    assert FOUND.articles[0].body.blocks[0].page == 3


@pytest.mark.parametrize("data", [b"", imported_bytes(FOUND)[:-1], imported_bytes(FOUND) + b"x"])
def test_bytes_that_are_not_as_many_as_was_said_are_refused(data):
    with pytest.raises(ValueError):  # noqa: PT011 (the number that does not fit)
        crossing(imported_json(FOUND), data)


def test_a_picture_that_is_not_what_its_digest_says_is_refused():
    with pytest.raises(ValueError, match=PICTURE.digest):
        crossing(imported_json(FOUND), b"XXXX" + imported_bytes(FOUND)[4:])
