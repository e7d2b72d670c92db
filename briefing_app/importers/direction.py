"""Which way a text runs."""

from __future__ import annotations

import unicodedata

_RTL_LANGUAGES = ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi")
_SAMPLE = 4000  # code points


def direction_of(text: str, language: str = "") -> str:
    """Return "rtl" where most letters are of a script that runs so, or, without letters, the language.

    Source: Unicode Standard Annex 9, bidirectional character types.
    """
    left = right = 0
    for character in text[:_SAMPLE]:
        kind = unicodedata.bidirectional(character)
        left += kind == "L"
        right += kind in ("R", "AL")
    if left or right:
        return "rtl" if right > left else "ltr"
    return "rtl" if language.lower().split("-")[0] in _RTL_LANGUAGES else "ltr"
