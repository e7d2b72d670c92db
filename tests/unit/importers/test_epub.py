"""Books."""

from __future__ import annotations

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress
from tests.hostile import zips
from tests.unit.importers.office import FILES, PNG, article, blocks, epub, read

LONG = "<p>" + "Many words. " * 1500 + "</p>"


def test_a_book_that_libreoffice_saved_is_one_article():
    found = article("report.epub", (FILES / "report.epub").read_bytes())
    assert (found.title, found.authors, found.language) == (
        "Bridges of the Dnipro",
        ("Olena Koval",),
        "en-GB",
    )
    assert ("table", 0, "Bridge\tMetres\nPaton\t1543") in blocks(found)
    assert ("paragraph", 0, "Міст закрили на ремонт у понеділок.") in blocks(found)
    assert ("link", "the city", "https://news.example/bridges") in [
        (s.kind, found.body.text[s.start : s.end], s.target) for s in found.body.spans
    ]
    assert found.pictures[0].data == PNG


def test_a_short_book_is_one_article():
    found = article("b.epub", epub({"a.xhtml": "<h1>One</h1><p>x</p>", "b.xhtml": "<p>y</p>"}))
    assert (found.title, found.authors) == ("The Book", ("Ann Lee",))
    assert blocks(found) == [("heading", 1, "One"), ("paragraph", 0, "x"), ("paragraph", 0, "y")]
    assert dict(found.origins)["title"] == "document properties"


@pytest.mark.parametrize("contents", ["toc", "ncx"])
def test_the_chapters_of_a_long_book_are_articles_in_reading_order(contents):
    texts = {
        "cover.xhtml": "<img src='c.png'/>",
        "z.xhtml": f"<h1>First</h1>{LONG}",
        "more.xhtml": "<p>It goes on.</p>",
        "a%20b.xhtml": f"<h2>2</h2>{LONG}",
    }
    labels = {"z.xhtml#top": "First", "z.xhtml#later": "Later", "a%20b.xhtml": "Second"}
    found = read("b.epub", epub(texts, **{contents: labels})).articles

    assert [(a.title, a.source, a.authors) for a in found] == [
        ("First", "The Book", ("Ann Lee",)),
        ("Second", "The Book", ("Ann Lee",)),
    ]
    assert dict(found[0].origins)["title"] == "contents"
    assert blocks(found[0])[-1] == ("paragraph", 0, "It goes on.")
    assert blocks(found[0])[0][0] == "paragraph"  # the heading is the title, and not shown twice
    assert blocks(found[1])[0] == ("heading", 2, "2")


def test_without_contents_each_text_is_a_chapter_by_its_heading_or_its_number():
    found = read("b.epub", epub({"a.xhtml": f"<h1>One</h1>{LONG}", "b.xhtml": LONG})).articles
    assert [a.title for a in found] == ["One", "The Book (2)"]


def test_chapters_are_no_versions_of_one_another():
    data = epub({"a.xhtml": LONG, "b.xhtml": LONG})
    found = registry.read(Document("b.epub", data, url="https://a.example/b.epub"), NoProgress())
    assert {a.url for a in found.articles} == {""}


def test_pictures_are_found_from_where_the_chapter_lies_and_nowhere_else():
    body = (
        "<p>x</p><img src='../img/a%20b.png' alt='a map'/><img src='/etc/passwd' alt='gone'/>"
        "<img src='../../../x.png' alt='img/x.png'/><img src='http://127.0.0.1:9/a.png' alt='far'/>"
    )
    found = article("b.epub", epub({"t/a.xhtml": body}, parts={"OPS/img/a b.png": PNG}))
    assert [(b.alt, bool(b.asset)) for b in found.body.blocks[1:]] == [
        ("a map", True),
        ("gone", False),
        ("far", False),
    ]


def test_how_a_word_is_said_is_not_part_of_the_text():
    found = article(
        "b.epub", epub({"a.xhtml": "<p><ruby>山路<rp>(</rp><rt>やまみち</rt></ruby>を</p>"})
    )
    assert found.body.text == "山路を"


def test_the_words_of_a_drawn_page_are_read():
    page = (
        "<svg xmlns='http://www.w3.org/2000/svg'><style>.a{}</style><text><tspan>Under</tspan>"
        "<tspan>the</tspan></text><text>wind</text></svg>"
    )
    assert article("b.epub", epub({"a.xhtml": page})).body.text == "Under the wind"


def test_facts_are_taken_from_the_package():
    meta = (
        "<dc:title>T</dc:title><dc:creator>A</dc:creator><dc:creator>B</dc:creator>"
        "<dc:publisher>P</dc:publisher><dc:language>uk</dc:language><dc:date>2009</dc:date>"
        "<dc:date>2026-01-02</dc:date>"
    )
    found = article("b.epub", epub({"a.xhtml": "<p>x</p>"}, meta=meta))
    assert (found.title, found.authors, found.source, found.language, found.published.iso) == (
        "T",
        ("A", "B"),
        "P",
        "uk",
        "2026-01-02",
    )


_LOCK = (
    "<encryption><EncryptedData><EncryptionMethod Algorithm='{}'/><CipherData>"
    "<CipherReference URI='OPS/a.xhtml'/></CipherData></EncryptedData></encryption>"
)


def test_a_protected_book_says_so_and_one_with_hidden_fonts_is_read():
    locked = {
        "META-INF/encryption.xml": _LOCK.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    }
    with pytest.raises(UnreadableSource, match="protected"):
        read("b.epub", epub({"a.xhtml": "<p>x</p>"}, parts=locked))
    fonts = {"META-INF/encryption.xml": _LOCK.format("http://www.idpf.org/2008/embedding")}
    assert article("b.epub", epub({"a.xhtml": "<p>x</p>"}, parts=fonts)).body.text == "x"


def test_a_damaged_chapter_is_left_out_and_named():
    data = bytearray(epub({"a.xhtml": "<p>fine</p>", "b.xhtml": "<p>x</p>"}))
    at = data.rfind(b"OPS/b.xhtml", 0, data.rfind(b"PK\x01\x02"))
    data[at + 20] ^= 0xFF
    found = read("b.epub", bytes(data))
    assert found.articles[0].body.text == "fine"
    assert "b.xhtml" in str(found.warnings[0])


@pytest.mark.parametrize("name", ["a.epub", "a.zip", "x"])
def test_it_is_known_by_its_content(name):
    assert read(name, epub({"a.xhtml": "<p>x</p>"})).format == "EPUB book"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (epub({}), "no text"),
        (epub({"a.xhtml": "<img src='a.png'/>"}), "no text"),
        (zips.packed({"mimetype": "application/epub+zip"}), "no book in it"),
        (zips.packed({"META-INF/container.xml": "<a/>"}), "no book in it"),
        (zips.locked({"mimetype": "application/epub+zip", "a.opf": "<a/>"}), "password"),
    ],
)
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read("a.epub", data)
