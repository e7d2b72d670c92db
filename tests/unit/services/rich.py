"""A library with something of everything: what a bundle must carry."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

from briefing_app.domain.annotation import Role
from briefing_app.domain.article import (
    Block,
    BlockKind,
    Body,
    Intake,
    Original,
    Span,
    SpanKind,
    State,
)
from briefing_app.domain.change import Action, Change, ChangeSet, Op, diff
from briefing_app.domain.collection import Collection
from briefing_app.domain.moment import parse_iso, parse_stamp
from briefing_app.domain.record import Entity, collection_records, search_records
from briefing_app.domain.savedsearch import SavedSearch
from briefing_app.domain.statement import Evidence, Kind, Part, Stance
from briefing_app.domain.story import add_statement, set_evidence
from tests.unit.making import article_of, body_of, store

UKRAINIAN = ("Порт Одеси відкрив другий причал.", "Вантажі чекали три тижні, каже начальник порту.")
ARABIC = ("افتتح الميناء رصيفه الثاني.", "انتظرت البضائع ثلاثة أسابيع.")
CHINESE = ("港口周二开放了第二个码头。", "货物等了三个星期。")
BIG = 1024 * 1024 + 17


def rich_library(services, *, stories=2):
    """Fill a library; return the id of a brief in it."""
    new_id = services.history.new_id
    articles = [
        _article(
            services, "Порт", UKRAINIAN, source="Укрінформ", language="uk", tags=("порт", "b")
        ),
        _article(services, "ميناء", ARABIC, language="ar", direction="rtl"),
        _article(services, "港口", CHINESE, language="zh", url="https://news.example/a?b=c"),
    ]
    _odd_article(services)
    uk = articles[0]
    again = body_of(*UKRAINIAN, "І ще одне речення.")
    store(services, (), [_next_version(services, uk, again)], subject="Порт")
    services.history.refresh()
    made = [
        services.reading.annotate(uk, 0, 16, Role.KEY_POINT, comment="перевірити: хто сказав?"),
        services.reading.annotate(articles[1], 0, 10, Role.TAKEAWAY),
        services.reading.annotate(articles[2], 0, 8, Role.IMPACT, comment="问\n答"),
        services.reading.annotate(articles[2], 14, 18, Role.HIGHLIGHT),
    ]
    brief, story = made[0].brief, made[0].story
    lead = {"kind": Kind.PARAGRAPH, "at": 0}
    services.desk.edit_story(
        Action.ADD_STATEMENT,
        story,
        lambda s: add_statement(s, new_id(), Part.IMPACT, "Lead: what follows.", **lead),
    )
    point = services.desk.story(story).statement(made[0].statement)
    against = Evidence(made[1].annotation, Stance.CONTRADICTS)
    services.desk.edit_story(
        Action.LINK_EVIDENCE,
        story,
        lambda s: set_evidence(s, point.id, (*point.evidence, against)),
    )
    services.desk.edit_story(
        Action.EDIT_AS_OF,
        story,
        lambda s: replace(s, as_of=parse_stamp("Sun Jan 25 04:53:41 UTC 2026")),
    )
    for number in range(1, stories):
        services.desk.new_story(brief, f"Story {number}: “ferries” \\ & more")
    services.desk.edit_brief(
        Action.EDIT_BRIEF,
        brief,
        lambda b: replace(
            b, title="Ранковий огляд", date=parse_iso("2026-02-03"), prepared_by="Оля"
        ),
    )
    _shelves(services, articles)
    _deleted(services)
    services.articles.set_state(articles[1:2], State.ARCHIVED)
    services.history.flush()
    return brief


def _article(services, title, paragraphs, **known):
    made = article_of(services.history.new_id, title, body_of(*paragraphs), **known)
    store(services, [made], subject=title)
    services.history.refresh()
    return made[0].id


def _odd_article(services):
    """An article with every kind of block and span, an image, and an original of over a megabyte."""
    text = "Heading\nitem one\na\tb\nc\td\ncode  here"
    image = b"\x89PNG not really"
    picture = Original(hashlib.sha256(image).hexdigest(), "image/png", image)
    body = Body(
        text,
        (
            Block(BlockKind.HEADING, 0, 7, level=2),
            Block(BlockKind.IMAGE, 7, 7, alt="a map", asset=picture.digest),
            Block(BlockKind.ITEM, 8, 16, level=2, ordered=True),
            Block(BlockKind.TABLE, 17, 24, included=False, page=3),
            Block(BlockKind.CODE, 25, 35),
            Block(BlockKind.RULE, 35, 35),
        ),
        (Span(SpanKind.BOLD, 0, 4), Span(SpanKind.LINK, 8, 12, "https://a.example/x")),
    )
    article, intake = article_of(
        services.history.new_id,
        "x" * 3000,
        body,
        authors=("Ann", "Bob"),
        published=parse_iso("2026-01-25T06:30:00+01:00"),
        origins=(("title", "og:title"),),
    )
    data = random.Random(7).randbytes(BIG)
    large = Original(hashlib.sha256(data).hexdigest(), "application/pdf", data)
    version = replace(intake.version, original=large.digest)
    store(services, [(article, Intake(version, (large, picture)))])
    services.history.refresh()
    services.articles.switch(article.id, (3,), included=True)


def _next_version(services, article_id, body):
    article = services.articles.article(article_id)
    made, intake = article_of(services.history.new_id, article.title, body, article_id=article_id)
    return replace(article, version=made.version), intake


def _shelves(services, articles):
    history = services.history
    shelf = Collection(history.new_id(), "Порти", "m")
    emptied = Collection(history.new_id(), "Gone", "n")
    search = SavedSearch(history.new_id(), "Ports", 'tag:порт "причал" -x', "m")
    records = collection_records(shelf) | collection_records(emptied) | search_records(search)
    history.commit(Action.EDIT_ARTICLE, diff({}, records))
    services.articles.edit(
        articles[0], lambda a: replace(a, collections=(shelf.id, emptied.id), page="p. 4")
    )
    history.commit(Action.EDIT_ARTICLE, (Change(Entity.COLLECTION, emptied.id, Op.TRASH),))


def _deleted(services):
    """Things in the trash, and an article there that a story still cites."""
    cited = _article(services, "Cited and deleted", ("It was said here.", "And more."))
    services.reading.annotate(cited, 0, 6, Role.KEY_POINT)
    idle = _article(services, "Deleted", ("SECRETGARBAGE",))
    services.reading.annotate(idle, 0, 6, Role.HIGHLIGHT)
    services.articles.delete((cited, idle))
    brief = services.desk.new_brief("A brief in the trash")
    services.desk.delete_brief(brief.id)


def keep_story_file(services, data):
    """Keep the bytes of a file of stories, which belong to no version."""
    history = services.history
    original = Original(hashlib.sha256(data).hexdigest(), "text/plain", data)
    change_set = ChangeSet(
        history.new_id(), history.now(), history.origin, Action.IMPORT_STORIES, ()
    )
    history._writer.take_in(change_set, (Intake(None, (original,)),))
    return original.digest
