"""JSON Feed, and what all JSON has to keep to."""

from __future__ import annotations

import json

import pytest

from briefing_app.errors import UnreadableSource
from tests.unit.importers.feeds.reading import blocks, iso, read

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "港口",
    "home_page_url": "https://port.example/",
    "feed_url": "https://port.example/feed.json",
    "language": "zh",
    "authors": [{"name": "编辑部"}],
    "items": [
        {
            "id": 2,
            "title": "港口重新开放",
            "url": "https://port.example/2?utm_medium=feed",
            "content_html": "<p>两个港口<b>重新开放</b>。</p><p><a href='../x'>更多</a></p>",
            "content_text": "not this",
            "date_published": "2026-01-25T08:30:00+08:00",
            "authors": [{"name": "李明"}],
        },
        {"id": "https://port.example/1", "content_text": "One line.\n\n- item", "title": None},
        {"id": "0", "title": "Elsewhere", "external_url": "https://other.example/"},
        "no item",
    ],
}


def test_items_are_articles_and_links():
    found = read("feed", json.dumps(FEED))
    first, second = found.articles

    assert (found.format, found.title) == ("JSON Feed", "港口")
    assert (first.title, first.authors, first.source) == ("港口重新开放", ("李明",), "港口")
    assert blocks(first) == [("paragraph", "两个港口重新开放。"), ("paragraph", "更多")]
    assert first.body.spans[-1].target == "https://port.example/x"
    assert first.url == "https://port.example/2"
    assert iso(first.published) == "2026-01-25T08:30:00+08:00"
    assert (first.language, first.message_id) == ("zh", "https://port.example/feed.json#2")
    assert (second.title, second.authors) == ("One line.", ("编辑部",))
    assert blocks(second) == [("paragraph", "One line."), ("item", "item")]
    assert [(link.title, link.url) for link in found.links] == [
        ("Elsewhere", "https://other.example/")
    ]


def test_a_feed_in_utf_16_is_known_by_its_content():
    assert len(read("feed", json.dumps(FEED, ensure_ascii=False).encode("utf-16")).articles) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"version": "https://jsonfeed.org/version/1", "items": [{"id": NaN}]}', "line 1"),
        ('{"version": "https://jsonfeed.org/version/1",\n"items": [', "line 2"),
        ("[" * 51 + "]" * 51, "deeper than 50"),
        ('{"a": 1}', "neither a feed"),
        ("[" + "[]," * 1_000_000 + "1]", "more than 1000000 values"),
    ],
)
def test_json_that_is_not_right_is_refused_with_the_reason(text, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read("feed.json", text)


def test_brackets_in_a_string_are_not_depth():
    feed = {**FEED, "title": '["\\[' * 40}
    assert len(read("feed", json.dumps(feed)).articles) == 2
