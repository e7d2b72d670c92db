"""A page as a tree, and small questions to it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html

from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement


_OF_THE_HEAD = frozenset(
    ("base", "link", "meta", "noscript", "object", "script", "style", "template", "title")
)


def parse(html: str) -> HtmlElement:
    """Return the root of a page.

    Raises: UnreadableSource if there is nothing in it.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8")  # nothing in the page says otherwise
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no text in it.")) from error
    _empty_the_head(root)
    return root


def body_of_page(root: HtmlElement) -> HtmlElement:
    """Return the element that holds what is shown."""
    body = root.find("body")
    return root if body is None else body


def metas(root: HtmlElement) -> dict[str, str]:
    """Return what the page's meta elements say, by name in small letters; the first one counts."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = clean_line(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def links(root: HtmlElement, relation: str) -> Iterator[str]:
    """Return the addresses that the page links to under a relation."""
    for element in root.iter("link"):
        if relation in (element.get("rel") or "").lower().split() and element.get("href"):
            yield element.get("href", "")


def _empty_the_head(root: HtmlElement) -> None:
    """Put into the body what libxml2 leaves in the head: a page may begin without either's tag."""
    head, body = root.find("head"), root.find("body")
    if head is None:
        return
    strays = [e for e in head if isinstance(e.tag, str) and e.tag not in _OF_THE_HEAD]
    if not strays:
        return
    if body is None:
        body = lxml.html.Element("body")
        root.append(body)
    first = lxml.html.Element("div")
    first.extend(strays)  # with the text behind each
    first.tail, body.text = body.text, None
    body.insert(0, first)


def text_of(element: HtmlElement) -> str:
    """Return all text of an element as one line."""
    return clean_line(" ".join(element.itertext()))


def address(href: str, base: str = "") -> str:
    """Return an absolute web or mail address, or an empty string for anything else."""
    href = href.strip()
    if not href or href.startswith("#"):
        return ""
    try:
        whole = urljoin(base, href)
        scheme = urlsplit(whole).scheme
    except ValueError:
        return ""
    return clean_line(whole) if scheme in ("http", "https", "mailto") else ""
