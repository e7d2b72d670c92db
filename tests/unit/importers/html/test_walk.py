"""Our own way through a page: every block of it, in order, with its looks."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_app.errors import UnreadableSource
from briefing_app.importers.body import body_of
from briefing_app.importers.html import dom, prescan
from briefing_app.importers.html.blocks import drafts
from briefing_app.importers.html.walk import walk
from briefing_app.importers.wire import body_from, body_json


def found(html):
    return walk(dom.body_of_page(dom.parse(html)), "https://a.example/")


def lines(html):
    return [(f.draft.kind.value, f.draft.text) for f in found(html)]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        (
            "one<p>two</p>three",
            [("paragraph", "one"), ("paragraph", "two"), ("paragraph", "three")],
        ),
        (
            "<title>T</title><article>one</article><p>two",
            [("paragraph", "one"), ("paragraph", "two")],
        ),
        ("<style>x</style><nav>one</nav>two", [("paragraph", "one"), ("paragraph", "two")]),
        ("<p>a<br>b<br><br>c", [("paragraph", "a b"), ("paragraph", "c")]),
        ("<p>a<!-- no -->b<?pi no?>c", [("paragraph", "abc")]),
        ("<li><p>first</p><p>second</p></li>", [("item", "first"), ("paragraph", "second")]),
        ("<pre>a\n  b<br>c</pre>", [("code", "a\n  b\nc")]),
        ("<blockquote>a<p>b</p></blockquote>", [("quote", "a"), ("quote", "b")]),
        ("<p>a<script>x</script>b<svg><text>no</text></svg>c</p>", [("paragraph", "abc")]),
        ("<p hidden>no</p><p style='color:red;display : none'>no</p>yes", [("paragraph", "yes")]),
        ("<table><tr><td>a<td>b</table>", [("table", "a\tb")]),
        ("<table><tr><td><p>a</p><td>b</table>", [("paragraph", "a"), ("paragraph", "b")]),
        ("<h3>a <i>b</i></h3><hr>c", [("heading", "a b"), ("rule", ""), ("paragraph", "c")]),
        ("<p>x <math><mi>y</mi></math> z", [("paragraph", "x y z")]),
        ("<p>a<img alt='boat' src=x>b", [("paragraph", "ab"), ("image", "")]),
        ("<img alt='' src=x><img alt=dot width=1 height=1><p>a", [("paragraph", "a")]),
    ],
)
def test_what_stands_in_a_page_becomes_blocks(html, blocks):
    assert lines(html) == blocks


def test_depth_and_order_of_items_are_known():
    items = found("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>")
    assert [(f.draft.text, f.draft.level, f.draft.ordered) for f in items] == [
        ("a", 1, False),
        ("b", 2, True),
        ("c", 1, False),
    ]


def test_the_share_of_links_is_told():
    (block,) = found("<p><a href='/x'>linked</a> not it")
    assert 0.4 < block.linked < 0.6


def test_the_gaps_between_the_links_of_a_menu_are_not_prose():
    menu = "<nav><a href='/'>首页</a> <a href='/x'>财经</a>\n <a href='/y'>股票</a></nav>"
    (block,) = found(menu)
    assert block.linked == 1.0


SOUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div>", "</div>", "<ul><li>", "</ul>", "<ol>", "<li>", "<table><tr><td>",
         "<td>", "<tr>", "</table>", "<pre>", "</pre>", "<b>", "</b>", "<a href='/x'>", "</a>",
         "<br>", "<hr>", "<h2>", "</h2>", "<blockquote>", "<img alt=a src=b>",
         "<script>", "</script>", "<!--", "-->",
         "word ", "e\u0301", " \n", "\u202e", "\x00", "\u200b", "\U0001f600", "&nbsp;", "&#x202e;",
         "&#0;", "&lt;", "\u0661", "\t", "<figure><figcaption>", "</figure>", "<caption>", "\ufffc"]
    ),
    max_size=40,
)  # fmt: skip


@given(SOUP)
@settings(max_examples=300)
def test_any_soup_of_tags_makes_a_sound_body(soup):
    try:
        page = dom.parse(prescan.safe("".join(soup)))
    except UnreadableSource:
        return
    body = body_of(drafts(walk(dom.body_of_page(page), "https://a.example/")))

    assert body_from(json.loads(json.dumps(body_json(body)))) == body
    assert unicodedata.is_normalized("NFC", body.text)
    assert not set("\u202e\x00\u200b\ufffc\r") & set(body.text)
    assert body.text == "\n".join(
        body.text[b.start : b.end] for b in body.blocks if b.kind.value not in ("image", "rule")
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "ab", "blocks": [["paragraph", 0, 3]], "spans": []},
        {"text": "ab", "blocks": [["paragraph", 1, 2], ["paragraph", 0, 1]], "spans": []},
        {"text": "ab", "blocks": [], "spans": [["bold", -1, 1, ""]]},
        {"text": "ab", "blocks": [["program", 0, 1]], "spans": []},
    ],
)
def test_a_body_from_elsewhere_with_ranges_that_do_not_fit_is_refused(fields):
    with pytest.raises(ValueError, match=r"Block|Span|program"):
        body_from(fields)
