"""Bookmarks as browsers write them (the Netscape form), and lists of Pocket and Instapaper in HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.etree

from briefing_app.importers import guard
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.dates import parse_moment
from briefing_app.importers.entries import Entry, gather
from briefing_app.importers.html import dom, prescan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from briefing_app.progress import Progress

_LABEL = "Bookmarks"
_NETSCAPE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<!DOCTYPE\s+NETSCAPE-Bookmark-file", re.IGNORECASE)
_TITLED = re.compile(rb"<title>\s*(?:Pocket Export|Instapaper: Export)\s*</title>", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3")
_LISTS = ("dl", "ul", "ol")


def _accepts(document: Document) -> bool:
    head = document.data[:2048].replace(b"\0", b"")
    return bool(_NETSCAPE.match(head) or _TITLED.search(head))


def _read(document: Document, progress: Progress) -> Imported:
    root = dom.parse(prescan.safe(guard.read_text(document).text))
    return gather(_LABEL, _entries(root), progress)


def _entries(root: HtmlElement) -> Iterator[Entry]:
    """Go through a list; a heading names the list that follows it."""
    folders: list[str] = []
    heading = ""
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        if element.tag in _LISTS:
            if event == "start":
                # the heading of a browser's outermost list is the name of its menu
                folders.append("" if element.tag == "dl" and not folders else heading)
                heading = ""
            else:
                folders.pop()
        elif element.tag in _HEADINGS and event == "end":
            heading = dom.text_of(element)
        elif element.tag == "a" and event == "end" and folders:
            yield _entry(element, tuple(folder for folder in folders if folder))


def _entry(anchor: HtmlElement, folders: tuple[str, ...]) -> Entry:
    added = anchor.get("add_date") or anchor.get("time_added") or ""
    return Entry(
        title=dom.text_of(anchor),
        url=anchor.get("href") or "",
        added=parse_moment(added),
        note=_note(anchor),
        folders=folders,
        tags=tuple((anchor.get("tags") or "").split(",")),
    )


def _note(anchor: HtmlElement) -> str:
    """Return the description that follows a bookmark."""
    holder = anchor.getparent()
    following = holder.getnext() if holder is not None and holder.tag == "dt" else None
    if following is None or following.tag != "dd":
        return ""
    inside = " ".join(
        text
        for text in (following.text, *(inner.tail for inner in following if inner.tag == "p"))
        if text
    )
    return inside.strip()


IMPORTER = Importer(_LABEL, (), (), _accepts, _read, limit=10 * MEGABYTE)
