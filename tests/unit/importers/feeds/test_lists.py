"""Bookmarks and subscriptions: lists of links, with the folders and tags that the user gave them."""

from __future__ import annotations

import json

import pytest

from briefing_app.errors import UnreadableSource
from tests.unit.importers.feeds.reading import iso, read

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>My feeds</title></head><body>
  <outline text="Новини"><outline text="Local">
    <outline type="rss" text="Harbour" title="Harbour Post" xmlURL=" https://harbour.example/feed "
      htmlUrl="https://harbour.example/" category="ports,/News/Local"/>
  </outline></outline>
  <outline text="A page" htmlUrl="https://page.example/"/>
  <outline text="Old" xmlUrl="feed://old.example/rss"/>
  <outline text="Bad" xmlUrl="javascript:alert(1)"/>
</body></opml>"""

NETSCAPE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file. -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>
<DL><p>
    <DT><H3 ADD_DATE="1388166091">Порти</H3>
    <DL><p>
        <DT><A HREF="https://a.example/?utm_source=x" ADD_DATE="1688628695" TAGS="one,two">First</A>
        <DD>What it is about
        <DT><A HREF="https://b.example/">Second</A>
    </DL><p>
    <DT><A HREF="javascript:void(0)">A script</A>
    <DT><A HREF="https://c.example/">Third</A>
</DL><p>"""

POCKET = """<!DOCTYPE html><html><head><title>Pocket Export</title></head><body>
<h1>Unread</h1>
<ul><li><a href="https://a.example/1" time_added="1688628695" tags="x,y">One</a></li></ul>
<h1>Read Archive</h1><ul><li><a href="https://a.example/2" time_added="1" tags="">Two</a></li></ul>
</body></html>"""


def test_opml_gives_feeds_with_their_folders():
    found = read("anything", OPML)
    assert (found.format, found.title, found.articles) == ("Subscriptions", "My feeds", ())
    harbour, page, old = found.links
    assert (harbour.title, harbour.url) == ("Harbour Post", "https://harbour.example/feed")
    assert (harbour.is_feed, harbour.folders, harbour.tags) == (
        True,
        ("Новини", "Local"),
        ("ports",),
    )
    assert (page.url, page.is_feed, page.folders) == ("https://page.example/", False, ())
    assert old.url == "http://old.example/rss"
    assert str(found.warnings[0]).endswith("in the web: 1.")


def test_opml_with_a_slip_is_read_as_far_as_it_goes():
    assert len(read("a.opml", OPML.replace("</body>", "")).links) == 3


def test_bookmarks_of_a_browser_keep_folder_date_tags_and_note():
    found = read("bookmarks.html", NETSCAPE)
    first, second, third = found.links
    assert (first.title, first.url) == ("First", "https://a.example/")
    assert iso(first.date) == "2023-07-06T07:31:35Z"
    assert (first.folders, first.tags, first.note) == (
        ("Порти",),
        ("one", "two"),
        "What it is about",
    )
    assert (second.folders, second.note) == (("Порти",), "")
    assert (third.title, third.folders) == ("Third", ())


def test_a_list_of_pocket_keeps_what_was_read_apart():
    one, two = read("ril_export.html", POCKET).links
    assert (one.title, one.folders, one.tags) == ("One", ("Unread",), ("x", "y"))
    assert (two.title, two.folders) == ("Two", ("Read Archive",))


def test_bookmarks_as_json_of_firefox_and_chrome():
    firefox = {
        "type": "text/x-moz-place-container",
        "title": "",
        "children": [
            {
                "title": "Toolbar",
                "type": "text/x-moz-place-container",
                "children": [
                    {
                        "title": "One",
                        "type": "text/x-moz-place",
                        "uri": "https://a.example/",
                        "dateAdded": 1388166091644000,
                        "tags": "x,y",
                    }
                ],
            },
            {"title": "Query", "type": "text/x-moz-place", "uri": "place:sort=8"},
        ],
    }
    (link,) = read("bookmarks", json.dumps(firefox)).links
    assert (link.title, link.folders, link.tags) == ("One", ("Toolbar",), ("x", "y"))
    assert iso(link.date) == "2013-12-27T17:41:31Z"

    row = {
        "type": "url",
        "name": "Two",
        "url": "https://b.example/",
        "date_added": "13118850929335823",
    }
    chrome = {"roots": {"bookmark_bar": {"children": [row], "name": "Bar", "type": "folder"}}}
    (link,) = read("Bookmarks", json.dumps(chrome)).links
    assert (link.title, link.folders, iso(link.date)) == ("Two", ("Bar",), "2016-09-20T13:15:29Z")


def test_bookmarks_kept_online_keep_what_was_said_of_them():
    pinboard = [
        {
            "href": "https://a.example/",
            "description": "One",
            "extended": "My words",
            "time": "2016-10-31T15:57:56Z",
            "tags": "ports rail",
        }
    ]
    (link,) = read("pinboard_export", json.dumps(pinboard)).links
    assert (link.title, link.note, link.tags) == ("One", "My words", ("ports", "rail"))

    row = {
        "title": "T",
        "url": "https://b.example/",
        "created": "1358531607",
        "others": 9,
        "tags": [""],
    }
    (link,) = read("delicious.json", json.dumps([row])).links
    assert (link.title, link.tags, iso(link.date)) == ("T", (), "2013-01-18T17:53:27Z")


def test_a_list_without_links_says_so():
    with pytest.raises(UnreadableSource, match="no entries"):
        read("a.opml", "<opml><body/></opml>")
