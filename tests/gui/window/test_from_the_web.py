"""Pages and feeds from the web, when the user asks for them; the server is on this computer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from briefing_app.gui.dialogs.feeds import FeedsDialog
from briefing_app.gui.dialogs.fromweb import FromWebDialog
from briefing_app.services.fetching import Feed
from tests.dialogs import in_next
from tests.hostile import sites
from tests.hostile.sites import answer

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Herald</title>
<item><title>Ice closes the route</title><link>{page}</link></item></channel></rss>"""


@pytest.fixture
def site():
    site = sites.Site()
    rss = RSS.format(page=site.url()).encode()
    site.ways["/rss"] = answer(rss, kind="application/rss+xml")
    yield site
    site.close()


@pytest.fixture
def near(room):
    """The window of a user who allows the server of this test to be asked."""
    room.settings.change(private_addresses=True)
    return room


def fetch(room, address):
    """Ask for an address as the menu does."""

    def fill(dialog):
        dialog.line.setText(address)
        dialog.fetch.click()

    in_next(room.window, FromWebDialog, fill)
    room.do("web")


def strip(room):
    return room.furniture.strip.text()


def test_a_page_that_is_asked_for_is_opened(near, site):
    fetch(near, site.url("/page?utm_source=x"))
    near.wait(lambda: "Ice closes the route" in near.titles())
    shown = near.services.articles.article
    near.wait(lambda: shown(near.desktop.reader.article).title == "Ice closes the route")
    assert shown(near.desktop.reader.article).url == site.url()


def test_a_pasted_address_is_offered_and_nothing_is_fetched_before_the_button(near, site):
    seen = []

    def refuse(dialog):
        seen.append(dialog.line.text())
        dialog.reject()

    in_next(near.window, FromWebDialog, refuse)
    QGuiApplication.clipboard().setText(site.url())
    near.do("paste")
    near.wait(lambda: seen)
    assert seen == [site.url()]
    assert site.requests == []

    in_next(near.window, FromWebDialog, lambda dialog: dialog.fetch.click())
    near.do("paste")
    near.wait(lambda: "Ice closes the route" in near.titles())


def test_a_dropped_link_is_offered_too(near, site):
    dropped = QMimeData()
    dropped.setUrls([QUrl(site.url())])
    in_next(near.window, FromWebDialog, lambda dialog: dialog.fetch.click())
    near.window.dropped.emit(dropped)
    near.wait(lambda: "Ice closes the route" in near.titles())


def test_what_is_no_address_is_named_and_the_dialog_stays(room, qtbot):
    dialog = FromWebDialog(parent=room.window)
    assert not dialog.fetch.isEnabled()
    dialog.show()
    dialog.line.setText("two ftp://a.example/x")
    dialog.fetch.click()
    assert dialog.isVisible()
    assert "http://" in dialog.problem.text()
    dialog.line.setText("news.example/x https://news.example/x")
    assert not dialog.problem.isVisible()
    dialog.fetch.click()
    assert not dialog.isVisible()
    assert dialog.addresses() == ("https://news.example/x",)
    dialog.deleteLater()


def test_this_computer_is_refused_in_words_unless_the_settings_allow_it(room, site):
    fetch(room, site.url())
    room.wait(lambda: strip(room).endswith("1 failed."))
    room.do("import-results")
    assert "in its own network" in room.desktop.imports.results.tree.topLevelItem(0).text(0)
    assert "The settings can allow it" in room.desktop.imports.results.tree.topLevelItem(0).text(0)
    room.desktop.imports.results.close()
    assert site.requests == []


def test_offline_is_said_in_words(near, site):
    site.close()
    fetch(near, site.url())
    near.wait(lambda: strip(near).endswith("1 failed."))
    near.do("import-results")
    assert "This computer is offline" in near.desktop.imports.results.tree.topLevelItem(0).text(0)
    near.desktop.imports.results.close()


def test_the_status_line_says_that_something_is_fetched_and_the_user_can_stop_it(near, site):
    status = near.window.status
    site.ways["/slow"] = sites.silent
    assert status.offline_text().startswith("Offline")
    fetch(near, site.url("/slow"))
    near.wait(lambda: site.requests)
    assert status.offline_text().startswith("Online")
    assert strip(near).startswith("Fetching")
    near.furniture.strip.cancel.click()
    near.wait(lambda: strip(near).startswith("Stopped"))
    assert status.offline_text().startswith("Offline")


def test_a_feed_is_followed_and_its_pages_come_on_request(near, site):
    fetch(near, site.url("/rss"))
    near.wait(lambda: "1 address not fetched" in strip(near))
    assert "The feed is followed" in strip(near)
    assert near.services.feeds.all() == (Feed(site.url("/rss"), "The Herald"),)
    near.do("import-results")
    results = near.desktop.imports.results
    assert results.pages.text() == "Fetch the page from the web"
    results.pages.click()
    near.wait(lambda: "Ice closes the route" in near.titles())
    results.close()


def test_the_feeds_are_asked_on_request_alone(near, site):
    near.services.feeds.follow((Feed(site.url("/rss")),))
    assert site.requests == []
    near.do("refresh")
    near.wait(lambda: "not fetched" in strip(near))
    near.services.feeds.forget(site.url("/rss"))
    near.do("refresh")
    near.wait(lambda: strip(near).startswith("No feed is followed yet"))


def test_a_refresh_that_brings_nothing_says_so(near, site):
    fetch(near, site.url())
    near.wait(lambda: "Ice closes the route" in near.titles())
    near.services.feeds.follow((Feed(site.url("/rss")),))
    near.do("refresh")
    near.wait(lambda: strip(near) == "0 imported." or strip(near) == "Nothing new in the feeds.")


def test_a_feed_is_forgotten_in_its_list(near, site):
    near.services.feeds.follow((Feed(site.url("/rss"), "The Herald"), Feed("https://h.example/")))

    def forget(dialog):
        assert dialog.list.count() == 2
        dialog.list.setCurrentRow(0)
        dialog.forget.click()
        assert [dialog.list.item(n).text() for n in range(dialog.list.count())] == [
            "https://h.example/"
        ]
        dialog.reject()

    in_next(near.window, FeedsDialog, forget)
    near.do("feeds")
    assert [feed.url for feed in near.services.feeds.all()] == ["https://h.example/"]
    assert site.requests == []


def test_feeds_of_a_list_from_a_file_can_be_followed(near, site, tmp_path):
    opml = (
        f'<opml version="2.0"><body><outline text="H" xmlUrl="{site.url("/rss")}"/></body></opml>'
    )
    (tmp_path / "a.opml").write_text(opml, encoding="utf-8")
    near.desktop.imports.bring_in((tmp_path / "a.opml",))
    near.wait(lambda: "1 feed not followed" in strip(near))
    assert site.requests == []
    near.do("import-results")
    near.desktop.imports.results.feeds.click()
    near.wait(lambda: site.paths() == ["/rss"])
    near.desktop.imports.results.close()
    assert [feed.url for feed in near.services.feeds.all()] == [site.url("/rss")]
