"""Where the words of a query stand in a text, and the part of the text that shows them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from briefing_app.domain.folding import folded, is_unspaced, searchable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.query import Term

AROUND = 70  # code points of a snippet on each side of its middle
_SLACK = 20  # of it, to end where a word does
_PLACES = 12  # of one term that are looked at

_TOKEN = re.compile(r"[^\W_]+")
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_LETTER_OR_ACCENT = "[^\\W_]\u0300*"
# letters of the text that the index writes with two
_PAIRS = {"ss": "(?:ss|ß)", "ae": "(?:ae|æ)", "oe": "(?:oe|œ)", "th": "(?:th|þ)"}


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text on one line, and the ranges of it that were asked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


class Marking:
    """Marks the words of some terms in texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        tokens = [(term, _TOKEN.findall(folded(searchable(term.text)))) for term in terms]
        self._terms = tuple(
            (words[0], re.compile(_pattern(words, begun=term.begun)))
            for term, words in tokens
            if words
        )

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the ranges of a text to be marked, in order, none of which touch.

        Units: code points.
        """
        if not self._terms:
            return ()
        plain = folded(text)
        found = sorted(hit.span() for _, word in self._terms for hit in word.finditer(plain))
        joined: list[tuple[int, int]] = []
        for start, end in found:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)

    def fit(self, text: str) -> bool:
        """Tell whether a text holds every term."""
        plain = folded(text)
        return all(word.search(plain) for _, word in self._terms)

    def touch(self, text: str) -> bool:
        """Tell whether a text holds any term."""
        plain = folded(text)
        return any(word.search(plain) for _, word in self._terms)

    def snippet(self, text: str) -> Snippet:
        """Return the part of a text with most of the terms; its beginning if it has none."""
        start, end = _cut(text, self._middle(text))
        line = " ".join(text[start:end].split())
        shown = ("… " if start else "") + line + (" …" if end < len(text) else "")
        return Snippet(shown, self.marks(shown))

    def _middle(self, text: str) -> int:
        """Return where most of the terms stand close together, the first such place."""
        lower = text.lower()
        plain = lower if len(lower) == len(text) else folded(text)
        places: list[tuple[int, int]] = []
        for number, (head, word) in enumerate(self._terms):
            found = _places(plain, head, word)
            if not found and not text.isascii():
                # folding a whole text takes half a millisecond, and few words need it
                found = [hit.start() for hit in islice(word.finditer(folded(text)), _PLACES)]
            places += [(place, number) for place in found]
        places.sort()
        best, most = 0, 0
        for at, (place, _) in enumerate(places):
            near = [(other, term) for other, term in places[at:] if other < place + 2 * AROUND - 20]
            if (terms := len({term for _, term in near})) > most:
                firsts = {term: other for other, term in reversed(near)}
                best, most = (place + max(firsts.values())) // 2, terms
        return best


def _places(plain: str, head: str, word: re.Pattern[str]) -> list[int]:
    """Return the first places of a term; looking for its first word alone is much faster."""
    found: list[int] = []
    at = plain.find(head)
    while at >= 0 and len(found) < _PLACES:
        if word.match(plain, at):
            found.append(at)
        at = plain.find(head, at + 1)
    return found


def _cut(text: str, at: int) -> tuple[int, int]:
    start, end = max(0, at - AROUND), min(len(text), at + AROUND)
    if at < AROUND:
        end = min(len(text), 2 * AROUND)
    if start:
        near = min(at, start + _SLACK)
        blank = max(text.find(" ", start, near), text.find("\n", start, near))
        start = blank + 1 if blank >= 0 else start
        while start < at and unicodedata.combining(text[start]):
            start += 1
    if end < len(text):
        near = max(at, end - _SLACK)
        blank = max(text.rfind(" ", near, end), text.rfind("\n", near, end))
        end = blank if blank > at else end
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
    return start, end


def _pattern(words: list[str], *, begun: bool) -> str:
    """Return a pattern of words that follow each other, for a folded text."""
    parts = [] if is_unspaced(words[0][0]) else [_BEFORE]
    for number, word in enumerate(words):
        if number:
            # signs between words do not count; there need be none where each character is a word
            parts.append(
                r"[\W_]*" if is_unspaced(word) or is_unspaced(words[number - 1]) else r"[\W_]+"
            )
        parts.append(_spelled(word))
    if begun:
        parts.append(f"(?:{_LETTER_OR_ACCENT})*")
    elif not is_unspaced(words[-1][-1]):
        parts.append(_AFTER)
    return "".join(parts)


def _spelled(word: str) -> str:
    """Return a pattern of one word; accents of their own may stand behind each letter."""
    letters = []
    at = 0
    while at < len(word):
        pair = word[at : at + 2]
        letters.append(_PAIRS.get(pair) or re.escape(word[at]))
        at += 2 if pair in _PAIRS else 1
    return "".join(f"{letter}\u0300*" for letter in letters)
