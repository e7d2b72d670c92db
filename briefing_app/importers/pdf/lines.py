"""Lines of text: letters in reading order with blanks between the words, and how they look."""

from __future__ import annotations

import itertools
import re
import statistics
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.importers.body import Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.importers.pdf.glyphs import Glyph
    from briefing_app.importers.pdf.runs import Run

# in units of the letters' size
_GAP = 0.15  # a wider gap parts two words, whether the file has a blank there or not
_NO_GAP = 0.03  # a blank of the file that takes no room is none
_IDEOGRAPH = re.compile("[\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]")
Letters = list[tuple[str, "Glyph"]]
_NUMBER_MARKS = ".,:/"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and its place.

    `lead` is the width of its first word: whether that would have had room in the line before tells
    a paragraph's end. Units: points.
    """

    pieces: tuple[Piece, ...]
    x0: float
    x1: float
    base: float
    size: float
    lead: float = 0.0
    rtl: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def top(self) -> float:
        """The upper end of its letters."""
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """The lower end of its letters."""
        return self.base + 0.2 * self.size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(piece.bold for piece in self.pieces if piece.text.strip())


def _middle(glyph: Glyph) -> float:
    """Return where a letter is among others; a blank may be wider than the gap that it stands for."""
    return glyph.x0 + 0.01 * glyph.size if glyph.text == " " else (glyph.x0 + glyph.x1) / 2


def is_ideograph(character: str) -> bool:
    """Tell whether a character is of a script that sets no blanks between words."""
    return bool(_IDEOGRAPH.match(character))


def line_of(run: Run, *, rtl: bool = False) -> Line:
    """Return the line of a run; `rtl` says that its page runs from right to left."""
    letters, leftward = letters_of(run, rtl=rtl)
    return Line(_pieces(letters), run.x0, run.x1, run.base, run.size, _lead(letters), leftward)


def letters_of(run: Run, *, rtl: bool = False) -> tuple[Letters, bool]:
    """Return the letters of a run as they are read, and whether it runs from right to left."""
    letters = _spaced(sorted(run.glyphs, key=_middle), run)
    text = "".join(letter for letter, _ in letters)
    leftward = _leftward(text)
    if not leftward:
        return letters, False
    turned = rtl or leftward > len(text.replace(" ", "")) / 2
    return _logical(letters, rtl=turned), turned


def _leftward(text: str) -> int:
    """Return how many letters run from right to left."""
    if text.isascii():
        return 0
    return sum(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _spaced(glyphs: Sequence[Glyph], run: Run) -> Letters:
    """Return the letters from the left, a blank where two words part."""
    inks = [glyph for glyph in glyphs if glyph.text != " "]
    widest, narrowest = _gaps(inks, run.size)
    letters: Letters = []
    last: Glyph | None = None
    blank = False
    for glyph in glyphs:
        if glyph.text == " ":
            blank = True
            continue
        if last:
            gap = glyph.x0 - last.x1
            wide = _IDEOGRAPH.match(last.text) and _IDEOGRAPH.match(glyph.text)
            if gap > (run.size if wide else widest) or (blank and gap > narrowest):
                letters.append((" ", last))
        letters.append((glyph.text, glyph))
        last, blank = glyph, False
    return letters


def _gaps(inks: Sequence[Glyph], size: float) -> tuple[float, float]:
    """Return how wide a gap inside a word may be, and how narrow one where the file has a blank.

    Letters may be set apart, or close.
    """
    if len(inks) < 6:
        return _GAP * size, _NO_GAP * size
    usual = statistics.median(b.x0 - a.x1 for a, b in itertools.pairwise(inks)) / size
    return max(_GAP, max(0.0, usual) + 0.13) * size, (_NO_GAP + min(0.0, usual)) * size


def _logical(letters: Letters, *, rtl: bool) -> Letters:
    """Return letters that lie from left to right in the order in which they are read.

    Source: Unicode Standard Annex 9, backwards and without embeddings.
    """
    ways = _ways([letter for letter, _ in letters], rtl=rtl)
    if rtl:
        letters, ways = letters[::-1], ways[::-1]
    turned: Letters = []
    at = 0
    while at < len(letters):
        end = at
        while end < len(letters) and ways[end] == ways[at]:
            end += 1
        part = letters[at:end]
        if ways[at] != rtl:
            part = part[::-1]
            if not rtl:
                part = _with_numbers(part)
        turned.extend(part)
        at = end
    return turned


def _ways(letters: Sequence[str], *, rtl: bool) -> list[bool]:
    """Return for each letter whether it runs from right to left; the undecided go with neighbours."""
    known: list[bool | None] = [_way(letter) for letter in letters]
    for at, letter in enumerate(letters):
        if known[at] is None and letter in _NUMBER_MARKS and 0 < at < len(letters) - 1:
            beside = letters[at - 1][-1].isdigit() and letters[at + 1][0].isdigit()
            known[at] = False if beside else None
    ways: list[bool] = []
    at = 0
    while at < len(known):
        if (way := known[at]) is not None:
            ways.append(way)
            at += 1
            continue
        end = at
        while end < len(known) and known[end] is None:
            end += 1
        before = ways[-1] if ways else rtl
        after = known[end] if end < len(known) else rtl
        between = before if before == after else rtl
        if between is False and rtl and _digit(letters, at - 1) and _digit(letters, end):
            between = True  # two numbers in a text from right to left stand in its order
        ways.extend([between] * (end - at))
        at = end
    return ways


def _digit(letters: Sequence[str], at: int) -> bool:
    return 0 <= at < len(letters) and letters[at][-1].isdigit()


def _way(letter: str) -> bool | None:
    kind = unicodedata.bidirectional(letter[0])
    if kind in ("R", "AL"):
        return True
    return False if kind in ("L", "EN", "AN") else None


def _with_numbers(part: Letters) -> Letters:
    """Turn the numbers inside a turned part back."""
    turned: Letters = []
    number: Letters = []
    for letter in part:
        if letter[0][-1].isdigit():
            number.insert(0, letter)
        else:
            turned.extend(number)
            number = []
            turned.append(letter)
    return [*turned, *number]


def _pieces(letters: Letters) -> tuple[Piece, ...]:
    """Return the letters by their look."""
    pieces: list[Piece] = []
    part: list[str] = []
    look: tuple[bool, bool, str] | None = None
    for letter, glyph in letters:
        new = (glyph.bold, glyph.italic, glyph.link)
        if new != look and letter != " ":
            if look and part:
                pieces.append(Piece("".join(part), *look))
                part = []
            look = new
        part.append(letter)
    if look and part:
        pieces.append(Piece("".join(part), *look))
    return tuple(pieces)


def _lead(letters: Letters) -> float:
    """Return the width of the first word; where words are not parted, that of the first letter."""
    left, right = float("inf"), 0.0
    for letter, glyph in letters:
        if letter == " ":
            break
        left, right = min(left, glyph.x0), max(right, glyph.x1)
        if _IDEOGRAPH.match(letter):
            break
    return max(0.0, right - left)
