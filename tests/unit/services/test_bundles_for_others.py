"""A brief or a story leaves with what it cites, and with nothing else of the library."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace

import pytest

from briefing_app.app import open_library
from briefing_app.domain.annotation import Role
from briefing_app.domain.change import Action, Change, Op, Origin, diff
from briefing_app.domain.collection import Collection
from briefing_app.domain.record import Entity, collection_records
from briefing_app.domain.statement import Part
from briefing_app.domain.story import add_statement, edit_statement, remove_statement
from briefing_app.errors import NotFound
from briefing_app.progress import NoProgress
from briefing_app.services.bundling import Choice, Holds
from tests.unit.making import article_of, body_of, store

CANARIES = (
    "CANARYCOMMENT",
    "CANARYTAG",
    "CANARYOTHERARTICLE",
    "CANARYUNCITED",
    "CANARYSHELF",
    "CANARYDELETEDPOINT",
    "CANARYOLDWORDING",
    "CANARYOTHERSTORY",
    "CANARYOTHERBRIEF",
    "CANARYORIGINAL",
    "CANARYFOLDER",
    "CANARYOLDVERSION",
    "CANARYSEARCH",
)


@pytest.fixture
def library(tmp_path):
    """A library in a folder with a telling name, and a brief with one cited article."""
    services = open_library(tmp_path / "CANARYFOLDER" / "L.briefinglib", Origin.WINDOW)
    history = services.history
    new_id = history.new_id
    cited = article_of(
        new_id, "Cited", body_of("The port opened.", "Ships came."), tags=("CANARYTAG",)
    )
    other = article_of(new_id, "CANARYOTHERARTICLE", body_of("CANARYOTHERARTICLE"))
    original = replace(cited[1].originals[0], data=b"CANARYORIGINAL " + cited[1].originals[0].data)
    digest = hashlib.sha256(original.data).hexdigest()
    original = replace(original, digest=digest)
    version = replace(cited[1].version, original=digest)
    intake = replace(cited[1], version=version, originals=(original,))
    store(services, [(cited[0], intake), other])
    history.refresh()
    article = cited[0].id
    made = services.reading.annotate(article, 0, 8, Role.KEY_POINT, comment="CANARYCOMMENT")
    services.reading.annotate(article, 17, 22, Role.HIGHLIGHT, comment="CANARYUNCITED")
    shelf = Collection(new_id(), "CANARYSHELF", "m")
    history.commit(Action.EDIT_ARTICLE, diff({}, collection_records(shelf)))
    services.articles.edit(article, lambda a: replace(a, collections=(shelf.id,)))
    gone = new_id()
    for change in (
        lambda s: add_statement(s, gone, Part.IMPACT, "CANARYDELETEDPOINT"),
        lambda s: remove_statement(s, gone),
        lambda s: edit_statement(s, made.statement, "CANARYOLDWORDING"),
        lambda s: edit_statement(s, made.statement, "The port is open."),
    ):
        services.desk.edit_story(Action.EDIT_STATEMENT, made.story, change)
    second = services.desk.new_brief("CANARYOTHERBRIEF")
    services.desk.new_story(second.id, "CANARYOTHERSTORY")
    newer = body_of("CANARYOLDVERSION", "The port opened.")
    version, intake = article_of(new_id, "Cited", newer, article_id=article)
    store(
        services,
        (),
        [(replace(services.articles.article(article), version=version.version), intake)],
    )
    history.refresh()
    history.undo()
    history.flush()
    yield services, made
    services.close()


def everything(path):
    """Return all bytes of a zip: of its members, unpacked, and of the file itself."""
    with zipfile.ZipFile(path) as archive:
        return path.read_bytes() + b"".join(map(archive.read, archive.namelist()))


@pytest.mark.parametrize("holds", [Holds.BRIEF, Holds.STORY])
def test_nothing_private_leaves_with_a_brief_or_a_story(library, tmp_path, holds):
    services, made = library
    uid = made.brief if holds is Holds.BRIEF else made.story
    services.bundling.bundle(tmp_path / "x.zip", Choice(holds, uid), NoProgress())

    data = everything(tmp_path / "x.zip")

    assert [canary for canary in CANARIES if canary.encode() in data] == []
    for wanted in (b"The port opened.", b"Ships came.", b"The port is open.", b'"title":"Cited"'):
        assert wanted in data


def test_comments_and_originals_leave_when_they_are_asked_for(library, tmp_path):
    services, made = library
    choice = Choice(Holds.BRIEF, made.brief, private=True, originals=True)
    services.bundling.bundle(tmp_path / "x.zip", choice, NoProgress())

    data = everything(tmp_path / "x.zip")

    found = [canary for canary in CANARIES if canary.encode() in data]
    assert found == ["CANARYCOMMENT", "CANARYTAG", "CANARYORIGINAL"]


def test_what_was_held_back_does_not_overwrite_what_the_other_has(library, tmp_path):
    services, made = library
    services.bundling.bundle(tmp_path / "x.zip", Choice(Holds.BRIEF, made.brief), NoProgress())
    other = open_library(tmp_path / "Other.briefinglib", Origin.WINDOW)
    try:
        other.bundling.unbundle(tmp_path / "x.zip", NoProgress())
        other.history.refresh()
        assert other.reading.annotation(made.annotation).comment == ""
        other.reading.set_comment(made.annotation, "Mine.")
        other.history.flush()
        other.bundling.unbundle(tmp_path / "x.zip", NoProgress())
        other.history.refresh()
        assert other.reading.annotation(made.annotation).comment == "Mine."
        (article,) = {a.id for a in other.reading.cited([made.story])[1]}
        assert other.articles.article(article).tags == ()
        assert other.articles.version(article).original == ""
    finally:
        other.close()


def test_the_sender_keeps_comments_and_tags_when_the_brief_comes_back(library, tmp_path):
    services, made = library
    other = open_library(tmp_path / "Other.briefinglib", Origin.WINDOW)
    try:
        choice = Choice(Holds.BRIEF, made.brief)
        services.bundling.bundle(tmp_path / "x.zip", choice, NoProgress())
        other.bundling.unbundle(tmp_path / "x.zip", NoProgress())
        other.bundling.bundle(tmp_path / "y.zip", choice, NoProgress())
    finally:
        other.close()
    before = services.digest()
    services.bundling.unbundle(tmp_path / "y.zip", NoProgress())
    assert services.digest() == before


def test_marked_passages_are_valid_web_annotations(library, tmp_path):
    services, made = library
    choice = Choice(Holds.BRIEF, made.brief, private=True)
    services.bundling.bundle(tmp_path / "x.zip", choice, NoProgress())
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        page = json.loads(archive.read("annotations/00001.jsonld"))
        assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        assert page["type"] == "AnnotationPage"
        (annotation,) = page["items"]
        assert annotation["id"] == f"urn:uuid:{made.annotation}"
        assert annotation["type"] == "Annotation"
        assert annotation["motivation"] == "commenting"
        kinds = {selector["type"]: selector for selector in annotation["target"]["selector"]}
        quote, position = kinds["TextQuoteSelector"], kinds["TextPositionSelector"]
        version = annotation["target"]["source"].removeprefix("urn:uuid:")
        text = archive.read(f"texts/{version}.txt").decode()
        assert text[position["start"] : position["end"]] == quote["exact"] == "The port"
        assert text.startswith(quote["suffix"], position["end"])


def test_articles_are_csl_json(library, tmp_path):
    services, made = library
    services.bundling.bundle(tmp_path / "x.zip", Choice(Holds.BRIEF, made.brief), NoProgress())
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        (item,) = json.loads(archive.read("articles/00001.json"))
    known = {"id", "type", "title", "author", "container-title", "URL", "language", "page"}
    assert item.keys() <= known | {"issued", "accessed", "keyword", "custom"}
    assert (item["type"], item["title"]) == ("article", "Cited")
    assert item["accessed"] == {"date-parts": [[2026, 1, 25]]}


def test_a_story_that_is_gone_has_no_bundle(library, tmp_path):
    services, made = library
    services.history.commit(Action.DELETE_BRIEF, (Change(Entity.STORY, made.story, Op.TRASH),), "")
    with pytest.raises(NotFound, match="no such story"):
        services.bundling.bundle(tmp_path / "x.zip", Choice(Holds.STORY, made.story), NoProgress())
