"""Lines made into running text: hyphens at their ends, and paragraphs that go on in another column."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.importers.pdf.lines import is_ideograph
from briefing_app.importers.pdf.paragraphs import STOPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing_app.importers.body import Piece
    from briefing_app.importers.pdf.lines import Line
    from briefing_app.importers.pdf.paragraphs import Paragraph

_SOFT, _HYPHENS, _DASHES = "\u00ad", "-\u2010\u2011", "\u2013\u2014"
_WORD = re.compile(r"\w+(?:[-\u2010\u2011]\w+)*")
_LAST = re.compile(r"\w+(?:[-\u2010\u2011]\w+)*(?=[-\u2010\u2011]$)")
_FIRST = re.compile(r"\w+(?:[-\u2010\u2011]\w+)*")
_KEEPING = frozenset(("self", "quasi"))  # are seldom written together with what follows
# fmt: off
_BETWEEN = frozenset((  # behind a hyphen that stands for a word left out: "Nord- und Ost..."
    "und", "oder", "bis", "and", "or", "to", "et", "ou", "y", "o", "e", "i", "lub", "oraz", "en",
    "of", "och", "eller", "\u0442\u0430", "\u0430\u0431\u043e", "\u0438", "\u0438\u043b\u0438",
))
# fmt: on
_CLOSING = "\"'\u201d\u2019\u00bb)]\u300d\u300f"
_PAIRS = (("(", ")"), ("[", "]"), ("\u00ab", "\u00bb"))
_REACH = 40  # paragraphs that may stand between the parts of one


class Words:
    """The words of a document as they stand within its lines, to tell one word from two."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._known: set[str] = set()
        for line in lines:
            text = line.text.strip()
            words = _WORD.findall(text)
            if text[-1:] in _HYPHENS + _SOFT and words:
                words.pop()
            self._known.update(word.casefold() for word in words)

    def joint(self, before: str, after: str) -> tuple[int, str]:
        """Return how many characters to drop at the end of a line, and what to put there."""
        last, first = before[-1:], after[:1]
        if last == _SOFT:
            return 1, ""
        if last in _HYPHENS and len(before) > 1:
            return self._hyphen(before, after)
        if last in _DASHES and before[-2:-1].isalnum() and first.isalnum():
            return 0, ""
        if last == "/" and "://" in before.rsplit(" ", 1)[-1]:
            return 0, ""
        if is_ideograph(last) and is_ideograph(first):
            return 0, ""
        return 0, " "

    def _hyphen(self, before: str, after: str) -> tuple[int, str]:
        left, right = _LAST.search(before), _FIRST.match(after)
        if not left or not right:
            return 0, " " if before[-2:-1].isspace() or not after[:1].isalnum() else ""
        one, two = left[0], right[0]
        if two.casefold() in _BETWEEN and (one + two).casefold() not in self._known:
            return 0, " "
        shouted = one.isupper() and two.isupper() and len(one) > 1 and len(two) > 1
        if not one[-1:].isalpha() or not (two[:1].islower() or shouted):
            return 0, ""
        if (one + two).casefold() in self._known:
            return 1, ""
        kept = f"{one}-{two}".casefold() in self._known or one.casefold() in _KEEPING
        return (0, "") if kept else (1, "")


def flow(lines: Sequence[Line], words: Words) -> list[Piece]:
    """Return the running text of some lines."""
    pieces: list[Piece] = []
    for line in lines:
        new = _bare(line.pieces)
        if not new:
            continue
        if pieces:
            before = "".join(piece.text for piece in pieces[-3:])
            drop, blank = words.joint(before, "".join(piece.text for piece in new))
            last = pieces[-1]
            pieces[-1] = replace(last, text=last.text[: len(last.text) - drop] + blank)
        pieces.extend(new)
    if sum(line.rtl for line in lines) > len(lines) / 2:
        return _bracketed(pieces)
    return pieces


def _bracketed(pieces: list[Piece]) -> list[Piece]:
    """Turn brackets of a text from right to left that do not open and close by turns.

    Some programs write them as they look, and some as they are meant.
    """
    text = "".join(piece.text for piece in pieces)
    wrong = {}
    for one, two in _PAIRS:
        found = [letter for letter in text if letter in (one, two)]
        if len(found) % 2 == 0 and not _balanced(found, one):
            wrong[one] = wrong[two] = itertools.cycle((one, two))
    if not wrong:
        return pieces
    return [
        replace(piece, text="".join(next(wrong[c]) if c in wrong else c for c in piece.text))
        for piece in pieces
    ]


def _balanced(found: Sequence[str], opening: str) -> bool:
    depth = 0
    for letter in found:
        depth += 1 if letter == opening else -1
        if depth < 0:
            return False
    return depth == 0


def _bare(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a line without blanks at its ends."""
    kept = [piece for piece in pieces if piece.text]
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def continued(found: Sequence[Paragraph], body: float) -> list[Paragraph]:
    """Join paragraphs that go on in the next column or on the next page.

    What stands between the parts (a foot, a note, a picture's caption) follows the whole.
    """
    left = list(found)
    whole: list[Paragraph] = []
    taken: set[int] = set()
    for at, one in enumerate(left):
        if id(one) in taken:
            continue
        whole.append(one)
        last = one
        place = at
        while (place := _continuation(left, place, last, body)) >= 0:
            whole[-1] = replace(whole[-1], lines=[*whole[-1].lines, *left[place].lines])
            taken.add(id(left[place]))
            last = left[place]
    return whole


def _continuation(left: Sequence[Paragraph], at: int, last: Paragraph, body: float) -> int:
    """Return where a paragraph goes on, or -1."""
    if last.rows or last.furniture or last.size > 1.15 * body or not _is_open(last):
        return -1
    for place in range(at + 1, min(at + _REACH, len(left))):
        new = left[place]
        if new.page > last.page + 1:
            return -1
        if new.furniture or new.rows or new.size < 0.94 * last.size:
            continue
        if new.column == last.column:
            return -1
        return place if _goes_on(last, new) else -1
    return -1


def _is_open(one: Paragraph) -> bool:
    return one.lines[-1].text.strip().rstrip(_CLOSING)[-1:] not in STOPS


def _goes_on(last: Paragraph, new: Paragraph) -> bool:
    if not 0.94 < new.size / last.size < 1.06 or new.bold != last.bold or new.marked:
        return False
    first, end = new.lines[0].text.strip()[:1], last.lines[-1].text.strip()[-1:]
    if first.islower() or end in _HYPHENS + _SOFT:
        return True
    if new.indented or not last.full or end == ":":
        return False
    return len(last.lines) > 1 or len(new.lines) > 1
