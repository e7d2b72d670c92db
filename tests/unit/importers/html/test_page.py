"""Saved pages become articles: what is in, what is out, what is known of them."""

from __future__ import annotations

import json

import pytest

from briefing_app.domain.article import BlockKind
from briefing_app.errors import UnreadableSource
from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.importers.wire import imported_from, imported_json
from briefing_app.progress import NoProgress
from tests.unit.importers.html import pages


def imported(page: str | bytes, name="page.html", **known):
    data = page if isinstance(page, bytes) else page.encode()
    return registry.read(Document(name, data, **known), NoProgress())


def article(page: str | bytes, name="page.html", **known):
    (found,) = imported(page, name, **known).articles
    return found


def blocks(found, *, included=True):
    return [
        (block.kind.value, found.body.text[block.start : block.end])
        for block in found.body.blocks
        if block.included == included
    ]


def test_the_article_is_in_and_the_rest_is_kept_but_out():
    found = article(pages.ARTICLE_TAGS)
    text = found.body.included_text()

    for paragraph in pages.PARAGRAPHS:
        assert paragraph in text
    assert "Section 3" not in text
    assert "All rights reserved" not in text
    assert ("item", "Section 3") in blocks(found, included=False)
    assert any("All rights reserved" in words for _, words in blocks(found, included=False))


def test_what_is_not_for_reading_is_not_kept_at_all():
    text = article(pages.ARTICLE_TAGS).body.text
    assert "hidden" not in text
    assert "color" not in text


def test_the_heading_that_repeats_the_title_is_not_shown_twice():
    found = article(pages.ARTICLE_TAGS)
    assert found.title == "Ice closes the route"
    assert ("heading", "Ice closes the route") in blocks(found, included=False)
    assert ("heading", "What comes next") in blocks(found)


def test_lists_quotes_captions_tables_and_pictures_are_blocks_of_their_kind():
    found = article(pages.ARTICLE_TAGS)
    shown = blocks(found)
    assert ("item", "First, the harbour is opened.") in shown
    assert any(kind == "quote" and words.startswith("We have not") for kind, words in shown)
    every = shown + blocks(found, included=False)
    assert ("caption", "The ferry Aurora in the harbour on Tuesday.") in every
    assert ("table", "Route\tState\nNorth\tclosed\nSouth\topen") in every
    (image,) = (block for block in found.body.blocks if block.kind is BlockKind.IMAGE)
    assert (image.alt, image.start) == ("A ferry in the ice", image.end)
    nested = next(
        block
        for block in found.body.blocks
        if found.body.text[block.start : block.end].startswith("Westbound")
    )
    assert (nested.level, nested.ordered) == (2, True)


def test_looks_and_links_are_spans_and_links_lead_somewhere_without_following():
    found = article(pages.ARTICLE_TAGS, url="https://strait.example/news/ice")
    spans = {(s.kind.value, found.body.text[s.start : s.end], s.target) for s in found.body.spans}
    assert ("bold", "ice breaker", "") in spans
    assert ("italic", "next", "") in spans
    assert ("link", "way from the north", "https://strait.example/way") in spans


def test_what_the_page_says_of_itself_fills_the_fields_and_names_where_from():
    found = article(pages.ARTICLE_TAGS)
    assert found.authors == ("Ann Writer",)
    assert found.source == "The Strait Times"
    assert found.canonical_url == "https://strait.example/ice?id=7"
    assert found.url == found.canonical_url
    assert found.published.iso == "2026-01-20T06:30:00+01:00"
    assert (found.language, found.direction) == ("en-GB", "ltr")
    origins = dict(found.origins)
    assert origins["published"] == "article:published_time"
    assert origins["source"] == "og:site_name"
    assert origins["canonical_url"] == "canonical link"


@pytest.mark.parametrize(
    "line",
    [
        "<!-- saved from url=(0030)https://strait.example/a/page -->",
        "<!--\n Page saved with SingleFile \n url: https://strait.example/a/page \n saved date: x\n-->",
    ],
)
def test_the_program_that_saved_a_page_says_where_it_was(line):
    page = pages.DIV_SOUP.replace("<html>", f"<html>{line}")
    found = article(page)
    assert found.url == "https://strait.example/a/page"
    assert dict(found.origins)["url"] == "saved page"
    assert found.source == "strait.example"


def test_json_ld_is_believed():
    said = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": "NewsArticle",
                "headline": "Ice closes the route",
                "author": [{"@type": "Person", "name": "Bo Ek"}],
                "datePublished": "2026-01-20T05:30:00Z",
                "publisher": {"name": "Strait News"},
            },
        ],
    }
    script = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    found = article(pages.DIV_SOUP.replace("</head>", script + "</head>"))
    assert found.source == "Strait News"
    assert found.authors == ("Bo Ek",)
    assert found.published.iso == "2026-01-20T05:30:00Z"


