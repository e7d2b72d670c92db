"""Contents to export: the sample story, and stories made for a test."""

from __future__ import annotations

import datetime as dt
from itertools import count

from briefing_app.assets import seed
from briefing_app.domain.content import CitedArticle, CitedPassage, Content, ContentSection
from briefing_app.domain.moment import Moment
from briefing_app.domain.statement import Evidence, Kind, Part, Stance, Statement
from briefing_app.domain.story import Story
from briefing_app.domain.storytext import read, to_story

DAY = Moment(dt.date(2026, 1, 25))


def seed_bytes():
    return next(seed().glob("*.txt")).read_bytes()


def seed_story():
    numbers = count()
    return to_story(read(seed_bytes())[0], lambda: f"{next(numbers)}")


def content(*stories, title="", **more):
    return Content(title, DAY, (ContentSection("", stories),), **more)


def row(part, text, *evidence, kind=None, against=()):
    """A statement that rests on annotations, and is contradicted by others."""
    links = [Evidence(name) for name in evidence]
    links += [Evidence(name, Stance.CONTRADICTS) for name in against]
    usual = Kind.PARAGRAPH if part is Part.NARRATIVE else Kind.ITEM
    return Statement("", part, kind or usual, text, "", tuple(links))


def story(*rows, headline="A headline", as_of=None):
    numbered = (
        Statement(f"{at}", r.part, r.kind, r.text, f"{at:06d}", r.evidence)
        for at, r in enumerate(rows)
    )
    return Story("story", headline, as_of, tuple(numbered))


def article(name, **facts):
    return CitedArticle(name, facts.pop("title", f"Title of {name}"), **facts)


def passage(annotation, article_id, paragraph=1, page=None):
    return CitedPassage(annotation, article_id, "a quote", paragraph, page)


def cited_content(*stories, title=""):
    """Stories that may cite n1 (article a), n2 (a again, further down) and n3 (article b)."""
    return content(
        *stories,
        title=title,
        passages=(passage("n1", "a", 2), passage("n2", "a", 5), passage("n3", "b", 1)),
        articles=(
            article(
                "a",
                source="Example Wire",
                authors=("Ann Reporter",),
                published=Moment(dt.date(2026, 1, 24)),
                url="https://user:secret@www.example.org/peace?id=7",
            ),
            article("b", source="Example Post", url="javascript:alert(1)"),
            article("never cited"),
        ),
    )
