"""Which blocks of a page are the article: several extractors vote.

A voter claims a block if at least 60 % of its 3-grams are in the voter's text, each 3-gram of which is
spent once: a teaser that repeats a sentence of the article is not the article. A voter weighs the
square of its mean agreement with the others, and a block is in if its claimants hold half of the
weight.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENOUGH = 0.6  # of a block's 3-grams
_LINKED = 0.8  # of a block's text
_AT_MOST_LINKS = 0.2  # of the included words
_LIKE_THE_TITLE = 0.7  # of a heading's words

_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f"
_TOKEN = re.compile(f"[{_ALONE}]|[^\\W{_ALONE}]+")
_LINK_KEEPERS = frozenset(
    ("h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "tr", "dt", "dd", "pre", "code")
)

Gram = tuple[str, ...]
Claim = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """A block as the vote sees it."""

    tag: str
    tokens: tuple[str, ...]
    grams: tuple[Gram, ...]
    linked: float


@dataclass(frozen=True, slots=True)
class Vote:
    """Which blocks are the article's, and how far the voters agree, from 0 to 1.

    The agreement is the mean F1 of all pairs of voters that claim anything, by words; fewer than two
    agree on nothing.
    """

    included: Claim
    agreement: float


def ballot(tag: str, text: str, linked: float) -> Ballot:
    """Return the ballot of a block; `linked` is the share of its text inside links."""
    words = tuple(tokens(text))
    return Ballot(tag, words, tuple(_grams(words)), linked)


def tokens(text: str) -> list[str]:
    """Return the words of a text; a character of Chinese, Japanese, Korean or Thai is one."""
    return _TOKEN.findall(text)


def choose(ballots: Sequence[Ballot], voices: Iterable[str], title: str) -> Vote:
    """Tell for each block whether it is the article's, by the texts that the voters return.

    With no claim at all it is the whole page.
    """
    claims = [_claim(ballots, voice) for voice in voices]
    chosen = _count(ballots, claims)
    if not any(chosen):
        chosen = tuple(bool(b.tokens) for b in ballots)
    included = _without_links(ballots, _without_title(ballots, chosen, title))
    return Vote(included, _agreement([len(b.tokens) for b in ballots], claims))


def _grams(words: Sequence[str]) -> list[Gram]:
    if len(words) < 3:
        return [tuple(words)] if words else []
    return list(zip(words, words[1:], words[2:], strict=False))


def _claim(ballots: Sequence[Ballot], voice: str) -> Claim:
    """Return which blocks a voter's text covers."""
    budget = _budget(voice)
    covered = [
        sum(gram in budget for gram in b.grams) / len(b.grams) if b.grams else 0.0 for b in ballots
    ]
    first, last = _densest([len(b.tokens) for b in ballots], covered)
    claimed = [False] * len(ballots)
    if last < first:
        return tuple(claimed)
    for at in _by_distance(first, last, covered):
        block = ballots[at]
        near = first - 2 <= at <= last + 2
        if covered[at] < _ENOUGH or not (near or len(block.tokens) >= 3):
            continue
        wanted = Counter(block.grams)
        affordable = sum(min(times, budget[gram]) for gram, times in wanted.items())
        if affordable / len(block.grams) >= _ENOUGH:
            claimed[at] = True
            for gram, times in wanted.items():
                budget[gram] = max(0, budget[gram] - times)
    return tuple(claimed)


def _budget(voice: str) -> Counter[Gram]:
    """Return the 3-grams that a voter's text can spend; a line of one or two words is one as well."""
    budget = Counter(_grams(tokens(voice)))
    for line in voice.split("\n"):
        words = tokens(line)
        if 0 < len(words) < 3:
            budget[tuple(words)] += 1
    return budget


def _densest(sizes: Sequence[int], covered: Sequence[float]) -> tuple[int, int]:
    """Return the first and last block of the run that is covered best; last < first if there is none.

    Source: Kadane's algorithm, over words covered less words not covered.
    """
    best, run, start = 0.0, 0.0, 0
    found = (0, -1)
    for at, (size, share) in enumerate(zip(sizes, covered, strict=True)):
        if run <= 0:
            run, start = 0.0, at
        run += size * (2 * share - 1)
        if run > best:
            best, found = run, (start, at)
    return found


def _by_distance(first: int, last: int, covered: Sequence[float]) -> list[int]:
    """Return who chooses first: the run, its best covered blocks before others, then the nearest."""
    inside = sorted(range(first, last + 1), key=lambda at: -covered[at])
    outside = [*range(first), *range(last + 1, len(covered))]
    outside.sort(key=lambda at: first - at if at < first else at - last)
    return inside + outside


def _count(ballots: Sequence[Ballot], claims: Sequence[Claim]) -> Claim:
    weights = _weights([len(b.tokens) for b in ballots], claims)
    half = sum(weights) / 2
    if not half:
        return tuple(any(claim[at] for claim in claims) for at in range(len(ballots)))
    return tuple(
        sum(w for w, claim in zip(weights, claims, strict=True) if claim[at]) >= half - 1e-12
        for at in range(len(ballots))
    )


def _weights(sizes: Sequence[int], claims: Sequence[Claim]) -> list[float]:
    """Return the square of each voter's mean F1 with the others; who claims nothing weighs nothing."""
    totals = [_words(sizes, claim) for claim in claims]
    weights = []
    for claim, total in zip(claims, totals, strict=True):
        agreement = sum(
            2
            * _words(sizes, [a and b for a, b in zip(claim, other, strict=True)])
            / max(1, total + its)
            for other, its in zip(claims, totals, strict=True)
            if other is not claim
        ) / max(1, len(claims) - 1)
        weights.append(agreement**2 if total else 0.0)
    return weights


def _agreement(sizes: Sequence[int], claims: Sequence[Claim]) -> float:
    claimed = [(claim, total) for claim in claims if (total := _words(sizes, claim))]
    pairs = [
        2 * _words(sizes, [a and b for a, b in zip(one, other, strict=True)]) / (total + its)
        for (one, total), (other, its) in combinations(claimed, 2)
    ]
    return sum(pairs) / len(pairs) if pairs else 0.0


def _words(sizes: Sequence[int], claim: Sequence[bool]) -> int:
    return sum(size for size, claimed in zip(sizes, claim, strict=True) if claimed)


def _without_title(ballots: Sequence[Ballot], chosen: Claim, title: str) -> Claim:
    """Leave out main headings that repeat the title, unless nothing else is chosen."""
    said = {word.lower() for word in tokens(title)}

    def repeats(block: Ballot) -> bool:
        words = {word.lower() for word in block.tokens}
        return bool(words) and len(words & said) >= _LIKE_THE_TITLE * len(words)

    rest = tuple(
        chosen_ and not (block.tag in ("h1", "h2") and repeats(block))
        for chosen_, block in zip(chosen, ballots, strict=True)
    )
    return rest if any(rest) else chosen


def _without_links(ballots: Sequence[Ballot], chosen: Claim) -> Claim:
    """Leave out blocks that are nearly all links, if they are a small part of what is chosen."""
    sizes = [len(b.tokens) for b in ballots]
    linking = [
        chosen_ and len(b.tokens) >= 4 and b.linked > _LINKED and b.tag not in _LINK_KEEPERS
        for chosen_, b in zip(chosen, ballots, strict=True)
    ]
    if _words(sizes, linking) > _AT_MOST_LINKS * _words(sizes, chosen):
        return chosen
    return tuple(a and not b for a, b in zip(chosen, linking, strict=True))
