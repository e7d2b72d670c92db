"""Articles as they come in, made up: words by Zipf's law in five scripts, titles, outlets, dates.

An article is a function of its number alone, so a library of 1,000 is the beginning of one of 100,000.
3 of 100 are Chinese, 3 Cyrillic, 2 Arabic, 8 Latin with accents; the rest reads like English from afar.
A text has 7 kB on average (log-normal, as articles have), in paragraphs, with headings and quotations.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 20261125
BYTES = 7000  # of UTF-8, the mean of a text
_SPREAD = 0.55  # of the logarithm of the size
_WORDS = 120_000
_FIRST = dt.date(2018, 11, 25)
_DAYS = 8 * 365
_FULL = 100_000  # articles that come in within the years

_TAGS = 240
_OUTLETS = 600
_AUTHORS = 3000


@dataclass(frozen=True, slots=True)
class Wording:
    """One made-up article: its blocks as (kind, text), and what is said of it."""

    title: str
    blocks: tuple[tuple[str, str], ...]
    authors: tuple[str, ...]
    source: str
    url: str
    published: dt.date | None
    clock: dt.time | None
    language: str
    direction: str
    tags: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a language by rank, and their cumulative weights by the law of Zipf."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def some(self, chance: random.Random, count: int) -> list[str]:
        """Draw words."""
        return chance.choices(self.words, cum_weights=self.weights, k=count)


def wording(number: int) -> Wording:
    """Return one article; the first has number 0."""
    chance = random.Random(SEED * 1_000_003 + number)
    language = _language(chance)
    lexicon = lexicon_of(language)
    size = chance.lognormvariate(math.log(BYTES) - _SPREAD**2 / 2, _SPREAD)
    blocks = tuple(_blocks(chance, lexicon, language, min(size, 12 * BYTES)))
    source = outlets().some(chance, 1)[0]
    published, clock = _moment(chance, number)
    title = _title(chance, lexicon, language)
    slug = f"{number:06d}-{chance.getrandbits(40):010x}"
    host = source.replace(" ", "-").lower()
    return Wording(
        title=title,
        blocks=blocks,
        authors=tuple(
            _author(chance.randrange(_AUTHORS)) for _ in range(chance.choice((0, 1, 1, 2)))
        ),
        source=source,
        url=f"https://{host}.example/{(published or _FIRST):%Y/%m}/{slug}",
        published=published,
        clock=clock,
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        tags=_tags(chance),
        state=chance.choices(("archived", "new", "reading"), (6, 3, 1))[0],
    )


def text_of(article: Wording) -> str:
    """Return the text as a library keeps it: one block a line."""
    return "\n".join(text for _, text in article.blocks)


def word(rank: int, language: str = "en") -> str:
    """Return the word of a rank, for a question: 0 is the most frequent of all."""
    return lexicon_of(language).words[rank]


@cache
def lexicon_of(language: str) -> Lexicon:
    """Return the words of a language."""
    chance = random.Random(f"{SEED} {language}")
    match language:
        case "en":
            real = [*_pieces("common"), *_derived(chance)]
            return _lexicon([*real, *_made_up(chance, _pieces("latin"), _WORDS - len(real), real)])
        case "de":
            return _lexicon(
                [*_pieces("common")[:40], *_made_up(chance, _pieces("accented"), 40_000)]
            )
        case "uk":
            return _lexicon(_made_up(chance, _pieces("cyrillic"), 40_000))
        case "ar":
            return _lexicon(_made_up(chance, _pieces("arabic"), 40_000))
        case "zh":
            rare = [chr(code) for code in chance.sample(range(0x4E00, 0x9FA5), 2400)]
            marks = _lexicon([*dict.fromkeys("".join(_pieces("han"))), *rare])
            words = (
                "".join(marks.some(chance, chance.choice((1, 2, 2, 3)))) for _ in range(60_000)
            )
            return _lexicon(list(dict.fromkeys(words)))
    raise ValueError(language)


@cache
def outlets() -> Lexicon:
    """Return the names of the outlets; a few print most of what comes in."""
    chance = random.Random(f"{SEED} outlets")
    towns = _made_up(chance, _pieces("latin"), _OUTLETS)
    return _lexicon([f"{town.capitalize()} {chance.choice(_pieces('papers'))}" for town in towns])


@cache
def tags() -> Lexicon:
    """Return the tags in use."""
    chance = random.Random(f"{SEED} tags")
    return _lexicon([*_pieces("common")[150:], *chance.sample(_derived(chance), _TAGS)][:_TAGS])


@cache
def _pieces(name: str) -> tuple[str, ...]:
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    found = table[name]
    return tuple(found.split() if isinstance(found, str) else found)


def _language(chance: random.Random) -> str:
    return chance.choices(("en", "de", "zh", "uk", "ar"), (84, 8, 3, 3, 2))[0]


def _lexicon(words: list[str]) -> Lexicon:
    weights = accumulate(1 / (rank + 2.7) ** 1.07 for rank in range(len(words)))
    return Lexicon(tuple(words), tuple(weights))


def _derived(chance: random.Random) -> list[str]:
    words = [stem + ending for stem in _pieces("stems") for ending in _pieces("endings")]
    chance.shuffle(words)
    return words


def _made_up(
    chance: random.Random, parts: Sequence[str], count: int, known: Sequence[str] = ()
) -> list[str]:
    found = dict.fromkeys(known)
    while len(found) < count + len(known):
        length = 2 + min(3, len(found) // 9000)
        found["".join(chance.choices(parts, k=chance.randint(2, length + 1)))] = None
    return list(found)[len(known) :]


def _blocks(
    chance: random.Random, lexicon: Lexicon, language: str, size: float
) -> list[tuple[str, str]]:
    blocks: list[tuple[str, str]] = []
    written = 0
    while written < size - 250:  # half of the last paragraph would be too much
        kind, sentences = "paragraph", chance.randint(2, 6)
        roll = chance.random()
        if blocks and roll < 0.06:
            blocks.append(("heading", chance.choice(_pieces("headings"))))
        elif roll < 0.10:
            kind, sentences = "quote", 1
        elif roll < 0.18:
            kind, sentences = "item", 1
        text = _sentences(chance, lexicon, language, sentences)
        blocks.append((kind, text))
        written += len(text.encode())
    return blocks


def _sentences(chance: random.Random, lexicon: Lexicon, language: str, count: int) -> str:
    lengths = [max(4, int(chance.gauss(19, 7))) for _ in range(count)]
    words = lexicon.some(chance, sum(lengths))
    made, at = [], 0
    for length in lengths:
        part = words[at : at + length]
        at += length
        if language == "zh":
            middle = length // 2
            made.append("".join(part[:middle]) + "\uff0c" + "".join(part[middle:]) + "\u3002")
            continue
        part[0] = part[0].capitalize()
        if length > 12:
            part[length // 2] += ","
        if chance.random() < 0.2:
            part[-1] = f"{chance.choice((7, 12, 40, 150, 2025, 2026)) + chance.randrange(9)}"
        made.append(" ".join(part) + ".")
    return ("" if language == "zh" else " ").join(made)


def _title(chance: random.Random, lexicon: Lexicon, language: str) -> str:
    words = lexicon.some(chance, chance.randint(5, 11))
    if language == "zh":
        return "".join(words)
    longer = lexicon.words[chance.randrange(len(_pieces("common")), 9000)]
    words[chance.randrange(len(words))] = longer
    return " ".join((words[0].capitalize(), *words[1:]))


def _moment(chance: random.Random, number: int) -> tuple[dt.date | None, dt.time | None]:
    """Return when it was published: some days before it came in; some do not say."""
    if chance.random() < 0.06:
        return None, None
    came_in = _FIRST + dt.timedelta(days=number * _DAYS // _FULL)
    day = came_in - dt.timedelta(days=int(chance.expovariate(0.25)))
    clock = dt.time(chance.randrange(24), chance.randrange(60)) if chance.random() < 0.4 else None
    return day, clock


def _tags(chance: random.Random) -> tuple[str, ...]:
    count = chance.choices((0, 1, 2, 3, 5), (45, 25, 15, 10, 5))[0]
    return tuple(dict.fromkeys(tags().some(chance, count)))


@cache
def _author(number: int) -> str:
    chance = random.Random(f"{SEED} author {number}")
    return (
        f"{chance.choice(_pieces('given'))} {_made_up(chance, _pieces('latin'), 1)[0].capitalize()}"
    )
