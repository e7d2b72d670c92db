"""Numbers as people read them."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def number(count: int) -> str:
    """Return a number in the words of the window's language, its thousands parted."""
    locale = QLocale()
    plain = locale.language() is QLocale.Language.C
    return f"{count:,}" if plain else locale.toString(count)
