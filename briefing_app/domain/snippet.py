"""Where the words of a query stand in a text, and the part of the text that shows them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from briefing_app.domain.folding import MARK, folded, is_unspaced, searchable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.domain.query import Term

AROUND = 70  # code points of a snippet on each side of its middle
_SLACK = 20  # of it, to end where a word does
_PLACES = 8  # of one term that are looked at

_TOKEN = re.compile(r"[^\W_]+")
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_LETTER_OR_ACCENT = "[^\\W_]\u0300*"
# letters of the text that the index writes with two
_PAIRS = {"ss": "ß", "ae": "æ", "oe": "œ", "th": "þ"}


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text on one line, and the ranges of it that were asked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


class _Word:
    """A term, to be looked for in folded texts."""

    def __init__(self, words: list[str], *, begun: bool) -> None:
        self._head = words[0]
        # what may stand in a text besides the very letters of the words
        self._loose = (MARK, *(one for two, one in _PAIRS.items() if any(two in w for w in words)))
        self._pattern = re.compile(_pattern(words, begun=begun))

    def spans(self, plain: str) -> Iterator[tuple[int, int]]:
        """Yield where it stands, in order, none of which touch."""
        if plain.isascii() or not any(letter in plain for letter in self._loose):
            yield from self._exact(plain)
        else:
            for hit in self._pattern.finditer(plain):
                yield hit.span()

    def places(self, text: str, plain: str, most: int) -> list[int]:
        """Return the first places in a text; `plain` is the same in small letters only."""
        found = [start for start, _ in islice(self._exact(plain), most)]
        if found or text.isascii():
            return found
        # folding a whole text takes longer than all the rest, and few words need it
        return [start for start, _ in islice(self.spans(folded(text)), _PLACES)]

    def _exact(self, plain: str) -> Iterator[tuple[int, int]]:
        """Yield where it stands letter by letter; to look for its first word alone is much faster."""
        at = plain.find(self._head)
        while at >= 0:
            hit = self._pattern.match(plain, at)
            if hit:
                yield hit.span()
            at = plain.find(self._head, hit.end() if hit else at + 1)


class Marking:
    """Marks the words of some terms in texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        tokens = [(term, _TOKEN.findall(folded(searchable(term.text)))) for term in terms]
        self._words = tuple(_Word(words, begun=term.begun) for term, words in tokens if words)

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the ranges of a text to be marked, in order, none of which touch.

        Units: code points.
        """
        if not self._words:
            return ()
        plain = folded(text)
        joined: list[tuple[int, int]] = []
        for start, end in sorted(span for word in self._words for span in word.spans(plain)):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)

    def fit(self, text: str) -> bool:
        """Tell whether a text holds every term."""
        plain = folded(text)
        return all(any(word.spans(plain)) for word in self._words)

    def touch(self, text: str) -> bool:
        """Tell whether a text holds any term."""
        plain = folded(text)
        return any(any(word.spans(plain)) for word in self._words)

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
        most_places = _PLACES if len(self._words) > 1 else 1
        places = sorted(
            (place, number)
            for number, word in enumerate(self._words)
            for place in word.places(text, plain, most_places)
        )
        best, most = 0, 0
        for at, (place, _) in enumerate(places):
            near = [(other, term) for other, term in places[at:] if other < place + 2 * AROUND - 20]
            if (terms := len({term for _, term in near})) > most:
                firsts = {term: other for other, term in reversed(near)}
                best, most = (place + max(firsts.values())) // 2, terms
        return best


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
        letters.append(f"(?:{pair}|{_PAIRS[pair]})" if pair in _PAIRS else re.escape(word[at]))
        at += 2 if pair in _PAIRS else 1
    return "".join(f"{letter}\u0300*" for letter in letters)
