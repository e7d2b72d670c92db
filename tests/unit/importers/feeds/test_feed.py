"""RSS and Atom: an entry with a text is an article, one without is a link."""

from __future__ import annotations

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers.base import Document
from briefing_app.importers.feed import read_feed
from tests.unit.importers.feeds.reading import blocks, iso, read

RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand, with a <tag> in its comment -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
  <title>Harbour &amp; Rail</title>
  <link>https://harbour.example/</link>
  <language>en-gb</language>
  <item>
    <title>Ports reopen &lt;i&gt;early&lt;/i&gt;</title>
    <link>https://harbour.example/ports?utm_source=rss&amp;id=7</link>
    <guid isPermaLink="false">7</guid>
    <pubDate>Sun, 25 Jan 2026 08:30:00 +0200</pubDate>
    <dc:creator>Ada Marlow</dc:creator>
    <description>Two ports reopened.</description>
    <content:encoded><![CDATA[<h2>What happened</h2><p>Two ports <b>reopened</b> on
      <a href="/monday">Monday</a>.</p><ul><li>Odesa</li><li>Varna</li></ul>
      <script>alert(1)</script><blockquote>Early.</blockquote>]]></content:encoded>
  </item>
  <item>
    <title>Only a headline</title>
    <link>https://harbour.example/headline</link>
    <pubDate>Sat, 24 Jan 2026 10:00:00 GMT</pubDate>
  </item>
</channel></rss>
"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk">
  <title>Стрічка</title>
  <id>urn:feed:1</id>
  <author><name>Редакція</name></author>
  <entry xml:base="https://strichka.example/2026/">
    <title type="text">Порт &lt;відкрито&gt;</title>
    <id>tag:strichka.example,2026:1</id>
    <link href="port"/>
    <updated>2026-01-25T10:00:00Z</updated>
    <published>2026-01-24T23:30:00+02:00</published>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Порт <em>працює</em>.</p>
      <table><tr><td>Одеса</td><td>12</td></tr><tr><td>Варна</td><td>7</td></tr></table></div></content>
  </entry>
  <entry>
    <title>نص</title>
    <id>tag:strichka.example,2026:2</id>
    <link href="https://other.example/2"/>
    <updated>2026-01-25T10:00:00Z</updated>
    <source><title>مصدر</title></source>
    <summary type="text">اجتمع الوزراء &lt;يوم&gt; الاثنين.

- بند</summary>
  </entry>
</feed>
"""


def test_an_entry_of_rss_is_an_article():
    found = read("anything.dat", RSS)
    (article,) = found.articles

    assert (found.format, found.title) == ("Feed", "Harbour & Rail")
    assert article.title == "Ports reopen early"
    assert article.authors == ("Ada Marlow",)
    assert article.source == "Harbour & Rail"
    assert article.url == "https://harbour.example/ports?id=7"
    assert iso(article.published) == "2026-01-25T08:30:00+02:00"
    assert article.language == "en-gb"
    assert dict(article.origins)["published"] == "feed"


def test_the_longest_text_of_an_entry_comes_in_as_blocks():
    (article,) = read("a.rss", RSS).articles
    assert blocks(article) == [
        ("heading", "What happened"),
        ("paragraph", "Two ports reopened on Monday."),
        ("item", "Odesa"),
        ("item", "Varna"),
        ("quote", "Early."),
    ]
    (link,) = [span for span in article.body.spans if span.target]
    assert link.target == "https://harbour.example/monday"


def test_an_entry_without_a_text_is_a_link():
    (link,) = read("a.rss", RSS).links
    assert (link.title, link.url) == ("Only a headline", "https://harbour.example/headline")
    assert iso(link.date) == "2026-01-24T10:00:00Z"
    assert not link.is_feed


def test_an_entry_is_known_by_its_id_and_a_bare_number_within_its_feed():
    (article,) = read("a.rss", RSS).articles
    assert article.message_id == "https://harbour.example/#7"
    assert [a.message_id for a in read("a.atom", ATOM).articles] == [
        "tag:strichka.example,2026:1",
        "tag:strichka.example,2026:2",
    ]


def test_an_entry_of_atom_keeps_its_date_base_and_table():
    first = read("a.xml", ATOM).articles[0]
    assert first.title == "Порт <відкрито>"
    assert first.authors == ("Редакція",)
    assert first.url == "https://strichka.example/2026/port"
    assert iso(first.published) == "2026-01-24T23:30:00+02:00"
    assert first.language == "uk"
    assert blocks(first) == [("paragraph", "Порт працює."), ("table", "Одеса\t12\nВарна\t7")]


def test_plain_text_in_atom_is_no_markup_and_an_entry_names_its_own_source():
    second = read("a.xml", ATOM).articles[1]
    assert blocks(second) == [("paragraph", "اجتمع الوزراء <يوم> الاثنين."), ("item", "بند")]
    assert (second.source, second.direction) == ("مصدر", "rtl")


def test_a_feed_in_utf_16_or_an_old_encoding_is_read():
    text = RSS.replace("utf-8", "windows-1251").replace("Only a headline", "Лише заголовок")
    for data in (text.encode("cp1251"), text.encode("utf-16")):
        assert read("a.bin", data).links[0].title == "Лише заголовок"


def test_rss_1_and_a_feed_with_slips_are_read():
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/"><channel><title>Old</title></channel>'
        "<item><title>A &nbsp; B</title><link>http://a.example/?x=1&y=2</link>"
        "<description>Words & more</description></item></rdf:RDF>"
    )
    (article,) = read("a.bin", rdf).articles
    assert (article.title, article.url) == ("A B", "http://a.example/?x=1&y=2")
    assert article.body.text == "Words & more"


def test_short_entities_that_a_feed_declares_are_kept():
    text = RSS.replace("<rss", '<!DOCTYPE rss [<!ENTITY harbour "Port">]><rss', 1)
    found = read("a.rss", text.replace("Only a", "&harbour;"))
    assert found.links[0].title == "Port headline"


def test_a_feed_that_says_where_it_is_resolves_its_links():
    text = "<rss><channel><item><title>T</title><link>/x</link></item></channel></rss>"
    found = read_feed(Document("feed", text.encode(), url="https://a.example/rss/feed"))
    assert found.links[0].url == "https://a.example/x"


def test_a_feed_that_is_called_like_a_file_opens_no_file(tmp_path, monkeypatch):
    secret = tmp_path / "feed.rss"
    secret.write_text(RSS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableSource, match="neither a feed"):
        read("feed.rss", b"feed.rss")


def test_more_entries_than_are_read_at_once_are_said():
    item = "<item><title>T</title><link>http://a.example/</link></item>"
    found = read("a.rss", f"<rss><channel>{item * 10_050}</channel></rss>")
    assert len(found.links) == 10_000
    assert "10050 entries" in str(found.warnings[0])


def test_one_entry_beyond_the_limits_does_not_lose_the_others():
    deep = "&lt;div&gt;" * 2100
    text = RSS.replace("<item>", f"<item><description>{deep}</description></item><item>", 1)
    found = read("a.rss", text)
    assert [article.title for article in found.articles] == ["Ports reopen early"]
    assert "could not be read: 1" in str(found.warnings[0])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<rss version='2.0'><channel><title>X</title></channel></rss>", "no entries"),
        ("<note><to>X</to></note>", "neither a feed nor a list"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(text, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read("a.xml", text)
