"""Values as flat records of plain fields: what is stored, journalled and undone, field by field.

A story is one record for itself and one for each statement; a brief one for itself, for each section
and for each link to a story. Fields hold JSON values only, so a record can cross a process, a journal
or a wire.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from briefing_app.domain.annotation import AnchorState, Annotation, Role, Target
from briefing_app.domain.article import Article, State
from briefing_app.domain.brief import Brief, BriefStatus, Section, StoryLink
from briefing_app.domain.collection import Collection
from briefing_app.domain.moment import Moment
from briefing_app.domain.savedsearch import SavedSearch
from briefing_app.domain.statement import Evidence, Kind, Part, Stance, Statement
from briefing_app.domain.story import Story, StoryStatus, in_order


class Entity(StrEnum):
    """What a record is of."""

    ARTICLE = "article"
    VERSION = "article_version"
    COLLECTION = "collection"
    SEARCH = "saved_search"
    ANNOTATION = "annotation"
    STORY = "story"
    STATEMENT = "statement"
    BRIEF = "brief"
    SECTION = "section"
    LINK = "brief_story"


Key = tuple[Entity, str]
Fields = dict[str, Any]
Records = dict[Key, Fields]


def article_records(article: Article) -> Records:
    """Return the one record of an article."""
    return {
        (Entity.ARTICLE, article.id): {
            "title": article.title,
            "version": article.version,
            "authors": list(article.authors),
            "source": article.source,
            "url": article.url,
            "canonical_url": article.canonical_url,
            "published": moment_json(article.published),
            "retrieved": article.retrieved.isoformat() if article.retrieved else None,
            "language": article.language,
            "direction": article.direction,
            "page": article.page,
            "tags": list(article.tags),
            "state": article.state.value,
            "origins": [list(pair) for pair in article.origins],
            "collections": list(article.collections),
        }
    }


def article_from(article_id: str, fields: Fields) -> Article:
    """Return the article of a record."""
    return Article(
        id=article_id,
        title=fields["title"],
        version=fields["version"],
        authors=tuple(fields["authors"]),
        source=fields["source"],
        url=fields["url"],
        canonical_url=fields["canonical_url"],
        published=moment_from(fields["published"]),
        retrieved=dt.datetime.fromisoformat(fields["retrieved"]) if fields["retrieved"] else None,
        language=fields["language"],
        direction=fields["direction"],
        page=fields["page"],
        tags=tuple(fields["tags"]),
        state=State(fields["state"]),
        origins=tuple((pair[0], pair[1]) for pair in fields["origins"]),
        collections=tuple(fields["collections"]),
    )


def version_records(version_id: str, article_id: str) -> Records:
    """Return the one record of a new version: which article it is of, and nothing of its content.

    `switched` are the places of the blocks that the user has put in or taken out.
    """
    return {(Entity.VERSION, version_id): {"article": article_id, "switched": []}}


def collection_records(collection: Collection) -> Records:
    """Return the one record of a collection."""
    fields = {"name": collection.name, "rank": collection.rank}
    return {(Entity.COLLECTION, collection.id): fields}


def collection_from(collection_id: str, fields: Fields) -> Collection:
    """Return the collection of a record."""
    return Collection(collection_id, fields["name"], fields["rank"])


def search_records(search: SavedSearch) -> Records:
    """Return the one record of a saved search."""
    fields = {"name": search.name, "query": search.query, "rank": search.rank}
    return {(Entity.SEARCH, search.id): fields}


def search_from(search_id: str, fields: Fields) -> SavedSearch:
    """Return the saved search of a record."""
    return SavedSearch(search_id, fields["name"], fields["query"], fields["rank"])


def annotation_records(annotation: Annotation) -> Records:
    """Return the one record of an annotation."""
    target = annotation.target
    return {
        (Entity.ANNOTATION, annotation.id): {
            "article": annotation.article,
            "version": target.version,
            "start": target.start,
            "end": target.end,
            "exact": target.exact,
            "prefix": target.prefix,
            "suffix": target.suffix,
            "role": annotation.role.value,
            "comment": annotation.comment,
            "tags": list(annotation.tags),
            "state": annotation.state.value,
        }
    }


def annotation_from(annotation_id: str, fields: Fields) -> Annotation:
    """Return the annotation of a record."""
    return Annotation(
        id=annotation_id,
        article=fields["article"],
        target=Target(
            fields["version"],
            fields["start"],
            fields["end"],
            fields["exact"],
            fields["prefix"],
            fields["suffix"],
        ),
        role=Role(fields["role"]),
        comment=fields["comment"],
        tags=tuple(fields["tags"]),
        state=AnchorState(fields["state"]),
    )


def story_records(story: Story) -> Records:
    """Return the record of a story and those of its statements."""
    records: Records = {
        (Entity.STORY, story.id): {
            "headline": story.headline,
            "as_of": moment_json(story.as_of),
            "status": story.status.value,
        }
    }
    for statement in story.statements:
        records[Entity.STATEMENT, statement.id] = {
            "story": story.id,
            "part": statement.part.value,
            "kind": statement.kind.value,
            "text": statement.text,
            "rank": statement.rank,
            "evidence": [[e.annotation, e.stance.value] for e in statement.evidence],
        }
    return records


def story_from(story_id: str, records: Records) -> Story:
    """Return a story from its record and those of its statements; other records are passed over."""
    fields = records[Entity.STORY, story_id]
    statements = tuple(
        Statement(
            id=statement_id,
            part=Part(row["part"]),
            kind=Kind(row["kind"]),
            text=row["text"],
            rank=row["rank"],
            evidence=tuple(Evidence(link[0], Stance(link[1])) for link in row["evidence"]),
        )
        for (entity, statement_id), row in records.items()
        if entity is Entity.STATEMENT and row["story"] == story_id
    )
    return Story(
        id=story_id,
        headline=fields["headline"],
        as_of=moment_from(fields["as_of"]),
        statements=in_order(statements),
        status=StoryStatus(fields["status"]),
    )


def brief_records(brief: Brief) -> Records:
    """Return the record of a brief, those of its sections and those of its links."""
    records: Records = {
        (Entity.BRIEF, brief.id): {
            "title": brief.title,
            "date": moment_json(brief.date),
            "language": brief.language,
            "style": brief.style,
            "page": brief.page,
            "prepared_by": brief.prepared_by,
            "contact": brief.contact,
            "status": brief.status.value,
        }
    }
    for section in brief.sections:
        records[Entity.SECTION, section.id] = {
            "brief": brief.id,
            "name": section.name,
            "rank": section.rank,
        }
        for link in section.links:
            records[Entity.LINK, link.id] = {
                "section": section.id,
                "story": link.story,
                "rank": link.rank,
                "looked_at": link.looked_at,
                "short": link.short,
            }
    return records


def brief_from(brief_id: str, records: Records) -> Brief:
    """Return a brief from its record, those of its sections and of their links."""
    fields = records[Entity.BRIEF, brief_id]
    sections = sorted(
        (row["rank"], section_id, row["name"])
        for (entity, section_id), row in records.items()
        if entity is Entity.SECTION and row["brief"] == brief_id
    )
    return Brief(
        id=brief_id,
        title=fields["title"],
        sections=tuple(
            Section(section_id, section_rank, name, _links(section_id, records))
            for section_rank, section_id, name in sections
        ),
        date=moment_from(fields["date"]),
        language=fields["language"],
        style=fields["style"],
        page=fields["page"],
        prepared_by=fields["prepared_by"],
        contact=fields["contact"],
        status=BriefStatus(fields["status"]),
    )


def moment_json(moment: Moment | None) -> Fields | None:
    """Return a moment as a JSON object, or None."""
    if moment is None:
        return None
    return {
        "date": moment.date.isoformat(),
        "time": moment.time.isoformat() if moment.time is not None else None,
        "offset": moment.offset,
        "zone": moment.zone,
        "text": moment.text,
    }


def moment_from(fields: Fields | None) -> Moment | None:
    """Return the moment of a JSON object, or None."""
    if fields is None:
        return None
    return Moment(
        dt.date.fromisoformat(fields["date"]),
        dt.time.fromisoformat(fields["time"]) if fields["time"] is not None else None,
        fields["offset"],
        fields["zone"],
        fields["text"],
    )


def _links(section_id: str, records: Records) -> tuple[StoryLink, ...]:
    links = (
        StoryLink(link_id, row["story"], row["rank"], row["looked_at"], row["short"])
        for (entity, link_id), row in records.items()
        if entity is Entity.LINK and row["section"] == section_id
    )
    return tuple(sorted(links, key=lambda link: (link.rank, link.id)))
