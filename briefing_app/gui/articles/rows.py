"""What a row of the list says of an article or a brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from briefing_app.domain.article import State

if TYPE_CHECKING:
    import datetime as dt

    from briefing_app.domain.article import ArticleRow
    from briefing_app.services.desk import BriefRow


TAGS = 6  # of an article that its row shows at most
LONGEST = 300  # code points of a title that can be seen; to lay out 100,000 takes a second


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is painted; `colour` and `icon` are those of the fact at its end."""

    id: str
    head: str
    title: str
    excerpt: str
    fact: str = ""
    colour: str = "muted"
    icon: str = ""
    fresh: bool = False
    tags: str = ""


def article_row(article: ArticleRow, today: dt.date) -> Row:
    """Return the row of an article: outlet and date, its state or what was made of it.

    A plain file names neither outlet nor date; its row tells when it was imported.
    """
    fact, colour, icon = _fact(article)
    published = day(article.published.date, today) if article.published else ""
    return Row(
        id=article.id,
        head="  ·  ".join(isolated(part) for part in (_short(article.source), published) if part)
        or _imported(article, today),
        title=_short(article.title) or _tr("Untitled"),
        excerpt=article.excerpt,
        fact=fact,
        colour=colour,
        icon=icon,
        fresh=article.state is State.NEW,
        tags=" ".join(isolated(f"#{tag}") for tag in article.tags[:TAGS]),
    )


def brief_row(brief: BriefRow, today: dt.date) -> Row:
    """Return the row of a brief: how many stories, and when it was worked on."""
    stories = QCoreApplication.translate("rows", "%n stories", "", brief.stories)
    if brief.stories == 1:
        stories = _tr("1 story")
    return Row(
        id=brief.id,
        head=day(brief.updated.astimezone().date(), today),
        title=_short(brief.title) or _tr("Untitled"),
        excerpt="",
        fact=stories,
        icon="layers",
    )


def day(date: dt.date, today: dt.date) -> str:
    """Return a date in the words of the window's language, without the year if it is this one."""
    form = "d MMM" if date.year == today.year else "d MMM yyyy"
    return QLocale().toString(QDate(date.year, date.month, date.day), form)


def isolated(text: str) -> str:
    """Keep a text's direction from turning what stands around it."""
    return f"\u2068{text}\u2069"


def spoken(row: Row) -> str:
    """Return the whole row as a screen reader says it."""
    return ". ".join(
        part for part in (row.title, row.head, row.fact, row.tags, row.excerpt) if part
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _imported(article: ArticleRow, today: dt.date) -> str:
    if article.retrieved is None:
        return ""
    when = day(article.retrieved.astimezone().date(), today)
    return _tr("imported {0}").replace("{0}", when)


def _fact(article: ArticleRow) -> tuple[str, str, str]:
    count = f" · {article.annotated}" if article.annotated else ""
    if article.state is State.ARCHIVED:
        return _tr("Archived") + count, "muted", "archive"
    if article.in_brief:
        return _tr("In brief") + count, "ok", "check"
    if article.state is State.READING:
        return _tr("Reading") + count, "warn", "book-open"
    if article.annotated:
        return _tr("Annotated") + count, "accent", "pencil"
    return _tr("New"), "accent", "dot"


def _tr(text: str) -> str:
    return QCoreApplication.translate("rows", text)
