"""Where words begin and end, for a selection that was drawn with a mouse."""

from __future__ import annotations

import unicodedata

# scripts that put no blanks between words: Thai, Lao, Myanmar, Khmer, kana, CJK ideographs
_UNPARTED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x31FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x3FFFF),
)
_IN_WORDS = "'\N{RIGHT SINGLE QUOTATION MARK}\N{SOFT HYPHEN}"
_IN_NUMBERS = ".,:"


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range that begins and ends where words do; it only grows.

    A cut in a script that puts no blanks between words stays where it is.
    Units: code points.
    """
    while 0 < start < len(text) and start < end and _is_inside(text, start):
        start -= 1
    while start < end < len(text) and _is_inside(text, end):
        end += 1
    return start, end


def _is_inside(text: str, at: int) -> bool:
    """Tell whether a place is inside a word: with a letter of it on either side."""
    before, after = text[at - 1], text[at]
    if _is_unparted(before) or _is_unparted(after):
        return False
    return _belongs(text, at - 1) and _belongs(text, at)


def _belongs(text: str, at: int) -> bool:
    letter = text[at]
    if letter.isalnum() or letter == "_" or unicodedata.category(letter).startswith("M"):
        return True
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    if len(around) < 2:
        return False
    return (letter in _IN_WORDS and around.isalnum()) or (
        letter in _IN_NUMBERS and around.isdigit()
    )


def _is_unparted(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _UNPARTED)
