"""Commands that fetch, follow feeds and watch a folder; the server is on this computer."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading

import pytest

from tests.hostile import sites
from tests.hostile.sites import answer

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Herald</title>
<item><title>Ice</title><link>{page}</link></item>
<item><title>Storm</title><link>https://h.example/storm</link>
<description>A storm has closed the northern bridge, the operators say, for two days.</description>
</item></channel></rss>"""


@pytest.fixture
def site():
    site = sites.Site()
    rss = FEED.format(page=site.url()).encode()
    site.ways["/rss"] = answer(rss, kind="application/rss+xml")
    yield site
    site.close()


def test_a_page_is_fetched_where_it_is_allowed(briefing, site):
    refused = briefing.json("fetch", site.url(), code=1)
    assert "its own network" in refused.one["reason"]
    assert "--private" in refused.err or "--private" in refused.one["reason"]
    made = briefing.json("fetch", site.url("/page?utm_source=x"), "--private").one
    assert (made["status"], made["path"]) == ("new", site.url())
    shown = briefing.json("show", made["article"]).one
    assert shown["url"] == site.url()


def test_what_is_no_address_and_what_is_not_there_is_named(briefing, site):
    result = briefing.json("fetch", "ftp://a.example/x", site.url("/no"), "--private", code=1)
    assert [line["status"] for line in result.lines] == ["failed", "failed"]
    assert "http://" in result.lines[0]["reason"]
    assert "no such page" in result.lines[1]["reason"]


def test_a_feed_is_followed_refreshed_and_forgotten(briefing, site):
    first = briefing.json("fetch", site.url("/rss"), "--private").lines
    assert [(one["status"], one["links"]) for one in first] == [("new", [site.url()])]
    assert briefing.json("feeds", "list").lines == [
        {"url": site.url("/rss"), "title": "The Herald"}
    ]
    again = briefing.json("feeds", "refresh", "--links", "--private").lines
    assert [one["status"] for one in again] == ["duplicate", "new"]
    assert briefing.json("feeds", "refresh", "--private").lines == []
    briefing.json("feeds", "forget", site.url("/rss"))
    assert briefing.json("feeds", "list").lines == []
    briefing.json("feeds", "forget", site.url("/rss"), code=1)


def test_a_feed_can_be_followed_before_it_is_asked(briefing, site):
    briefing.json("feeds", "follow", site.url("/rss"), "feed://h.example/rss")
    assert site.requests == []
    urls = [one["url"] for one in briefing.json("feeds", "list").lines]
    assert urls == [site.url("/rss"), "http://h.example/rss"]


class Watching:
    """The command `watch` at work, and what it has printed so far."""

    def __init__(self, briefing, *args):
        argv = briefing.argv("--library", briefing.library, "watch", *args, "--json")
        self.process = subprocess.Popen(
            argv,
            cwd=briefing.home,
            env=briefing.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._enough = threading.Timer(100, self.process.kill)
        self._enough.start()

    def next(self):
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate()
        self._enough.cancel()
        assert "Traceback" not in err
        return self.process.returncode, out, err


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send another Ctrl+C there")
def test_a_folder_is_watched_until_ctrl_c(briefing):
    folder = briefing.home / "In"
    folder.mkdir()
    (folder / "old.txt").write_text("Old\n\nIt lay there before.", encoding="utf-8")
    watching = Watching(briefing, folder, "--all")
    assert watching.next()["title"] == "Old"
    (folder / "late.txt.part").write_text("Late\n\nHalf of", encoding="utf-8")
    (folder / "new.txt").write_text("New\n\nIt came just now.", encoding="utf-8")
    assert watching.next()["title"] == "New"
    (folder / "late.txt.part").rename(folder / "late.txt")
    assert watching.next()["title"] == "Late"
    assert watching.end()[:2] == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == ["late.txt", "new.txt", "old.txt"]

    (folder / "while_off.txt").write_text("Off\n\nNobody was watching.", encoding="utf-8")
    again = Watching(briefing, folder)
    assert again.next()["title"] == "Off"
    assert again.end()[:2] == (0, "")


def test_a_folder_that_is_not_there_is_named(briefing):
    assert "There is no folder" in briefing("watch", briefing.home / "No", code=1).err
