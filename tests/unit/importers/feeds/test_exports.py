"""Exports of programs that keep articles: the text where there is one, else passages, else a link."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from briefing_app.errors import UnreadableSource
from tests.unit.importers.feeds.reading import blocks, iso, read

INSTAPAPER = """URL,Title,Selection,Folder,Timestamp
https://a.example/1,"One, with a comma","A passage.
Of two lines.",Starred,1688628695
https://a.example/2,Two,,Unread,1688628695
"""

READWISE = """Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location,Document tags
"First passage.",Порти,Ada Marlow,,,yellow,,1,"ports, rail"
"Second, passage.",Порти,Ada Marlow,,"My note",yellow,,2,"ports"
"Other.",Else,Somebody,,,,,1,
"""

WALLABAG = [
    {
        "id": 23,
        "title": "Ports reopen",
        "url": "https://harbour.example/ports",
        "is_archived": False,
        "is_starred": True,
        "content": "<p>Two <b>ports</b>.</p><ul><li><a href='/x'>Odesa</a></li></ul>",
        "created_at": "2016-09-08T11:55:58+0200",
        "published_at": "2016-09-07T10:00:00+0200",
        "published_by": ["Ada Marlow"],
        "domain_name": "harbour.example",
        "language": "en_GB",
        "tags": ["ports"],
        "annotations": [{"text": "mine", "quote": "Two ports"}],
    },
    {
        "title": "Never fetched",
        "url": "https://b.example/",
        "is_archived": 1,
        "content": "",
        "tags": [],
    },
]

OMNIVORE = [
    {
        "slug": "ports-1",
        "title": "Ports reopen",
        "description": "A teaser.",
        "author": "Ada Marlow",
        "url": "https://harbour.example/ports",
        "state": "Archived",
        "readingProgress": 10,
        "labels": ["ports"],
        "savedAt": "2024-10-29T16:30:11.000Z",
        "publishedAt": "2024-10-28T16:30:11.000Z",
    },
    {"slug": "marked-2", "title": "Marked", "url": "https://b.example/", "savedAt": None},
    {"slug": "only-3", "title": "Only a link", "url": "https://c.example/", "description": "Why."},
]

PASSAGES = """> First passage [\u2934\ufe0f](https://omnivore.example/me/1#a)  #label

My note

> Second
> passage
"""


def omnivore_zip(**more):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata_0_to_20.json", json.dumps(OMNIVORE))
        archive.writestr("content/ports-1.html", "<h1>Ports reopen</h1><p>Two ports.</p>")
        archive.writestr("highlights/ports-1.md", "> Two ports")
        archive.writestr("highlights/marked-2.md", PASSAGES)
        for name, text in more.items():
            archive.writestr(name, text)
    return data.getvalue()


def test_a_table_of_instapaper_gives_a_passage_as_a_quote():
    found = read("instapaper-export.csv", INSTAPAPER)
    (article,) = found.articles
    assert (found.format, article.title) == ("Instapaper", "One, with a comma")
    assert blocks(article) == [("quote", "A passage."), ("quote", "Of two lines.")]
    assert ("text", "passages") in article.origins
    (link,) = found.links
    assert (link.title, link.folders, iso(link.date)) == (
        "Two",
        ("Unread",),
        "2023-07-06T07:31:35Z",
    )


def test_a_table_of_pocket_gives_links():
    text = "title,url,time_added,tags,status\r\nOne,https://a.example/,1688628695,x|y,unread\r\n"
    (link,) = read("part_000000.csv", text.encode("utf-16")).links
    assert (link.title, link.tags, link.folders) == ("One", ("x", "y"), ("unread",))


def test_highlights_of_readwise_become_an_article_a_title():
    found = read("readwise-data.csv", READWISE)
    first, second = found.articles
    assert (first.title, first.authors, first.tags) == ("Порти", ("Ada Marlow",), ("ports", "rail"))
    assert blocks(first) == [
        ("quote", "First passage."),
        ("quote", "Second, passage."),
        ("paragraph", "My note"),
    ]
    assert (second.title, second.body.text) == ("Else", "Other.")


def test_the_list_of_the_reader_of_readwise_gives_links():
    text = (
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        "One,https://a.example/,1,\"['ports', 'rail']\",2023-01-02 10:20:30+00:00,0.5,later,True\n"
    )
    (link,) = read("reader.csv", text).links
    assert (link.title, link.tags, link.folders) == ("One", ("ports", "rail"), ("later",))
    assert iso(link.date) == "2023-01-02T10:20:30Z"


def test_wallabag_gives_the_text_and_says_what_was_marked():
    found = read("All articles.json", json.dumps(WALLABAG))
    (article,) = found.articles
    assert blocks(article) == [("paragraph", "Two ports."), ("item", "Odesa")]
    assert article.body.spans[-1].target == "https://harbour.example/x"
    assert (article.authors, article.source) == (("Ada Marlow",), "harbour.example")
    assert (article.language, article.tags) == ("en-GB", ("ports",))
    assert iso(article.published) == "2016-09-07T10:00:00+02:00"
    assert "did not come along: 1" in str(found.warnings[0])
    assert [link.title for link in found.links] == ["Never fetched"]


def test_the_first_wallabag_is_read_too():
    row = {"0": "3", "1": "T", "2": "u", "3": "0", "4": "1", "5": "c", "id": "3", "title": "T"}
    row |= {"url": "https://a.example/", "is_read": "0", "content": "<p>Text.</p>", "tags": ""}
    (article,) = read("wallabag.json", json.dumps([row])).articles
    assert (article.title, article.body.text, article.tags) == ("T", "Text.", ())


def test_a_zip_of_omnivore_gives_texts_passages_and_links():
    found = read("export.zip", omnivore_zip())
    text, marked = found.articles
    assert (text.title, text.authors, text.tags) == ("Ports reopen", ("Ada Marlow",), ("ports",))
    assert blocks(text) == [("heading", "Ports reopen"), ("paragraph", "Two ports.")]
    assert iso(text.published) == "2024-10-28T16:30:11Z"
    assert blocks(marked) == [
        ("quote", "First passage"),
        ("paragraph", "My note"),
        ("quote", "Second"),
        ("quote", "passage"),
    ]
    assert "did not come along: 1" in str(found.warnings[0])
    assert [(link.title, link.note) for link in found.links] == [("Only a link", "Why.")]


def test_a_list_of_omnivore_alone_gives_links():
    found = read("omnivore.json", json.dumps(OMNIVORE))
    assert [link.note for link in found.links] == ["A teaser.", "", "Why."]
    assert found.links[0].folders == ("Archived",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b,c\n1,2,3\n", "not one that Pocket"),
        ("URL,Title,Selection,Folder\n", "no entries"),
        ('URL,Title,Selection,Folder\nu,t,"' + "x" * 10_000_001 + '",f\n', "line 2"),
    ],
)
def test_a_table_that_is_not_right_is_refused_with_the_reason(text, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read("a.csv", text)
