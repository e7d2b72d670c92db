"""Find things by their words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.storage.search import Search

Kind = Literal["article", "story", "brief", "annotation"]

AROUND = 70  # characters of a snippet on each side of the word
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found; `article` is the id of the article that an article or a passage stands in."""

    kind: Kind
    id: str
    title: str
    snippet: str
    article: str = ""


class Searching:
    """Finds articles, passages, stories and briefs; any thread may ask."""

    def __init__(self, search: Search) -> None:
        self._search = search

    def find(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        """Return what holds all the words: briefs, stories, articles, passages, newest first.

        Each kind but articles gets at most a quarter of the places. Odd input finds nothing.
        """
        words = tuple(fold(word) for word in _WORD.findall(query))
        if not words or limit < 1:
            return ()
        share = max(1, limit // 4)
        briefs, stories = self._titled(words, share)
        told = {hit.id for hit in stories}
        for found in self._search.statements(query, share):
            if found.id not in told and len(stories) < share:
                told.add(found.id)
                stories.append(Hit("story", found.id, found.title, snippet(found.text, words)))
        passages = [
            Hit("annotation", found.id, found.title, snippet(found.text, words), found.article)
            for found in self._search.annotations(query, share)
        ]
        left = max(0, limit - len(briefs) - len(stories) - len(passages))
        articles = [
            Hit("article", found.id, found.title, snippet(found.text, words), found.id)
            for found in self._search.articles(query, left)
        ]
        return (*briefs, *stories, *articles, *passages)[:limit]

    def _titled(self, words: tuple[str, ...], share: int) -> tuple[list[Hit], list[Hit]]:
        briefs: list[Hit] = []
        stories: list[Hit] = []
        for kind, uid, title in self._search.titles():
            folded = fold(title)
            if all(word in folded for word in words):
                if kind == "brief":
                    briefs.append(Hit("brief", uid, title, ""))
                else:
                    stories.append(Hit("story", uid, title, ""))
        return briefs[:share], stories[:share]


def fold(text: str) -> str:
    """Return a text without case and diacritics, as the search compares it."""
    return "".join(_folded(text.casefold()))


def snippet(text: str, words: tuple[str, ...]) -> str:
    """Return the part of a text around the first of the words, on one line."""
    at = _place(text, words)
    start, end = max(0, at - AROUND), min(len(text), at + AROUND)
    if start:
        blank = text.find(" ", start, at)
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = text.rfind(" ", at, end)
        end = blank if blank > at else end
    line = " ".join(text[start:end].split())
    return ("… " if start else "") + line + (" …" if end < len(text) else "")


def _folded(text: str) -> Iterator[str]:
    for mark in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(mark):
            yield mark


def _place(text: str, words: tuple[str, ...]) -> int:
    pattern = "|".join(re.escape(word) for word in words)
    if found := re.search(pattern, text, re.IGNORECASE):
        return found.start()
    # one character for one, so that the place in the folded text is the place in the text
    plain = "".join(fold(mark)[:1] or "-" for mark in text[:5000])
    found = re.search(pattern, plain)
    return found.start() if found else 0
