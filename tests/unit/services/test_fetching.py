"""From the web into a library: pages, feeds and what these name; a server on this computer."""

from __future__ import annotations

import pytest

from briefing_app.app import open_library
from briefing_app.domain.article import State
from briefing_app.domain.change import Origin
from briefing_app.errors import Cancelled, NotFound
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from briefing_app.services.articles import ArticleQuery
from briefing_app.services.feeds import Feed
from tests.hostile import sites
from tests.hostile.sites import answer

LONG = "<p>" + "The strait is frozen over from shore to shore, and no ferry sails. " * 4 + "</p>"


def page(title, *paragraphs):
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return answer(
        f"<!doctype html><html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>".encode()
    )


def feed(*entries, title="The Herald"):
    items = "".join(
        f"<item><title>{name}</title><link>{url}</link><guid>{url}</guid>"
        f"<description><![CDATA[{text}]]></description></item>"
        for name, url, text in entries
    )
    return answer(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}'
        "</channel></rss>".encode(),
        kind="application/rss+xml",
    )


@pytest.fixture
def site():
    site = sites.Site()
    yield site
    site.close()


@pytest.fixture
def fetch(services, site):
    """Return a function that fetches paths of the server into the library."""

    def bring_in(*paths, **more):
        urls = [path if "://" in path else site.url(path) for path in paths]
        outcomes = services.fetching.bring_in(urls, NoProgress(), private=True, **more)
        services.history.refresh()
        return outcomes

    return bring_in


@pytest.fixture
def refresh(services):
    def ask(**more):
        outcomes = services.fetching.refresh(NoProgress(), private=True, **more)
        services.history.refresh()
        return outcomes

    return ask


def titles(services):
    return sorted(row.title for row in services.articles.page(ArticleQuery("all")))


def test_a_page_becomes_an_article_that_knows_where_it_is_from(services, fetch, site):
    (outcome,) = fetch("/page?utm_source=letter")
    assert (outcome.status, outcome.title) == ("new", "Ice closes the route")
    article = services.articles.article(outcome.article)
    assert article.url == site.url("/page")
    assert article.retrieved is not None
    version = services.articles.version(outcome.article)
    assert services.articles.original(version.original) == sites.PAGE
    assert site.paths() == ["/page"]


def test_pages_come_in_their_order_and_a_bad_one_stops_nothing(fetch, site):
    names = [f"/{n}" for n in range(7)]
    for n, name in enumerate(names):
        site.ways[name] = page(f"Title {n}", f"Sentence {n} of the first page here.")
    site.ways["/3"] = answer(b"", status="404 Not Found")
    outcomes = fetch(*names)
    assert [one.name for one in outcomes] == [site.url(name) for name in names]
    assert [one.status for one in outcomes] == ["new"] * 3 + ["failed"] + ["new"] * 3
    assert outcomes[3].reason == "127.0.0.1 has no such page."


def test_this_computer_is_refused_unless_it_is_allowed(services, site):
    (outcome,) = services.fetching.bring_in([site.url()], NoProgress())
    assert outcome.status == "failed"
    assert "its own network" in outcome.reason
    assert site.requests == []


def test_no_connection_is_a_failure_in_words(services, fetch, site):
    site.close()
    (outcome,) = fetch("/page")
    assert outcome.reason.startswith("This computer is offline, or the site cannot be reached")


def test_a_page_is_read_in_the_encoding_that_the_site_names(services, fetch, site):
    text = (
        "<html><head><title>Лід</title></head><body><p>Порома сьогодні не буде.</p></body></html>"
    )
    site.ways["/a"] = answer(text.encode("cp1251"), kind="text/html; charset=windows-1251")
    (outcome,) = fetch("/a")
    assert outcome.title == "Лід"
    assert services.articles.version(outcome.article).body.text.endswith("Порома сьогодні не буде.")


def test_the_same_page_again_is_there_already(fetch):
    (first,), (again,) = fetch("/page"), fetch("/page")
    assert (again.status, again.article) == ("duplicate", first.article)


def test_a_page_without_a_title_is_a_page_all_the_same(services, fetch, site):
    site.ways["/a"] = answer(
        f"<html><body><nav><a href='/'>Home</a></nav>{LONG}</body></html>".encode()
    )
    (outcome,) = fetch("/a")
    assert outcome.status == "new"


def test_a_feed_is_followed_once_it_was_fetched(services, fetch, site):
    heard = []
    site.ways["/rss"] = feed(("Ice", "https://h.example/ice", LONG))
    fetch("/rss", on_feed=heard.append)
    fetch("/rss", "/page", on_feed=heard.append)
    assert services.feeds.all() == (Feed(site.url("/rss"), "The Herald"),)
    assert heard == [Feed(site.url("/rss"), "The Herald")]


def test_a_feed_from_a_file_is_not_followed(services, site):
    data = feed(("Ice", "https://h.example/ice", LONG)).partition(b"\r\n\r\n")[2]
    services.importing.bring_in([Document("a.rss", data)], NoProgress())
    assert services.feeds.all() == ()


