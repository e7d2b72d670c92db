"""Text as the search compares it: no case, no accents, scripts without blanks parted.

Two views of the same rules: `searchable` is what goes into the index, whose own tokenizer drops case
and the accents of Latin letters; `folded` keeps a character for each character, so that a place in it
is a place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Thai to Khmer, Han, kana, Hangul: written without blanks, so each character is a word
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
MARK = "\u0300"  # what `folded` puts for any accent or vowel sign

_TATWEEL = "\u0640"  # stretches an Arabic word and means nothing
# letters that Unicode does not take apart, though people leave their strokes and dots out
_LETTERS = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th",
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d",
    "ħ": "h", "Ħ": "h", "ŧ": "t", "Ŧ": "t",
    "\u0131": "i", "\u0451": "\u0435", "\u0401": "\u0435",  # Turkish dotless i, Russian yo
}  # fmt: skip
# what the index would not fold by itself: those letters, Greek accents, the points of Hebrew and
# Arabic, Arabic letters with a hamza, ligatures, and forms for presentation or full width
_SPECIAL = re.compile(
    f"[{''.join(_LETTERS)}\u0386\u0388-\u038a\u038c\u038e-\u0390\u03aa-\u03b0\u03ca-\u03ce"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0622-\u0626\u0640\u064b-\u065f"
    "\u0670\u0671\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1f00-\u1fff\ufb00-\ufdff"
    f"\ufe70-\ufefc\uff01-\uff5e{UNSPACED}]"
)
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
# alphabets with capitals, accents or points
_ALPHABETS = (
    *((0x41, 0x5A), (0xAA, 0x52F), (0x531, 0x556), (0x591, 0x5C7), (0x610, 0x6ED), (0x900, 0xDFF)),
    *((0x10A0, 0x10FF), (0x1AB0, 0x1AFF), (0x1C80, 0x1FFF), (0x20D0, 0x20F0), (0x2C00, 0x2DFF)),
    *((0xFB00, 0xFDFF), (0xFE20, 0xFE2F), (0xFE70, 0xFEFC), (0xFF01, 0xFF5E)),
)
_CYRILLIC = range(0x400, 0x530)  # its breves and dots make other letters


def searchable(text: str) -> str:
    """Return a text as it is indexed and looked up."""
    if text.isascii():
        return text
    return _SPECIAL.sub(lambda found: _indexed(found[0]), text)


def folded(text: str) -> str:
    """Return a text of the same length, in which what the index takes for equal is equal."""
    if text.isascii():
        return text.lower()
    # in small letters few kinds of characters are left to be changed: one at a time is much faster
    lower = text.replace("\u03a3", "\u03c3").lower()  # a sigma would depend on what follows it
    if len(lower) != len(text):
        return text.translate(_table())
    unlike, letters = _unlike()
    for letter in set(unlike.findall(lower)):
        lower = lower.replace(letter, letters[letter])
    return lower


def is_unspaced(letter: str) -> bool:
    """Tell whether a character is of a script that puts no blanks between words."""
    return _IS_UNSPACED.match(letter) is not None


@cache
def _indexed(letter: str) -> str:
    return f" {letter} " if is_unspaced(letter) else _base(letter)


@cache
def _table() -> dict[int, str]:
    return {
        point: _one(chr(point)) for first, last in _ALPHABETS for point in range(first, last + 1)
    }


@cache
def _unlike() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the small letters that stand for others, as a pattern, and what they become."""
    folds = ((chr(point), plain) for point, plain in _table().items())
    letters = {small: plain for small, plain in folds if plain != small == small.lower()}
    return re.compile(f"[{re.escape(''.join(letters))}]"), letters


def _base(letter: str) -> str:
    """Return a character without its accents, taken out of ligatures."""
    parts = unicodedata.normalize("NFKD", letter)
    kept = "".join(part for part in parts if not _is_mark(part))
    return "".join(_LETTERS.get(part, part) for part in kept)


def _one(letter: str) -> str:
    """Return the one character that stands for another; a ligature stays one."""
    if _is_mark(letter):
        return MARK
    plain = letter if ord(letter) in _CYRILLIC and letter not in _LETTERS else _base(letter)
    return next((small for small in (plain.lower(), letter.lower()) if len(small) == 1), letter)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn" or letter == _TATWEEL
