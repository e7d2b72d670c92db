"""Feeds, lists and exports that are made to do harm; each is made when it is asked for."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def files() -> Iterator[tuple[str, bytes, str]]:
    """Return name, bytes, and a word of the answer; "" where it has to be read."""
    yield "laughs.xml", billion_laughs(), "entities"
    yield "laughs16.xml", billion_laughs().decode().encode("utf-16"), "entities"
    yield "long-entity.rss", long_entity(), "entities"
    yield "outside.rss", outside_entity(), "entities"
    yield "parameter.rss", parameter_entity(), "entities"
    yield "many.rss", many_entries(100_000), ""
    yield "deep.atom", deep_atom(100_000), ""
    yield "deep.rss", deep_elements(100_000), ""
    yield "attributes.rss", many_attributes(300_000), "tags"
    yield "open.rss", b"<rss><channel>" + b"<item><title>" * 200_000, "tags"
    yield "sharp.rss", b"<rss><channel><title>" + b"<" * 2_000_000, ""
    yield "prolog.rss", b"<?xml version='1.0'?>" + b"<!-- -" * 300_000 + b"<rss>", ""
    yield "deep.json", b"[" * 100_000, "nested deeper"
    yield (
        "deep-objects.json",
        b'{"version":"https://jsonfeed.org/version/1","a":' * 100_000,
        "deeper",
    )
    yield "wide.json", b"[" + b"[]," * 15_000_000 + b"1]", "values"
    yield "number.json", b"[" + b"9" * 5_000_000 + b"]", "JSON"
    yield "nan.json", b'{"version": "https://jsonfeed.org/version/1", "items": [NaN]}', "JSON"
    yield "strings.json", b'["' + b"\\" * 20_000_000, "JSON"
    yield "field.csv", b'URL,Title,Selection,Folder\n"' + b"x" * 49_000_000, "line 2"
    yield "large.csv", b'URL,Title,Selection,Folder\n"' + b"x" * 51_000_000, "too large"
    yield "columns.csv", b"URL,Title,Selection,Folder" + b"," * 5_000_000 + b"\n", "entries"
    yield (
        "rows.csv",
        b"URL,Title,Selection,Folder\n" + b"http://a.example/,t,,\n" * 1_000_000,
        "first",
    )
    yield "deep.opml", b"<opml><body>" + b"<outline>" * 100_000, ""
    yield "laughs.opml", billion_laughs().replace(b"rss", b"opml"), "entities"
    yield (
        "deep-bookmarks.html",
        b"<!DOCTYPE NETSCAPE-Bookmark-file-1>" + b"<DL><DT>" * 50_000,
        "levels",
    )
    yield "braces.bib", b"@article{a, title={" + b"{" * 2_000_000, "references"
    yield "ats.bib", b"@article{\n" * 1_000_000, "references"
    yield "strings.bib", doubling_bibtex(60), ""
    yield "joined.bib", long_join(2_000_000), ""
    yield "blanks.bib", b"@article{a, title = {x}, author = {" + b" and" * 3_000_000 + b"}}", ""
    yield "spaces.bib", b"@article{a, title={x}, author={" + b" " * 4_000_000 + b"}, pages={-}}", ""
    yield "lines.bib", b"%" + b"\n" * 5_000_000, "references"
    yield "links.json", b'[{"x": "' + b'"href": ' * 1_000_000 + b'"}]', ""
    yield "marked.zip", omnivore_zip(b"> " + b" " * 5_000_000 + b"x"), ""
    yield "latex.bib", b"@article{a, title = {" + b"{\\'e}" * 3_000_000 + b"}}", ""
    yield "authors.ris", b"TY  - JOUR\n" + b"AU  - a\n" * 500_000 + b"ER  - \n", ""
    yield "open.ris", b"TY  - JOUR\nAU  - a\n" * 300_000, "first"
    yield "lines.ris", b"TY  - JOUR\nAU  - a\n" + b"\n" * 15_000_000, "lines"
    yield "bomb.warc.gz", gzip.compress(warc(b"x" * 300_000_000)), "made to do harm"
    yield "dense.warc.gz", gzip.compress(warc(b"\0" * 50_000_000), 9), "made to do harm"
    yield (
        "inner.warc",
        warc(gzip.compress(b"x" * 500_000_000), "Content-Encoding: gzip\r\n"),
        "too large",
    )
    yield "members.warc.gz", gzip.compress(warc(b"<p>x</p>")) * 30_000, ""
    yield "records.warc", warc(b"<p>x</p>") * 30_000, ""
    yield (
        "length.warc",
        warc(b"x").replace(b"Content-Length: ", b"Content-Length: 9999999999999"),
        "",
    )
    yield "header.warc", b"WARC/1.0\r\nWARC-Type: " + b"x" * 40_000_000, ""
    yield "headers.warc", b"WARC/1.0\r\n" + b"A: b\r\n" * 1_000_000, ""
    yield "chunks.warc", warc(b"1\r\nx\r\n" * 500_000, "Transfer-Encoding: chunked\r\n"), ""
    yield "doctype.rss", b"<!DOCTYPE rss [" + b"<!" * 1_000_000, ""


def warc(data: bytes, header: str = "") -> bytes:
    """Return a web archive of one page."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{header}\r\n".encode() + data
    return (
        (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
            "WARC-Date: 2026-01-25T08:30:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        ).encode()
        + answer
        + b"\r\n\r\n"
    )


def omnivore_zip(highlights: bytes) -> bytes:
    """Return an export of Omnivore with one article that has highlights alone."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("metadata_0_to_1.json", '[{"slug": "a", "url": "http://a.example/"}]')
        archive.writestr("highlights/a.md", highlights)
    return data.getvalue()


def doubling_bibtex(steps: int) -> bytes:
    """Return references whose abbreviations are each the one before, twice."""
    rows = ['@string{a0 = "xxxxxxxxxx"}']
    rows += [f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, steps)]
    return "\n".join((*rows, f"@article{{k, title = a{steps - 1}}}")).encode()


def long_join(count: int) -> bytes:
    """Return a reference whose title is one abbreviation, many times."""
    rows = '@string{a = "' + "x" * 1000 + '"}\n@article{k, title = a'
    return (rows + "#a" * count + "}").encode()


def billion_laughs() -> bytes:
    """Return a feed whose title is three gigabytes of laughter."""
    rows = ['<!ENTITY a0 "ha">']
    rows += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return _feed("&a9;", "<!DOCTYPE rss [" + "".join(rows) + "]>")


def long_entity() -> bytes:
    """Return a feed with one long entity, named many times."""
    return _feed("&a;" * 100_000, f'<!DOCTYPE rss [<!ENTITY a "{"x" * 100_000}">]>')


def outside_entity() -> bytes:
    """Return a feed that wants a file of the reader's in its title."""
    return _feed("&f;", '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>')


def parameter_entity() -> bytes:
    """Return a feed that wants a definition from elsewhere."""
    return _feed("x", '<!DOCTYPE rss [<!ENTITY % d SYSTEM "http://192.0.2.1/d.dtd"> %d;]>')


def many_entries(count: int) -> bytes:
    """Return a feed with many entries."""
    item = "<item><title>T</title><link>http://a.example/1</link><description>Word.</description></item>"
    return f"<rss version='2.0'><channel><title>X</title>{item * count}</channel></rss>".encode()


def deep_atom(depth: int) -> bytes:
    """Return a feed whose text is nested deep."""
    text = f"{'<div>' * depth}deep{'</div>' * depth}"
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><content type="xhtml">'
        f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div></content></entry></feed>'
    ).encode()


def deep_elements(depth: int) -> bytes:
    """Return a feed whose elements are nested deep."""
    return f"<rss><channel><item>{'<x>' * depth}{'</x>' * depth}</item></channel></rss>".encode()


def many_attributes(count: int) -> bytes:
    """Return a feed with one element that has very many attributes."""
    attributes = " ".join(f'a{n}="1"' for n in range(count))
    return f"<rss><channel><item {attributes}><title>T</title></item></channel></rss>".encode()


def _feed(title: str, doctype: str) -> bytes:
    return (
        f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>{title}</title>'
        "<item><title>T</title><description>Word.</description></item></channel></rss>"
    ).encode()
