"""Pages that are made to hurt are refused or tamed before a parser sees them."""

from __future__ import annotations

import contextlib
import time

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.errors import UnreadableSource
from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.importers.html import prescan
from briefing_app.progress import NoProgress
from tests.unit.importers.html import pages


def test_an_ordinary_page_is_left_as_it_is():
    assert prescan.safe(pages.ARTICLE_TAGS) == pages.ARTICLE_TAGS


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">text", "tag longer"),
        ("<p " + " ".join(f"a{n}" for n in range(5000)) + ">text", "1000 attributes"),
        ('<p a="' + "x" * 70_000 + '">text', "tag longer"),
        ("<div>" * 100_000 + "text", "deeper than 2000"),
        ("<b></b>" * 150_000, "more than 200000 tags"),
    ],
    ids=["attributes", "names", "value", "depth", "tags"],
)
def test_too_much_of_anything_is_refused_at_once(page, reason):
    started = time.process_time()
    with pytest.raises(UnreadableSource, match=reason):
        prescan.safe(page)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "page",
    [
        "<a" * 2_000_000,
        "<" * 4_000_000,
        "<a ='" * 500_000,
        '<a x="' * 500_000,
        "<!--" * 1_000_000,
        "<script>" * 500_000,
        "<a =" + " " * 2_000_000,
    ],
    ids=["a", "less", "quote", "double", "comment", "script", "blanks"],
)
def test_the_time_is_linear(page):
    started = time.process_time()
    with contextlib.suppress(UnreadableSource):
        prescan.safe(page)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "head", ["<!---->" * 1100, "<!-- " * 1600, "<!--" + "--> " * 2000, " " * 8000, "\ufeff" * 2700]
)
def test_to_know_a_page_takes_no_time_whatever_it_begins_with(head):
    started = time.process_time()
    registry.find(Document("a.bin.html", head.encode()))
    assert time.process_time() - started < 1


def test_pictures_that_are_nearly_long_enough_take_no_time():
    page = ("data:a/" + "a" * 500 + '"') * 15_000
    started = time.process_time()
    assert prescan.safe(page) == page
    assert time.process_time() - started < 3


def test_deep_elements_are_flattened_so_that_no_text_is_lost():
    deep = "<div>" * 1500 + "<p>the text at the bottom</p>" + "</div>" * 1500 + "<p>after</p>"
    tree = lxml.html.document_fromstring(prescan.safe(deep))
    assert "the text at the bottom" in tree.text_content()
    assert [element.getparent().tag for element in tree.iter("p")][-1] == "body"


def test_unclosed_paragraphs_and_items_are_not_deep():
    page = "<ul>" + "<li><p>item" * 3000 + "</ul>"
    assert prescan.safe(page).count("<li>") == 3000


def test_pictures_written_into_a_page_are_taken_out_first():
    page = f'<p>before<img src="data:image/png;base64,{"A" * 3_000_000}" alt="x">after'
    assert prescan.safe(page) == '<p>before<img src="data:," alt="x">after'


def test_what_stands_in_scripts_and_comments_is_not_counted():
    page = "<script>" + "<div>" * 5000 + "</script><!--" + "<div>" * 5000 + "--><p>text"
    assert prescan.safe(page) == page


@given(st.text(st.sampled_from("<>/ab='\"! -\n"), max_size=60))
def test_any_text_is_scanned_to_its_end(text):
    prescan.safe(text)


def read(data: bytes, name="page.html"):
    return registry.read(Document(name, data), NoProgress()).articles[0]


def test_control_characters_and_bidi_overrides_do_not_reach_the_text():
    page = pages.DIV_SOUP.replace("ferry", "fe\x00r\u202ery\u202c").replace("<div>", "<div>\x01")
    found = read(page.encode())
    assert pages.PARAGRAPHS[0] in found.body.included_text()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 100, "does not hold text"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        (b"<html>" + b" " * 10_000_000 + b"</html>", "at most 10 MB"),
        (b"<html>" + b" " * 60_000_000, "at most 50 MB"),
    ],
    ids=["empty", "binary", "zip", "large", "huge"],
)
def test_what_is_no_page_is_refused_with_the_reason(data, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read(data)
