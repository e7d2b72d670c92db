"""The samples: the story that ships with the program, and an article that its statements rest on.

Brief, article and the passages that tie them come as one step of undo. They are made on any thread but
the front's own, like an import.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing_app.domain import brief as briefs
from briefing_app.domain import storytext
from briefing_app.domain.annotation import Annotation, Role, occurrences, select
from briefing_app.domain.article import Intake
from briefing_app.domain.change import Action, ChangeSet, diff
from briefing_app.domain.record import (
    Entity,
    Records,
    annotation_from,
    annotation_records,
    brief_records,
    story_records,
)
from briefing_app.domain.statement import Evidence
from briefing_app.domain.story import set_evidence
from briefing_app.importers.base import Document
from briefing_app.services import intake

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.domain.change import Change, Origin
    from briefing_app.domain.story import Story
    from briefing_app.progress import Progress
    from briefing_app.services.history import History
    from briefing_app.services.recognising import Reader
    from briefing_app.storage.library import Library


@dataclass(frozen=True, slots=True)
class Source:
    """Which words of the article a statement rests on; the statement is named by how it begins."""

    statement: str
    quote: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What is added: a story in the text form, an article as a file, and what ties them."""

    story: bytes
    article: Document
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Sampled:
    """The ids of what was added, or of the article that was there already."""

    brief: str
    article: str


def read_sample(story: Path, article: Path, sources: Path) -> Sample:
    """Return the sample that is kept in three files of the program."""
    table = tomllib.loads(sources.read_text(encoding="utf-8"))
    return Sample(
        story.read_bytes(),
        Document(article.name, article.read_bytes()),
        tuple(Source(row["statement"], row["quote"]) for row in table["source"]),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """An article, its version and the text of that."""

    article: str
    version: str
    text: str


_Mark = tuple[int, int, Role]  # where a passage begins and ends, and what it is for


class Sampling:
    """Adds samples to one library."""

    def __init__(self, pool: Reader, library: Library, history: History, origin: Origin) -> None:
        self._pool = pool
        self._known = library.known
        self._records = library.records
        self._writer = library.writer
        self._history = history
        self._origin = origin
        self._new_id = history.new_id

    def add(self, sample: Sample, title: str, progress: Progress) -> Sampled:
        """Add a brief of this title with the sample story, tied to the sample article.

        An article that is there already is used again, and so are its passages.
        Raises: UnreadableSource, Cancelled, StorageFailure.
        """
        self._writer.flush()
        place, changes, intakes = self._article(sample.article, progress)
        marks = self._marks(place)
        there = frozenset(marks)
        brief = briefs.new_brief(self._new_id(), self._new_id(), title)
        records: Records = {}
        for text in storytext.read(sample.story):
            story = self._tie(storytext.to_story(text, self._new_id), sample.sources, place, marks)
            brief = briefs.add_story(brief, story.id, self._new_id())
            records |= story_records(story)
        made: Records = {}
        for key, mark in marks.items():
            if key not in there:
                made |= annotation_records(mark)
        change_set = ChangeSet(
            self._new_id(),
            self._history.now(),
            self._origin,
            Action.ADD_SAMPLES,
            (*changes, *diff({}, made), *diff({}, records), *diff({}, brief_records(brief))),
            title,
        )
        self._writer.take_in(change_set, intakes)
        self._history.adopt(change_set)
        return Sampled(brief.id, place.article)

    def _article(
        self, document: Document, progress: Progress
    ) -> tuple[_Place, tuple[Change, ...], tuple[Intake, ...]]:
        """Return where the passages stand, and what is to be stored of the article."""
        imported = self._pool.read(document, progress)
        (article,) = imported.articles
        same = self._known.by_original(intake.digest(document.data))
        for known in self._known.with_title(article.title) if same else ():
            if same and known.article == same[0]:
                return _Place(known.article, known.version, known.text), (), ()
        version = intake.version_of(
            article,
            document,
            imported.format,
            article_id=self._new_id(),
            version_id=self._new_id(),
            now=dt.datetime.fromtimestamp(self._history.now() / 1000, dt.UTC),
        )
        return (
            _Place(version.article, version.id, version.body.text),
            intake.new_article(article, version),
            (Intake(version, (intake.original_of(document),)),),
        )

    def _marks(self, place: _Place) -> dict[_Mark, Annotation]:
        """Return the passages that the article has already."""
        found = (
            annotation_from(uid, fields)
            for (entity, uid), fields in self._records.group(
                (Entity.ARTICLE, place.article)
            ).items()
            if entity is Entity.ANNOTATION
        )
        return {
            (one.target.start, one.target.end, one.role): one
            for one in found
            if one.target.version == place.version
        }

    def _tie(
        self,
        story: Story,
        sources: tuple[Source, ...],
        place: _Place,
        marks: dict[_Mark, Annotation],
    ) -> Story:
        """Return a story whose statements rest on the passages that their sources name.

        Passages that are not in `marks` yet are added to it.
        """
        for source in sources:
            statement = next(
                (each for each in story.statements if each.text.startswith(source.statement)), None
            )
            found = occurrences(place.text, source.quote)
            if statement is None or len(found) != 1:
                continue  # the article is there in another wording
            end = found[0] + len(source.quote)
            role = next((role for role in Role if role.part is statement.part), Role.HIGHLIGHT)
            mark = marks.setdefault(
                (found[0], end, role),
                Annotation(
                    self._new_id(),
                    place.article,
                    select(place.version, place.text, found[0], end),
                    role,
                ),
            )
            story = set_evidence(story, statement.id, (*statement.evidence, Evidence(mark.id)))
        return story
