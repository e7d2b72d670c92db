"""Find a passage again after its article has changed.

Two ways are tried: the words of the old text are followed into the new one, and the quote is searched
for with its context. The better result counts; where neither is good enough the passage is orphaned:
shown, never dropped, never guessed.

Units: all offsets count code points.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain.annotation import AnchorState, occurrences, select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapidfuzz.distance import Opcode, ScoreAlignment

    from briefing_app.domain.annotation import Annotation

_WORD = re.compile(r"\S+")
_ALIKE = 0.9  # of the quote, for words that were followed
_MAPPED = 0.5  # of its words
_QUOTE, _PREFIX, _SUFFIX, _POSITION = 50, 20, 20, 2
_GOOD = 0.8  # of the whole score
_SHORT = 20  # code points; under this the context must speak for it, too
_CONTEXT_AGREES = 0.6

Range = tuple[int, int]


def move(annotation: Annotation, version: str, old: str, new: str) -> Annotation:
    """Return an annotation as it stands in another version of its article."""
    target = annotation.target
    found = find_again(old, new, target.start, target.end)
    if found is None:
        return replace(annotation, state=AnchorState.ORPHANED)
    moved = select(version, new, *found)
    same = moved.exact == target.exact
    return replace(
        annotation, target=moved, state=AnchorState.ANCHORED if same else AnchorState.MOVED
    )


def find_again(old: str, new: str, start: int, end: int) -> Range | None:
    """Return where ``old[start:end]`` stands in a new text, or None if it is gone."""
    if old == new:
        return start, end
    quote = old[start:end]
    if not quote.strip():
        return None
    ranges = [
        found
        for found in (_followed(old, new, start, end), *_searched(old, new, start, end))
        if found
    ]
    scored = [(_score(old, new, (start, end), found), found) for found in ranges]
    best = max(scored, default=(0.0, (0, 0)))
    if best[0] < _GOOD:
        return None
    if len(quote) < _SHORT and _context(old, new, (start, end), best[1]) < _CONTEXT_AGREES:
        return None
    return best[1]


def _followed(old: str, new: str, start: int, end: int) -> Range | None:
    """Follow the words of a passage through what the two texts have in common."""
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    wanted = [at for at, word in enumerate(before) if word.end() > start and word.start() < end]
    if not wanted:
        return None
    place: dict[int, int] = {}
    for block in _runs([w[0] for w in before], [w[0] for w in after]):
        if block.tag == "equal":
            for step in range(block.src_end - block.src_start):
                place[block.src_start + step] = block.dest_start + step
    mapped = [place[at] for at in wanted if at in place]
    if len(mapped) < _MAPPED * len(wanted):
        return None
    first, last = after[mapped[0]], after[mapped[-1]]
    begin = first.start() + (max(0, start - before[wanted[0]].start()) if wanted[0] in place else 0)
    finish = last.end() - (max(0, before[wanted[-1]].end() - end) if wanted[-1] in place else 0)
    if begin >= finish or _alike(old[start:end], new[begin:finish]) < _ALIKE:
        return None
    return begin, finish


def _searched(old: str, new: str, start: int, end: int) -> list[Range]:
    """Search for the quote: every exact place, else the one that is most like it."""
    quote = old[start:end]
    if exact := occurrences(new, quote):
        return [(at, at + len(quote)) for at in exact[:200]]
    found = _best_place(quote, new)
    if found is None or len(quote) > len(new):
        return []
    return [(found.dest_start, found.dest_end)]


def _score(old: str, new: str, was: Range, now: Range) -> float:
    """Return how well a place fits, from 0 to 1: the quote, what stands around it, where it stands."""
    quote = _alike(old[slice(*was)], new[slice(*now)])
    before, after = _sides(old, new, was, now)
    position = 1 - abs(was[0] / max(1, len(old)) - now[0] / max(1, len(new)))
    score = _QUOTE * quote + _PREFIX * before + _SUFFIX * after + _POSITION * position
    whole = score / (_QUOTE + _PREFIX + _SUFFIX + _POSITION)
    return max(whole, quote if quote > 0.97 and len(old[slice(*was)]) >= _SHORT else 0.0)


def _context(old: str, new: str, was: Range, now: Range) -> float:
    return max(_sides(old, new, was, now))


def _sides(old: str, new: str, was: Range, now: Range) -> tuple[float, float]:
    before = _alike(old[max(0, was[0] - 32) : was[0]], new[max(0, now[0] - 32) : now[0]])
    after = _alike(old[was[1] : was[1] + 32], new[now[1] : now[1] + 32])
    return before, after


def _alike(one: str, other: str) -> float:
    from rapidfuzz.distance import Indel  # noqa: PLC0415 (4 MB, and few sessions move a passage)

    return Indel.normalized_similarity(one, other)


def _runs(before: list[str], after: list[str]) -> Iterable[Opcode]:
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 (the same)

    return LCSseq.opcodes(before, after)


def _best_place(quote: str, text: str) -> ScoreAlignment | None:
    from rapidfuzz import fuzz  # noqa: PLC0415 (the same)

    return fuzz.partial_ratio_alignment(quote, text, score_cutoff=70)
