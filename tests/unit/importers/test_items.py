"""A newsletter split into its items."""

from __future__ import annotations

from briefing_app.importers.html.fragment import read_fragment
from briefing_app.importers.items import news_items

LONG = "The operators expect that the northern route stays closed for two weeks. " * 3


def items(html: str):
    body, _ = read_fragment(html, url="https://a.example/")
    return [(i.title, i.teaser, i.link) for i in news_items(body)]


def test_linked_titles_with_what_follows_them_are_items():
    html = (
        "<p>Good morning!</p><p><a href=/1>Ice closes the northern route</a></p><p>Until March.</p>"
        "<p>Money</p><p><a href=/2>Tickets become cheaper again</a> — The ministry has promised it.</p>"
        "<p>▶ <a href=/3>Watching the last ferry leave</a> – a film.</p><p><a href=/3>Read more</a></p>"
    )
    assert items(html) == [
        ("Ice closes the northern route", "Until March.", "https://a.example/1"),
        ("Tickets become cheaper again", "The ministry has promised it.", "https://a.example/2"),
        ("Watching the last ferry leave", "a film.", "https://a.example/3"),
    ]


def test_a_list_of_links_is_a_list_of_items():
    html = "<h2>Top</h2><ul>" + "".join(
        f"<li><a href=/{n}>The {n}th ferry is late again today</a></li>" for n in range(4)
    )
    assert [link for _, _, link in items(html)] == [f"https://a.example/{n}" for n in range(4)]


def test_headings_lead_items_where_the_links_stand_in_the_text():
    html = "".join(
        f"<h2>Story {n}</h2><p>{LONG} See <a href=/{n}>what they said</a>.</p>"
        f"<p><a href=/{n}>Lire la suite</a></p>"
        for n in range(3)
    )
    found = items(html)
    assert [title for title, _, _ in found] == ["Story 0", "Story 1", "Story 2"]
    assert found[1][1].startswith("The operators expect")
    assert found[1][2] == "https://a.example/1"


def test_chinese_titles_are_short():
    html = "".join(f"<p><a href=/{n}>冰封海峡第{n}天</a></p><p>渡轮停运。</p>" for n in range(3))
    assert [title for title, _, _ in items(html)] == [f"冰封海峡第{n}天" for n in range(3)]


def test_one_text_is_not_split():
    assert (
        items(f"<h1>One</h1><p>{LONG}<a href=/x>a link in it, as there are</a> and more.</p>") == []
    )
    assert items(f"<p>{LONG}</p>") == []
    assert items("") == []


def test_an_item_knows_where_it_stands():
    body, _ = read_fragment(
        "<p>Hello</p><p><a href='https://a.example/1'>Ice closes the route</a></p><p>Until March.</p>"
        "<p><a href='https://a.example/2'>Tickets become cheaper</a></p>"
    )
    first, second = news_items(body)
    assert body.text[first.start : first.end] == "Ice closes the route\nUntil March."
    assert body.text[second.start : second.end] == "Tickets become cheaper"


def test_what_is_left_out_leads_no_item():
    html = (
        "<p><a href=/1>Ice closes the northern route</a></p><p><a href=/2>Tickets are cheaper</a>"
    )
    body, _ = read_fragment(html, url="https://a.example/")
    without = type(body)(
        body.text,
        (
            body.blocks[0],
            type(body.blocks[1])(
                body.blocks[1].kind, body.blocks[1].start, body.blocks[1].end, included=False
            ),
        ),
        body.spans,
    )
    assert news_items(without) == ()
