"""Text as it is stored: cleaned once, before anything is anchored in it.

What is cleaned: NFC; every line end is a line feed; a run of blanks is one space; control characters,
bidi overrides, zero-width characters, lone surrogates, noncharacters and byte order marks are gone.
ZWJ and ZWNJ stay behind a letter of a script that needs them, and inside emoji. Every function here
returns what it is given when it is given its own result.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ALL_BLANKS = re.compile("[ \t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # bidi and zero width
    "\ufdd0-\ufdef\ufff0-\ufffc\ufffe\uffff"  # noncharacters, and what Qt puts for an image
    "\ud800-\udfff"  # halves of a pair
    "\U000e0000-\U000e007f]"  # tags: text that nobody sees
)
_JOINERS = re.compile("[\u200c\u200d]")
# Arabic to N'Ko, the scripts of India, Tibetan to Myanmar, Khmer, Mongolian, the Arabic presentation
# forms, emoji
_JOINING = re.compile(
    "[\u0600-\u085f\u0870-\u109f\u1780-\u18af\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001f000-\U0001faff]"
)
_IDEOGRAPH = (
    "\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(f"[{_IDEOGRAPH}]|(?:(?![{_IDEOGRAPH}])\\w)(?:(?![{_IDEOGRAPH}])[\\w'\u2019-])*")
_SPACED_WORD = re.compile("\\w[\\w'\u2019-]*")  # the same where there are no ideographs, and faster
_ONE_IDEOGRAPH = re.compile(f"[{_IDEOGRAPH}]")
# what a byte of ASCII is: of a word, or what joins two parts of one, or neither
_KINDS = bytes(
    ord("w" if chr(code).isalnum() or code == ord("_") else "-" if chr(code) in "'-" else " ")
    for code in range(128)
).ljust(256)
# the most frequent marks that are no part of a word, and the one that may be
_TYPOGRAPHY = (
    ("\u2019", "'"),
    *((mark, " ") for mark in "\u2018\u201c\u201d\u201e\u2013\u2014\u2026"),
)
_BEFORE_A_WORD = re.compile(b" -+")

_WORDS_A_MINUTE = 230  # silent reading of non-fiction in English, Brysbaert 2019
_IDEOGRAPHS_A_MINUTE = 260  # Chinese, the same study


def clean(text: str) -> str:
    """Return a text of several lines as it is stored; lines keep their breaks, not their margins."""
    lines = _seen(text).split("\n")
    return "\n".join(_BLANKS.sub(" ", line).strip(" ") for line in lines)


def clean_line(text: str) -> str:
    """Return a running text as it is stored: one line, without blanks at its ends."""
    return _ALL_BLANKS.sub(" ", _seen(text)).strip(" ")


def clean_piece(text: str) -> str:
    """Return a part of a running text; it keeps one space where it begins or ends with a blank."""
    return _ALL_BLANKS.sub(" ", _seen(text))


def clean_code(text: str) -> str:
    """Return code as it is stored: its blanks and tabs are kept, empty lines at its ends are not."""
    lines = [line.rstrip() for line in _seen(text).split("\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return "\n".join(lines)


def word_count(text: str) -> int:
    """Return the number of words; a Chinese, Japanese or Thai character counts as one."""
    plain = text if text.isascii() else _plain(text)
    if plain.isascii():
        return _ascii_words(plain)
    words = _WORD if _ONE_IDEOGRAPH.search(text) else _SPACED_WORD
    return len(words.findall(text))


def reading_minutes(text: str) -> int:
    """Return how long reading takes, at least one minute where there is a text."""
    ideographs = sum(1 for _ in _ONE_IDEOGRAPH.finditer(text))
    words = word_count(text) - ideographs
    minutes = words / _WORDS_A_MINUTE + ideographs / _IDEOGRAPHS_A_MINUTE
    return max(1, round(minutes)) if minutes else 0


def agreement(one: str, other: str) -> float:
    """Return how much two texts say the same: the share of three-word runs that both have.

    Shape: from 0.0 to 1.0, whichever of the two comes first.
    """
    runs = [_runs(one), _runs(other)]
    both = sum((runs[0] & runs[1]).values())
    return 2 * both / max(1, sum(runs[0].values()) + sum(runs[1].values()))


def _plain(text: str) -> str:
    """Return a text with the apostrophes and blanks of ASCII for the marks of typography."""
    for mark, plain in _TYPOGRAPHY:
        text = text.replace(mark, plain)
    return text


def _ascii_words(text: str) -> int:
    """Return the number of words of the simplest texts, in a tenth of the time."""
    marks = b" " + text.encode().translate(_KINDS)
    if b" -" in marks:
        marks = _BEFORE_A_WORD.sub(b" ", marks)
    return marks.count(b" w")


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if len(words) < 3:
        return Counter([tuple(words)])
    return Counter(zip(words, words[1:], words[2:], strict=False))


def _seen(text: str) -> str:
    """Return NFC text with LF line ends, and without what cannot be seen."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    if _JOINERS.search(text):
        text = unicodedata.normalize("NFC", _without_stray_joiners(text))
    return text


def _without_stray_joiners(text: str) -> str:
    """Drop a joiner that is not between a character that needs it and something to join.

    What counts is the base character, so that putting accents in order changes nothing.
    """
    kept: list[str] = []
    base = ""
    waiting = ""
    for character in text:
        if _JOINERS.match(character):
            waiting = waiting or (character if base and _JOINING.match(base) else "")
            continue
        if waiting and not character.isspace():
            kept.append(waiting)
        waiting = ""
        kept.append(character)
        if not unicodedata.category(character).startswith("M"):
            base = character
    return "".join(kept)
