"""Inline nodes to lines: words, where they may part, and greedy line breaking in linear time.

User text is never parsed. Lines are set ragged right without hyphenation, so that every word is found
again in the text of the file; a line may end after a blank, after a hyphen between letters, after a
dash, between ideographs, and within a word only where the word is longer than a line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.exporters.pdf.faces import Chunk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.exporters.pdf.faces import Faces
    from briefing_app.exporters.pdf.tree import Node
    from briefing_app.exporters.style import Face

# characters that take no ink: marks of direction, joiners, soft hyphens, variation selectors
_INKLESS = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_BLANKS = re.compile("[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
_FIXED_BLANKS = re.compile("[\u2007\u202f]")
# what a line end must not part: a name and a small number ("January 22"), a day and its year
_BOUND = re.compile(r"(\b[^\W\d_a-z][^\W\d_]{2,9}) (?=\d\d?\b(?![.:,]\d))|(\b\d\d?,) (?=\d{4}\b)")
_WIDE = "\u2e80-\u2fff\u3040-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_BREAKS = re.compile(
    r"(?<=[\w.]{2}[-\u2010])(?=[^\W\d_]{2})"
    r"|(?<=[^\W\d_]\u2013)(?=[^\W\d_])"
    r"|(?<=\u2014)(?=\w)"
    r"|(?<=\w/)(?=\w)"
    rf"|(?<=[{_WIDE}])(?=[{_WIDE}])"
)
_MAY_PART = re.compile(f"[-\u2010\u2013\u2014/{_WIDE}]")


@dataclass(frozen=True, slots=True)
class Ink:
    """How a run is set, and the structure node that it belongs to; `target` is where it leads."""

    node: Node
    face: Face
    size: float
    colour: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one ink."""

    text: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one face and ink. Units: points."""

    ink: Ink
    chunk: Chunk
    width: float


@dataclass(frozen=True, slots=True)
class Word:
    """What is never parted; `gap` is the width of the blank behind it, 0 where none follows.

    Units: points.
    """

    runs: tuple[Run, ...]
    width: float
    gap: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of runs. A blank at its end is kept, so that words do not run together as text."""

    runs: tuple[Run, ...]
    width: float


def words(spans: Iterable[Span], faces: Faces) -> list[Word]:
    """Return the words of inline text, in order."""
    found: list[Word] = []
    runs: tuple[Run, ...] = ()
    for span in spans:
        ink = span.ink
        gap = faces.chunks(ink.face, " ")[0].width * ink.size
        for number, part in enumerate(_BLANKS.split(_bound(span.text))):
            if number and runs:
                found.append(_word(runs, gap))
                runs = ()
            pieces = _BREAKS.split(part) if _MAY_PART.search(part) else (part,)
            for piece in pieces[:-1]:
                found.append(_word((*runs, *_runs(piece, ink, faces)), 0))
                runs = ()
            if pieces[-1]:
                runs += _runs(pieces[-1], ink, faces)
    if runs:
        found.append(_word(runs, 0))
    return found


def break_lines(
    found: list[Word], measure: float, faces: Faces, *, even: bool = False
) -> tuple[Line, ...]:
    """Break words into lines no wider than `measure`; `even` makes them about equally long.

    A last line of a single short word is avoided where the line above can spare one.
    """
    fitting: list[Word] = []
    for word in found:
        if word.width > measure:
            fitting.extend(_cut(word, measure, faces))
        else:
            fitting.append(word)
    rows = _greedy(fitting, measure)
    if even and len(rows) > 1:
        rows = _even(fitting, measure, len(rows))
    elif len(rows) > 1:
        _spare_a_word(rows, measure)
    return tuple(_line(row) for row in rows)


def _bound(text: str) -> str:
    """Return a text as it is set: what must not be parted is tied by no-break spaces."""
    # a letter with a loose accent is set as one sign, because the accent could not be placed
    text = unicodedata.normalize("NFC", _INKLESS.sub("", text))
    text = _FIXED_BLANKS.sub("\u00a0", text)
    return _BOUND.sub(lambda found: f"{found[1] or found[2]}\u00a0", text)


def _runs(text: str, ink: Ink, faces: Faces) -> tuple[Run, ...]:
    return tuple(Run(ink, chunk, chunk.width * ink.size) for chunk in faces.chunks(ink.face, text))


def _word(runs: tuple[Run, ...], gap: float) -> Word:
    return Word(runs, sum([run.width for run in runs]), gap)


def _cut(word: Word, measure: float, faces: Faces) -> Iterator[Word]:
    """Yield pieces, each as long as a line, of a word that is longer than one."""
    piece: list[Run] = []
    width = 0.0
    for run in (single for whole in word.runs for single in _singles(whole, faces)):
        if piece and width + run.width > measure:
            yield Word(tuple(piece), width, gap=0)
            piece, width = [], 0.0
        piece.append(run)
        width += run.width
    yield Word(tuple(piece), width, word.gap)


def _singles(run: Run, faces: Faces) -> Iterator[Run]:
    """Yield a run character by character."""
    if run.chunk.actual:
        yield run
        return
    for char in run.chunk.text:
        (chunk,) = faces.chunks(run.chunk.face, char)
        yield Run(run.ink, chunk, chunk.width * run.ink.size)


def _greedy(found: list[Word], measure: float) -> list[list[Word]]:
    rows: list[list[Word]] = []
    row: list[Word] = []
    width = gap = 0.0
    for word in found:
        if row and width + gap + word.width > measure:
            rows.append(row)
            row, width, gap = [], 0.0, 0.0
        row.append(word)
        width += gap + word.width
        gap = word.gap
    if row:
        rows.append(row)
    return rows


def _even(found: list[Word], measure: float, count: int) -> list[list[Word]]:
    """Find the narrowest measure that needs no more lines."""
    low = max(word.width for word in found)
    high = measure
    for _ in range(12):
        middle = (low + high) / 2
        if len(_greedy(found, middle)) > count:
            low = middle
        else:
            high = middle
    return _greedy(found, high)


def _spare_a_word(rows: list[list[Word]], measure: float) -> None:
    above, last = rows[-2], rows[-1]
    width = sum(word.width for word in last)
    if len(last) > 1 or width > measure / 4 or len(above) < 4:
        return
    moved = above[-1]
    left = sum(word.width + word.gap for word in above[:-1])
    if left > measure * 0.6 and moved.width + moved.gap + width <= measure:
        rows[-2:] = [above[:-1], [moved, *last]]


def _line(row: list[Word]) -> Line:
    """Join the runs of a line that are of one ink and face, with the blanks between them."""
    runs: list[Run] = []
    group: list[Run] = []
    for word in row:
        for run in word.runs:
            if group and not _joins(group[-1], run):
                runs.append(_join(group))
                group = []
            group.append(run)
        if word.gap:
            last = group[-1]
            blank = Run(last.ink, Chunk(last.chunk.face, " ", 0), word.gap)
            if last.chunk.actual:
                runs.append(_join(group))
                group = []
            group.append(blank)
    if group:
        runs.append(_join(group))
    return Line(tuple(runs), sum([run.width for run in runs]) - row[-1].gap)


def _joins(one: Run, other: Run) -> bool:
    return (
        one.ink is other.ink
        and one.chunk.face is other.chunk.face
        and not one.chunk.actual
        and not other.chunk.actual
    )


def _join(group: list[Run]) -> Run:
    if len(group) == 1:
        return group[0]
    chunk = Chunk(group[0].chunk.face, "".join(run.chunk.text for run in group), 0)
    return Run(group[0].ink, chunk, sum(run.width for run in group))
