"""HTML that is article all through."""

from __future__ import annotations

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers.html.fragment import read_fragment


def lines(html, **known):
    body, _ = read_fragment(html, **known)
    return [(b.kind.value, body.text[b.start : b.end], b.included) for b in body.blocks]


def test_all_blocks_are_the_articles():
    html = (
        "<title>Chapter 1</title><body><nav><a href=/x>Home</a></nav><h2>One</h2><p>Text<ul><li>a"
    )
    assert lines(html) == [
        ("paragraph", "Home", True),
        ("heading", "One", True),
        ("paragraph", "Text", True),
        ("item", "a", True),
    ]
    assert read_fragment(html)[1] == "Chapter 1"


def test_links_are_resolved_against_the_address():
    body, _ = read_fragment("<p>See <a href='b.html'>this</a>", url="https://a.example/dir/")
    assert body.spans[0].target == "https://a.example/dir/b.html"


def test_bytes_are_decoded_as_a_page_is():
    html = "<meta charset=windows-1251><p>Новини дня, коротко й по суті".encode("cp1251")
    assert lines(html) == [("paragraph", "Новини дня, коротко й по суті", True)]


def test_a_known_picture_is_kept_without_words_at_the_very_beginning_too():
    known = {"cid:boat": "ab" * 32}
    body, _ = read_fragment(
        "<img src=cid:boat><p>a</p><img src=cid:other>", picture=lambda src: known.get(src, "")
    )
    assert [(b.kind.value, b.asset, b.included) for b in body.blocks] == [
        ("image", "ab" * 32, True),
        ("paragraph", "", True),
    ]


def test_an_element_of_xml_that_ends_in_its_own_tag_does_not_eat_the_rest():
    html = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<title/><script src="x.js"/></head><body><p><b/>One <a id="n/1"/>two</p></body></html>'
    )
    body, title = read_fragment(html)
    assert (body.text, title, body.spans) == ("One two", "", ())


@pytest.mark.parametrize("html", ["", b"", " \n", "<!-- nothing -->", "<p></p>", b"\x00"])
def test_html_without_a_text_has_an_empty_body(html):
    body, title = read_fragment(html)
    assert (body.text, body.blocks, title) == ("", (), "")


def test_what_is_too_large_is_refused():
    with pytest.raises(UnreadableSource, match="10 MB"):
        read_fragment("<p>" + "a" * 10_000_000)
