"""Order as text: a new row gets a rank between its neighbours', and no other row changes."""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def between(before: str, after: str) -> str:
    """Return a rank that sorts after `before` and before `after`; either may be empty (no neighbour).

    Ranks sort as plain text. None ends in "0", so there is always room in front of one.
    Raises: ValueError if `before` does not sort before `after`.
    """
    if after and before >= after:
        raise ValueError(f"no rank between {before!r} and {after!r}")
    digits: list[str] = []
    at = 0
    while True:
        low = _DIGITS.index(before[at]) if at < len(before) else 0
        high = _DIGITS.index(after[at]) if at < len(after) else len(_DIGITS)
        if high - low > 1:
            return "".join((*digits, _DIGITS[(low + high) // 2]))
        digits.append(_DIGITS[low])
        if high != low:
            after = ""  # every longer text with this digit sorts before `after` already
        at += 1


def append(last: str) -> str:
    """Return a rank behind `last` (empty: the first of all) that stays short in a growing list.

    `between` halves what is left above the last rank; a list that only grows would get long ranks.
    """
    if not last:
        return "1"
    for at in range(len(last) - 1, -1, -1):
        digit = _DIGITS.index(last[at])
        if digit + 1 < len(_DIGITS):
            return last[:at] + _DIGITS[digit + 1]
    return last + "1"
