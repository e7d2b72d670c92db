"""Web archives: each page is a document of its own, with its address and when it was kept."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import zipfile

import pytest

from briefing_app.errors import UnreadableSource
from briefing_app.importers import registry
from briefing_app.progress import NoProgress
from tests.unit.importers.feeds.reading import read

PAGE = "<!doctype html><html lang='uk'><title>{title}</title><p>Порт відкрито. {title}</p></html>"


def record(
    url, body, *, status="200 OK", kind="response", content="text/html; charset=utf-8", more=""
):
    payload = body if isinstance(body, bytes) else body.encode()
    if kind == "response":
        head = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{more}\r\n"
        payload, content = head.encode() + payload, "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2026-01-25T08:30:00Z\r\nContent-Type: {content}\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def page(title):
    return PAGE.format(title=title)


HOME = gzip.compress(page("Home").encode())
INFO = record("", b"software: made by hand\r\n", kind="warcinfo", content="application/warc-fields")
ONE = record("https://a.example/news/one", page("One"))
RECORDS = (
    INFO,
    ONE,
    ONE,
    record("https://a.example/gone", page("Gone"), status="404 Not Found"),
    record("https://a.example/style.css", "p {}", content="text/css"),
    record(
        "https://a.example/",
        gzip.compress(page("Home").encode()),
        more="Content-Encoding: gzip\r\n",
    ),
    record("https://a.example/paper.pdf", b"%PDF-1.7", content="application/pdf"),
    record("https://a.example/kept", page("Kept"), kind="resource", content="text/html"),
)


def known(found):
    return [(child.name, child.url) for child in found.children]


def test_the_pages_of_a_web_archive_are_documents_of_their_own():
    found = read("crawl.bin", b"".join(RECORDS))
    assert (found.format, found.articles, found.warnings) == ("Web archive", (), ())
    assert known(found) == [
        ("one.html", "https://a.example/news/one"),
        ("a.example.html", "https://a.example/"),
        ("paper.pdf", "https://a.example/paper.pdf"),
        ("kept.html", "https://a.example/kept"),
    ]
    assert found.children[0].retrieved == dt.datetime(2026, 1, 25, 8, 30, tzinfo=dt.UTC)
    assert found.children[0].media_type == "text/html; charset=utf-8"


def test_a_page_of_a_web_archive_reads_like_a_saved_page():
    child = read("crawl.warc", b"".join(RECORDS)).children[1]
    (article,) = registry.read(child, NoProgress()).articles
    assert (article.title, article.url, article.language) == ("Home", "https://a.example/", "uk")
    assert article.body.text == "Порт відкрито. Home"


def test_a_web_archive_may_be_packed_record_by_record():
    data = b"".join(gzip.compress(one) for one in RECORDS)
    assert len(read("crawl.warc.gz", data).children) == 4


@pytest.mark.parametrize(
    "data",
    [
        (INFO + ONE + RECORDS[7])[:-40],
        b"".join(map(gzip.compress, (INFO, ONE))) + gzip.compress(RECORDS[7])[:-30],
        b"".join(map(gzip.compress, (INFO, ONE))) + b"\x1f\x8b damaged",
        INFO + ONE + b"WARC/1.0\r\nnothing",
    ],
)
def test_what_stands_before_damage_is_read_and_the_damage_is_said(data):
    found = read("crawl.warc", data)
    assert known(found)[0] == ("one.html", "https://a.example/news/one")
    assert "damaged" in str(found.warnings[0])


def wacz(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def lines(*urls):
    rows = [{"format": "json-pages-1.0"}, *({"url": url, "title": "T"} for url in urls)]
    return "\n".join(["{damaged", *map(json.dumps, rows)])


def test_a_wacz_gives_the_pages_that_it_lists():
    packed = b"".join(gzip.compress(one) for one in RECORDS)
    files = {
        "archive__data.warc.gz": packed,
        "pages__pages.jsonl": lines("https://a.example/news/one#top", "https://a.example"),
    }
    assert [name for name, _ in known(read("a.bin", wacz(**files)))] == [
        "one.html",
        "a.example.html",
    ]


@pytest.mark.parametrize("listed", ["", lines("https://elsewhere.example/")])
def test_a_wacz_without_a_list_that_fits_gives_all_pages(listed):
    files = {"archive__data.warc": b"".join(RECORDS), "pages__pages.jsonl": listed}
    assert len(read("a.wacz", wacz(**files)).children) == 4


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (INFO + RECORDS[3], "no pages"),
        (b"WARC/1.0\r\n", "no pages|damaged"),
        (record("https://a.example/", b"<p>" + b"x" * 10_000_001), "too large"),
        (wacz(archive__data="x"), "no pages"),
    ],
)
def test_an_archive_without_pages_says_so(data, reason):
    with pytest.raises(UnreadableSource, match=reason):
        read("a.warc", data)