@pytest.mark.parametrize("text", ["{", "[" * 5000, '{"@type": 5}', "NaN", '{"@graph": [1, null]}'])
def test_json_ld_that_is_broken_is_passed_over(text):
    script = f'<script type="application/ld+json">{text}</script>'
    found = article(pages.DIV_SOUP.replace("</head>", script + "</head>"))
    assert found.title == "Ice closes the route"


def test_a_page_of_divs_and_breaks_has_paragraphs():
    found = article(pages.DIV_SOUP)
    shown = [words for _, words in blocks(found)]
    assert [words for words in shown if words in pages.PARAGRAPHS] == list(pages.PARAGRAPHS)


def test_a_page_in_windows_1251_is_read():
    found = article(pages.UKRAINIAN.encode("cp1251"))
    assert found.title == "Сторони домовилися про другий раунд"
    assert "Міністри закордонних справ" in found.body.included_text()
    assert "Головна" not in found.body.included_text()
    assert found.language == "uk"


def test_a_page_in_chinese_is_read_though_one_voter_abstains():
    found = article(pages.CHINESE)
    assert found.title == "海峡结冰，渡轮停运"
    assert found.body.included_text().endswith(
        "\n".join(pages.CHINESE.split("<p>")[n].split("</p>")[0] for n in (1, 2, 3))
    )


def test_a_page_in_arabic_runs_from_right_to_left():
    found = article(pages.ARABIC)
    assert (found.direction, dict(found.origins)["direction"]) == ("rtl", "page")
    assert "العبارة" in found.body.included_text()


def test_a_layout_of_tables_is_no_table():
    cells = "".join(f"<tr><td>{paragraph}</td></tr>" for paragraph in pages.PARAGRAPHS)
    found = article(
        f"<html><head><title>T</title></head><body><table>{cells}</table></body></html>"
    )
    assert {kind for kind, _ in blocks(found)} == {"paragraph"}


COPIED = "<meta charset='utf-8'><p>One <b>bold</b> word.</p><ul><li>and an item</li></ul>"


@pytest.mark.parametrize(
    "page", [COPIED, f"<html><body><!--StartFragment-->{COPIED}<!--EndFragment--></body></html>"]
)
def test_of_a_copied_part_of_a_page_everything_is_wanted(page):
    found = article(page, name="Clipboard", media_type="text/html")
    assert blocks(found) == [("paragraph", "One bold word."), ("item", "and an item")]
    assert (found.title, dict(found.origins)["title"]) == ("One bold word.", "first words")


def test_a_page_is_known_by_its_content_whatever_its_name():
    assert imported(pages.DIV_SOUP, name="page.txt").format == "Web page"


def test_a_page_without_text_says_what_to_do():
    with pytest.raises(UnreadableSource, match="no text") as caught:
        article("<html><head><title>x</title></head><body><script>go()</script></body></html>")
    assert "browser" in caught.value.next_step


def test_no_link_runs_a_script_or_opens_a_file():
    page = (
        "<title>T</title><p>Read <a href='javascript:alert(1)'>this</a> and <a href='file:///etc/passwd'>"
        "that</a> and <a href='//[bad'>more</a>.</p>"
    )
    assert article(page).body.spans == ()


@pytest.mark.parametrize(
    "page", [pages.ARTICLE_TAGS, pages.DIV_SOUP, pages.UKRAINIAN, pages.CHINESE, pages.ARABIC]
)
def test_an_article_passes_as_json_both_ways(page):
    found = imported(page)
    assert imported_from(json.loads(json.dumps(imported_json(found))), b"") == found


def doubts(found):
    return [origin for field, origin in found.origins if field == "text"]


def test_a_page_that_is_read_well_is_not_doubted():
    assert doubts(article(pages.ARTICLE_TAGS)) == []


def test_a_page_with_little_text_says_so():
    page = (
        "<html><head><title>Shell</title></head><body><p>Please turn on scripts.</p></body></html>"
    )
    assert "little text" in doubts(article(page))


def test_a_page_on_which_the_voters_are_apart_says_so(monkeypatch):
    monkeypatch.setattr("briefing_app.importers.html.page._APART", 1.1)
    assert doubts(article(pages.ARTICLE_TAGS)) == ["extractors disagree"]


def test_a_copied_part_is_all_wanted_and_never_doubted():
    assert (
        doubts(article("<!--StartFragment--><p>Four words, no more.</p>", name="Clipboard")) == []
    )
