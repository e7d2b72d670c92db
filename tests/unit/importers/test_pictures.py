"""The pictures of an article."""

from __future__ import annotations

from briefing_app.domain.article import BlockKind
from briefing_app.importers import pictures
from briefing_app.importers.body import Draft, body_of
from briefing_app.importers.pictures import Album
from tests.unit.importers.office import PNG


def test_a_picture_is_kept_once_and_handed_out_where_it_is_shown():
    album = Album()
    one, other = album.add(PNG), album.add(b"GIF89a...")
    assert album.add(PNG) == one
    body = body_of([Draft(BlockKind.IMAGE, asset=other), Draft(BlockKind.IMAGE, asset=other)])
    assert [(p.digest, p.media_type) for p in album.of(body)] == [(other, "image/gif")]
    assert album.warnings == ()


def test_kinds_are_told_by_the_first_bytes():
    assert pictures.picture_type(b"RIFF1234WEBPVP8 ") == "image/webp"
    assert pictures.picture_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert pictures.picture_type(b"<svg onload='x()'/>") == ""


def test_a_picture_that_counts_readers_is_none():
    dot = b"GIF89a\x01\x00\x01\x00,"
    album = Album()
    assert album.add(dot) == ""
    assert album.warnings == ()


def test_what_cannot_be_shown_is_counted():
    album = Album()
    assert album.add(b"\xd7\xcd\xc6\x9a") == album.add(b"<svg/>") == album.add(b"<svg/>") == ""
    assert [str(said) for said in album.warnings] == [
        "Pictures of a kind that is not shown, which were left out: 2."
    ]


def test_pictures_beyond_the_limit_are_counted():
    album = Album()
    for number in range(pictures.MOST + 3):
        album.add(b"GIF89a" + str(number).encode())
    assert [str(said) for said in album.warnings] == [
        "Pictures that were left out, as they are too large or too many: 3."
    ]