def test_a_feed_brings_only_what_is_not_in_the_library(services, fetch, refresh, site):
    ice, storm = (
        ("Ice", "https://h.example/ice", LONG),
        ("Storm", "https://h.example/s", LONG + "<p>Wind.</p>"),
    )
    site.ways["/rss"] = feed(ice)
    fetch("/rss")
    assert titles(services) == ["Ice"]
    site.ways["/rss"] = feed(storm, ice)
    assert [one.status for one in refresh()] == ["new", "duplicate"]
    assert titles(services) == ["Ice", "Storm"]
    assert [one.status for one in refresh()] == ["duplicate", "duplicate"]


def test_what_was_deleted_does_not_come_back_with_a_refresh(services, fetch, refresh, site):
    site.ways["/rss"] = feed(
        ("Ice", "https://h.example/ice", LONG), ("Bus", "https://h.example/b", LONG + "<p>Bus.</p>")
    )
    ice, _ = fetch("/rss")
    services.articles.delete([ice.article])
    services.history.flush()
    refresh()
    assert titles(services) == ["Bus"]


def test_a_teaser_does_not_take_the_place_of_a_page_that_was_fetched(
    services, fetch, refresh, site
):
    whole = [f"Sentence {n} tells more about the ice in the strait." for n in range(9)]
    site.ways["/ice"] = page("Ice", *whole)
    (read,) = fetch("/ice")
    site.ways["/rss"] = feed(("Ice", site.url("/ice"), f"<p>{whole[0]}</p>"))
    services.feeds.follow((Feed(site.url("/rss")),))
    (outcome,) = refresh()
    assert outcome.status == "duplicate"
    assert whole[-1] in services.articles.version(read.article).body.text


def test_entries_that_are_links_alone_are_offered_and_come_on_request(
    services, fetch, refresh, site
):
    site.ways["/ice"] = page("Ice", "Sentence one tells about the ice in the strait.")
    site.ways["/rss"] = feed(("Ice", site.url("/ice"), ""), ("Bus", site.url("/bus"), ""))
    (listed,) = fetch("/rss")
    assert (listed.status, listed.title) == ("listed", "The Herald")
    assert [link.url for link in listed.links] == [site.url("/ice"), site.url("/bus")]
    assert titles(services) == []
    fetch(listed.links[0].url)
    (again,) = refresh()
    assert [link.url for link in again.links] == [site.url("/bus")]


def test_a_list_of_addresses_from_a_file_is_no_failure(services):
    opml = b'<opml version="2.0"><body><outline text="H" xmlUrl="https://h.example/rss"/></body></opml>'
    (outcome,) = services.importing.bring_in([Document("a.opml", opml)], NoProgress())
    assert outcome.status == "listed"
    assert [(link.url, link.is_feed) for link in outcome.links] == [("https://h.example/rss", True)]


def test_a_refresh_without_feeds_asks_nobody(refresh, site):
    assert refresh() == ()
    assert site.requests == []


def test_a_feed_is_forgotten_and_what_came_from_it_stays(services, fetch, site):
    site.ways["/rss"] = feed(("Ice", "https://h.example/ice", LONG))
    fetch("/rss")
    services.feeds.forget(site.url("/rss"))
    assert services.feeds.all() == ()
    assert titles(services) == ["Ice"]
    with pytest.raises(NotFound):
        services.feeds.forget(site.url("/rss"))


def test_the_feeds_are_there_when_the_library_is_opened_again(services, open_again):
    services.feeds.follow((Feed("https://h.example/rss", "H"), Feed("https://g.example/rss")))
    services.feeds.follow((Feed("https://g.example/rss", "G"),))
    assert [each.title for each in open_again().feeds.all()] == ["H", "G"]


def test_the_feeds_go_along_when_the_library_is_saved_elsewhere(services, tmp_path):
    services.feeds.follow((Feed("https://h.example/rss", "H"),))
    services.moving.copy_to(tmp_path / "Other.briefinglib", NoProgress())
    other = open_library(tmp_path / "Other.briefinglib", Origin.COMMAND)
    assert [each.title for each in other.feeds.all()] == ["H"]
    other.close()


@pytest.mark.parametrize("text", ["", "[", "{}", '[1, {"url": 2}]', '"x"', "\xff"])
def test_a_damaged_list_of_feeds_is_an_empty_one(services, folder, text):
    (folder / "feeds.json").write_text(text, encoding="latin-1")
    assert services.feeds.all() == ()
    services.feeds.follow((Feed("https://h.example/rss"),))
    assert len(services.feeds.all()) == 1


class Stopping:
    """The progress of a user who stops once a page is on its way."""

    def __init__(self, site):
        self._site = site

    def step(self, done, total, note=""):
        pass

    def check(self):
        if self._site.requests:
            raise Cancelled


def test_the_user_can_stop_it(services, site):
    site.ways["/a"] = sites.silent
    with pytest.raises(Cancelled):
        services.fetching.bring_in([site.url("/a")] * 20, Stopping(site), private=True)


def test_an_article_from_the_web_is_new_like_any_other(services, fetch):
    (outcome,) = fetch("/page")
    assert services.articles.article(outcome.article).state is State.NEW
    services.history.undo()
    services.history.flush()
    assert titles(services) == []
