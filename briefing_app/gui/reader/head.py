"""The words above an article: outlet, day, time to read; authors, page, day of the import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from briefing_app.domain.annotation import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.domain.article import Article, ArticleVersion, Body

WORDS_A_MINUTE, LETTERS_A_MINUTE = 220, 500


def caps(article: Article, body: Body) -> str:
    """Return the line above the title."""
    parts = [_apart(article.source.upper())]
    if article.published is not None:
        day = article.published.date
        parts.append(QLocale().toString(QDate(day.year, day.month, day.day), "d MMMM yyyy"))
    parts.append(words("%n min read", minutes(body)))
    return "   \N{MIDDLE DOT}   ".join(part for part in parts if part)


def facts(article: Article, version: ArticleVersion) -> Iterator[str]:
    """Yield what else stands below the title, beside the address."""
    if article.authors:
        yield _apart(", ".join(article.authors))
    if article.page:
        yield _apart(article.page)
    day = version.retrieved.astimezone()  # the day on the wall of who imported it
    when = QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")
    yield words("imported {0}").replace("{0}", when)


def _apart(words: str) -> str:
    """Keep the direction of some words from turning round those beside them."""
    return f"\u2068{words}\u2069" if words else ""


def minutes(body: Body) -> int:
    """Return how long the text takes to read, at least one minute."""
    letters = len(body.text)
    words = body.text.count(" ") + body.text.count("\n") + 1
    if letters > 30 * words:  # a script without blanks between words
        return max(1, round(letters / LETTERS_A_MINUTE))
    return max(1, round(words / WORDS_A_MINUTE))


def role_name(role: Role) -> str:
    """Return what a role is called in the window."""
    match role:
        case Role.STORY:
            return words("The Story")
        case Role.KEY_POINT:
            return words("Key point")
        case Role.TAKEAWAY:
            return words("Takeaway")
        case Role.IMPACT:
            return words("Impact")
        case Role.HIGHLIGHT:
            return words("Highlight")


def words(text: str, n: int = -1) -> str:
    """Return a sentence of the reader in the window's language; `n` fills ``%n``."""
    return QCoreApplication.translate("Reader", text, "", n)
