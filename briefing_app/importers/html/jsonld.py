"""What a page says of its article in JSON-LD (schema.org)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing_app.domain.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_LARGEST = 1_000_000  # code points of one script
_DEEPEST = 20
_MOST = 2000  # nodes looked at


@dataclass(frozen=True, slots=True)
class Said:
    """The fields of an article; `published` is as the page writes it."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    source: str = ""
    url: str = ""
    language: str = ""


def said(root: HtmlElement) -> Said:
    """Return what the first article in a page's JSON-LD says; nothing where there is none."""
    for script in root.iter("script"):
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        text = script.text or ""
        if kind != "application/ld+json" or len(text) > _LARGEST:
            continue
        try:
            data = json.loads(text, strict=False, parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if _is_article(node):
                return _of(node)
    return Said()


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Go through all objects, the outermost first."""
    level = [data]
    seen = 0
    for _ in range(_DEEPEST):
        inner: list[object] = []
        for value in level:
            seen += 1
            if seen > _MOST:
                return
            if isinstance(value, dict):
                yield value
                inner.extend(value.values())
            elif isinstance(value, list):
                inner.extend(value)
        level = inner


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(("Article", "Posting")) for kind in kinds)


def _of(node: dict[str, Any]) -> Said:
    return Said(
        title=_text(node.get("headline")) or _text(node.get("name")),
        authors=tuple(_names(node.get("author"))),
        published=_text(node.get("datePublished")),
        source=next(_names(node.get("publisher")), ""),
        url=_text(node.get("url")) or _text(node.get("mainEntityOfPage")),
        language=_text(node.get("inLanguage")),
    )


def _names(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = _text(one.get("name")) if isinstance(one, dict) else _text(one)
        if name and not name.startswith(("http://", "https://")):
            yield name


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("@value")
    return clean_line(value) if isinstance(value, str) else ""
