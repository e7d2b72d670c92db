"""Feeds, lists and exports that are made to do harm; each is made when it is asked for."""

from __future__ import annotations

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
    yield "doctype.rss", b"<!DOCTYPE rss [" + b"<!" * 1_000_000, ""


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
