"""What is known of a page's article beside its text, and where each field came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing_app.domain.moment import Moment, parse_iso
from briefing_app.domain.text import clean_line
from briefing_app.importers.direction import direction_of
from briefing_app.importers.html import dom
from briefing_app.importers.html.jsonld import Said, said
from briefing_app.importers.html.title import choose_title
from briefing_app.importers.links import clean_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from briefing_app.importers.html.voters import Voice

_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(\S+)|<!--\s*Page saved with SingleFile\s+url:\s*(\S+)"
)
_HEAD = 8192  # code points; saving programs write their line at the top
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_MOST_AUTHORS = 12
_LONGEST_NAME = 100  # code points


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of an article, and their origins as (field, origin) pairs."""

    title: str
    authors: tuple[str, ...]
    source: str
    url: str
    canonical_url: str
    published: Moment | None
    language: str
    direction: str
    origins: tuple[tuple[str, str], ...]


def address_of(html: str, known: str) -> tuple[str, str]:
    """Return where a page came from and who says so: the caller, or the program that saved it."""
    if known:
        return known, "address"
    found = _SAVED_FROM.search(html, 0, _HEAD)
    url = dom.address(found[1] or found[2]) if found else ""
    return (url, "saved page") if url else ("", "")


def metadata(
    root: HtmlElement, address: tuple[str, str], voices: Sequence[Voice], text: str
) -> Metadata:
    """Put together what the page and the voters say; `text` is that of the article."""
    metas, ld = dom.metas(root), said(root)
    voiced = {voice.voter: voice for voice in voices}
    canonical = _first(_canonicals(root, metas, ld, address[0]))
    url = (clean_link(address[0]), address[1]) if address[0] else canonical
    source = _first(_sources(metas, ld, voiced, url[0]))
    title = choose_title(_titles(root, metas, ld, voiced), source[0])
    language = _first(_languages(root, metas, ld))
    published, dated = _published(root, metas, ld, voiced)
    authors, named = _authors(metas, ld, voiced)
    told = _first([(_directions(root), "page"), (direction_of(text, language[0]), "text")])
    origins = {
        "title": title[1], "authors": named, "source": source[1], "url": url[1],
        "canonical_url": canonical[1], "published": dated, "language": language[1],
        "direction": told[1],
    }  # fmt: skip
    return Metadata(
        title[0],
        authors,
        source[0],
        url[0],
        canonical[0],
        published,
        language[0],
        told[0],
        tuple((name, origin) for name, origin in origins.items() if origin),
    )


def page_title(root: HtmlElement) -> str:
    """Return what the title element says."""
    element = root.find(".//title")
    return "" if element is None else dom.text_of(element)


def _first(pairs: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Return the first (value, origin) pair that holds a value."""
    return next(((value, origin) for value, origin in pairs if value), ("", ""))


def _titles(
    root: HtmlElement, metas: dict[str, str], ld: Said, voiced: dict[str, Voice]
) -> list[tuple[str, str]]:
    heading = root.find(".//h1")
    return [
        ("og:title", metas.get("og:title", "")),
        ("JSON-LD", ld.title),
        *((name, voice.title) for name, voice in voiced.items() if name == "trafilatura"),
        ("first heading", "" if heading is None else dom.text_of(heading)),
        *((name, voice.title) for name, voice in voiced.items() if name != "trafilatura"),
        ("twitter:title", metas.get("twitter:title", "")),
        ("page title", page_title(root)),
    ]


def _sources(
    metas: dict[str, str], ld: Said, voiced: dict[str, Voice], url: str
) -> Iterable[tuple[str, str]]:
    yield metas.get("og:site_name", ""), "og:site_name"
    yield ld.source, "JSON-LD"
    yield metas.get("application-name", ""), "application-name"
    if "trafilatura" in voiced:
        yield clean_line(voiced["trafilatura"].source), "trafilatura"
    if url:
        yield (urlsplit(url).hostname or "").removeprefix("www."), "address"


def _canonicals(
    root: HtmlElement, metas: dict[str, str], ld: Said, base: str
) -> Iterable[tuple[str, str]]:
    for href in dom.links(root, "canonical"):
        yield _page_address(href, base), "canonical link"
    yield _page_address(metas.get("og:url", ""), base), "og:url"
    yield _page_address(ld.url, base), "JSON-LD"


def _page_address(href: str, base: str) -> str:
    url = dom.address(href, base)
    return clean_link(url) if url.startswith("http") else ""


def _languages(root: HtmlElement, metas: dict[str, str], ld: Said) -> Iterable[tuple[str, str]]:
    yield _language(root.get("lang") or root.get("xml:lang") or ""), "page"
    yield _language(ld.language), "JSON-LD"
    yield _language(metas.get("og:locale", "")), "og:locale"


def _language(text: str) -> str:
    found = _LANGUAGE.fullmatch(text.strip())
    return found[0].replace("_", "-") if found else ""


def _directions(root: HtmlElement) -> str:
    for element in (root, dom.body_of_page(root)):
        if (told := (element.get("dir") or "").lower()) in ("ltr", "rtl"):
            return told
    return ""


def _published(
    root: HtmlElement, metas: dict[str, str], ld: Said, voiced: dict[str, Voice]
) -> tuple[Moment | None, str]:
    """Return when it was published; a time that the page gives is taken where the day agrees."""
    stated = [
        ("JSON-LD", parse_iso(ld.published)),
        *(
            (name, parse_iso(metas.get(name, "")))
            for name in ("article:published_time", "datepublished", "og:published_time", "date")
        ),
        *(("time element", parse_iso(e.get("datetime") or "")) for e in _few(root.iter("time"))),
    ]
    known = [(origin, moment) for origin, moment in stated if moment]
    day = parse_iso(voiced["trafilatura"].date) if "trafilatura" in voiced else None
    if day is None:
        return (known[0][1], known[0][0]) if known else (None, "")
    for origin, moment in known:
        if moment.time is not None and abs((moment.date - day.date).days) <= 1:
            return moment, origin
    return day, "trafilatura"


def _few(elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    return [element for _, element in zip(range(5), elements, strict=False)]


def _authors(
    metas: dict[str, str], ld: Said, voiced: dict[str, Voice]
) -> tuple[tuple[str, ...], str]:
    choices = [
        (voiced["trafilatura"].authors if "trafilatura" in voiced else (), "trafilatura"),
        (ld.authors, "JSON-LD"),
        ((metas.get("author", ""),), "author"),
        (voiced["newspaper"].authors if "newspaper" in voiced else (), "newspaper"),
    ]
    for names, origin in choices:
        cleaned = dict.fromkeys(clean_line(name) for name in names if len(name) <= _LONGEST_NAME)
        kept = tuple(name for name in cleaned if name and "://" not in name)
        if kept:
            return kept[:_MOST_AUTHORS], origin
    return (), ""
