"""Reading: passages are marked, become statements, and are found again from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.domain import brief as briefs
from briefing_app.domain.annotation import Annotation, Role, occurrences, select
from briefing_app.domain.change import Action, Change, diff
from briefing_app.domain.content import CitedArticle, CitedPassage
from briefing_app.domain.record import (
    Entity,
    Records,
    annotation_from,
    annotation_records,
    article_from,
    brief_records,
    story_records,
)
from briefing_app.domain.statement import Evidence
from briefing_app.domain.story import Story, add_statement, one_line, set_evidence
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, Refused
from briefing_app.services.paragraphs import Paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.article import Article, ArticleVersion
    from briefing_app.services.articles import Articles
    from briefing_app.services.desk import Desk
    from briefing_app.services.history import History
    from briefing_app.storage.facts import Facts

_ACTIONS = {
    Role.STORY: Action.ADD_STORY_TEXT,
    Role.KEY_POINT: Action.ADD_KEY_POINT,
    Role.TAKEAWAY: Action.ADD_TAKEAWAY,
    Role.IMPACT: Action.ADD_IMPACT,
    Role.HIGHLIGHT: Action.ADD_HIGHLIGHT,
}


@dataclass(frozen=True, slots=True)
class Annotated:
    """What marking a passage made, as ids; empty where nothing was made or used."""

    annotation: str
    brief: str = ""
    story: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """A statement that rests on a passage: the ids of story and statement, and the headline."""

    story: str
    statement: str
    headline: str


class Reading:
    """Marks passages of articles and ties statements to them."""

    def __init__(self, history: History, articles: Articles, desk: Desk, facts: Facts) -> None:
        self._history = history
        self._held = history.held
        self._articles = articles
        self._desk = desk
        self._facts = facts
        self._paragraphs = Paragraphs(history, articles)

    def annotations(self, article_id: str) -> tuple[Annotation, ...]:
        """Return the marked passages of an article, in the order of its text."""
        records = self._held.group((Entity.ARTICLE, article_id))
        found = (
            annotation_from(uid, fields)
            for (entity, uid), fields in records.items()
            if entity is Entity.ANNOTATION
        )
        return tuple(sorted(found, key=lambda a: (a.target.start, a.target.end, a.id)))

    def annotation(self, annotation_id: str) -> Annotation:
        """Return a marked passage. Raises: NotFound."""
        fields = self._held.fields((Entity.ANNOTATION, annotation_id))
        if fields is None:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such marked passage."))
        return annotation_from(annotation_id, fields)

    def annotate(
        self,
        article_id: str,
        start: int,
        end: int,
        role: Role,
        *,
        story_id: str | None = None,
        comment: str = "",
    ) -> Annotated:
        """Mark a passage; unless it is a plain highlight it becomes a statement of a story, too.

        The story is `story_id`; None: the one worked on last, or a new one in a new brief, both
        named after the article; "": none, the passage is only marked with its role.
        Units:  `start` and `end` count code points of the current version's text.
        Raises: NotFound, Refused if nothing but blanks is marked.
        """
        self._history.refresh()
        article = self._articles.article(article_id)
        version = self._articles.stored_version(article.version)
        annotation = self._mark(article_id, version, (start, end), role, comment)
        return self._annotate(article, annotation, story_id)

    def annotate_quote(
        self,
        article_id: str,
        quote: str,
        role: Role,
        *,
        story_id: str | None = None,
        comment: str = "",
    ) -> Annotated:
        """Mark the one place where a quote stands; see `annotate`.

        Raises: NotFound if the article does not hold the quote, Refused if it does more than once.
        """
        self._history.refresh()
        article = self._articles.article(article_id)
        version = self._articles.stored_version(article.version)
        quote = quote.strip()
        found = occurrences(version.body.text, quote) if quote else ()
        if not found:
            raise NotFound(
                QT_TRANSLATE_NOOP("errors", "“{title}” does not hold the quote “{quote}”."),
                hint=QT_TRANSLATE_NOOP("errors", "Copy it from the text, letter for letter."),
                title=article.title,
                quote=quote,
            )
        if len(found) > 1:
            raise Refused(
                QT_TRANSLATE_NOOP(
                    "errors", "The quote “{quote}” stands in “{title}” {count} times."
                ),
                hint=QT_TRANSLATE_NOOP("errors", "Give more of the sentence around it."),
                title=article.title,
                quote=quote,
                count=len(found),
            )
        place = (found[0], found[0] + len(quote))
        annotation = self._mark(article_id, version, place, role, comment)
        return self._annotate(article, annotation, story_id)

    def promote(self, annotation_id: str, story_id: str) -> Annotated:
        """Make a statement of a passage that is marked already. Raises: NotFound, Refused.

        A plain highlight becomes a key point.
        """
        self._history.refresh()
        before = self.annotation(annotation_id)
        role = before.role if before.role.part else Role.KEY_POINT
        after = replace(before, role=role)
        story = self._desk.story(story_id)
        grown, statement = self._with_statement(story, after)
        changes = (
            *diff(annotation_records(before), annotation_records(after)),
            *diff(story_records(story), story_records(grown)),
        )
        self._history.commit(_ACTIONS[role], changes, story.headline)
        return Annotated(annotation_id, self._brief_of(story_id), story_id, statement)

    def link(self, annotation_id: str, story_id: str, statement_id: str) -> None:
        """Let a statement rest on a passage that is marked already. Raises: NotFound, Refused."""
        self._history.refresh()
        self._rest_on(self.annotation(annotation_id), story_id, statement_id, ())

    def link_passage(
        self, article_id: str, start: int, end: int, story_id: str, statement_id: str
    ) -> None:
        """Mark a passage and let a statement rest on it, in one step.

        It gets the role of the statement's part; a passage that is so marked already is used again.
        Units:  `start` and `end` count code points of the current version's text.
        Raises: NotFound, Refused if nothing but blanks is marked.
        """
        self._history.refresh()
        version = self._articles.stored_version(self._articles.article(article_id).version)
        part = self._desk.story(story_id).statement(statement_id).part
        role = next((role for role in Role if role.part is part), Role.HIGHLIGHT)
        made = self._mark(article_id, version, (start, end), role, "")
        for known in self.annotations(article_id):
            if (known.target, known.role) == (made.target, role):
                self._rest_on(known, story_id, statement_id, ())
                return
        self._rest_on(made, story_id, statement_id, diff({}, annotation_records(made)))

    def set_role(self, annotation_id: str, role: Role) -> Annotation:
        """Give a passage another role; its statements stay where they are. Raises: NotFound."""
        return self._edit(Action.SET_ROLE, annotation_id, role=role)

    def set_comment(self, annotation_id: str, comment: str) -> Annotation:
        """Say something about a passage; it is never exported. Raises: NotFound."""
        return self._edit(Action.EDIT_COMMENT, annotation_id, comment=comment)

    def delete(self, annotation_id: str) -> None:
        """Put a passage in the trash; statements that rest on it lose it, and keep their text.

        Raises: NotFound, Refused.
        """
        self._history.refresh()
        annotation = self.annotation(annotation_id)
        changes: list[Change] = []
        for story_id in dict.fromkeys(use.story for use in self.uses(annotation_id)):
            before = after = self._desk.story(story_id)
            for statement in before.statements:
                left = tuple(e for e in statement.evidence if e.annotation != annotation_id)
                if left != statement.evidence:
                    after = set_evidence(after, statement.id, left)
            changes += diff(story_records(before), story_records(after))
        changes += diff(annotation_records(annotation), {})
        self._history.commit(Action.DELETE_HIGHLIGHT, changes, self._title(annotation.article))

    def uses(self, annotation_id: str) -> tuple[Use, ...]:
        """Return the statements that rest on a passage. Raises: NotFound."""
        article_id = self.annotation(annotation_id).article
        return tuple(
            Use(story.id, statement.id, story.headline)
            for story_id in self.stories_on(article_id)
            for story in (self._desk.story(story_id),)
            for statement in story.statements
            if any(link.annotation == annotation_id for link in statement.evidence)
        )

    def stories_on(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of the stories that rest on passages of an article.

        Those on disk are asked for in one question; those in memory the disk may not know yet.
        """
        stored = self._held.load_citing(article_id)
        marks = {mark.id for mark in self.annotations(article_id)}
        return tuple(
            root[1]
            for root in dict.fromkeys((*stored, *self._held.roots(Entity.STORY)))
            if root in (records := self._held.group(root)) and _cites(records, marks)
        )

    def passages(self, story: Story) -> dict[str, CitedPassage]:
        """Return the passages that a story cites, by the id of their annotation, in order."""
        cited = self._cited(story)
        self._paragraphs.look_for(cited.values())
        return {uid: self._passage(annotation) for uid, annotation in cited.items()}

    def cited(
        self, story_ids: Iterable[str]
    ) -> tuple[tuple[CitedPassage, ...], tuple[CitedArticle, ...]]:
        """Return the passages that stories cite and the articles that these stand in, in order.

        Raises: NotFound.
        """
        wanted = tuple(story_ids)
        self._held.load_sources(wanted)
        cited: dict[str, Annotation] = {}
        for story_id in wanted:
            for annotation_id, annotation in self._cited(self._desk.story(story_id)).items():
                cited.setdefault(annotation_id, annotation)
        self._paragraphs.look_for(cited.values())
        articles = dict.fromkeys(annotation.article for annotation in cited.values())
        return (
            tuple(self._passage(annotation) for annotation in cited.values()),
            tuple(self._cited_article(uid) for uid in articles),
        )

    def _cited(self, story: Story) -> dict[str, Annotation]:
        found: dict[str, Annotation] = {}
        for statement in story.statements:
            for link in statement.evidence:
                fields = self._held.fields((Entity.ANNOTATION, link.annotation))
                if fields is not None and link.annotation not in found:
                    found[link.annotation] = annotation_from(link.annotation, fields)
        return found

    def _mark(
        self,
        article_id: str,
        version: ArticleVersion,
        place: tuple[int, int],
        role: Role,
        comment: str,
    ) -> Annotation:
        try:
            target = select(version.id, version.body.text, *place)
        except ValueError as error:
            raise Refused(
                QT_TRANSLATE_NOOP("errors", "There is no text in that selection."),
                hint=QT_TRANSLATE_NOOP("errors", "Select a few words first."),
            ) from error
        return Annotation(self._history.new_id(), article_id, target, role, comment)

    def _annotate(
        self, article: Article, annotation: Annotation, story_id: str | None
    ) -> Annotated:
        new_id, role = self._history.new_id, annotation.role
        changes = list(diff({}, annotation_records(annotation)))
        if role.part is None or story_id == "":
            self._history.commit(Action.ADD_HIGHLIGHT, changes, article.title)
            return Annotated(annotation.id)
        chosen = story_id or self._desk.last_story()
        brief_id = ""
        if chosen is not None:
            story = self._desk.story(chosen)
            brief_id = self._brief_of(chosen)
            grown, statement = self._with_statement(story, annotation)
            changes += diff(story_records(story), story_records(grown))
        else:
            grown, statement = self._with_statement(Story(new_id(), article.title), annotation)
            brief = briefs.new_brief(new_id(), new_id(), article.title)
            brief_id = brief.id
            changes += diff({}, story_records(grown))
            changes += diff({}, brief_records(briefs.add_story(brief, grown.id, new_id())))
        self._history.commit(_ACTIONS[role], changes, grown.headline)
        return Annotated(annotation.id, brief_id, grown.id, statement)

    def _rest_on(
        self, annotation: Annotation, story_id: str, statement_id: str, made: tuple[Change, ...]
    ) -> None:
        story = self._desk.story(story_id)
        links = story.statement(statement_id).evidence
        if any(link.annotation == annotation.id for link in links):
            return
        after = set_evidence(story, statement_id, (*links, Evidence(annotation.id)))
        changes = (*made, *diff(story_records(story), story_records(after)))
        self._history.commit(Action.LINK_EVIDENCE, changes, story.headline)

    def _with_statement(self, story: Story, annotation: Annotation) -> tuple[Story, str]:
        """Return the story with the passage as a statement, and the statement's id."""
        part = annotation.role.part
        assert part is not None  # noqa: S101 (a plain highlight does not come here)
        statement = self._history.new_id()
        text = one_line(annotation.target.exact)
        evidence = (Evidence(annotation.id),)
        return add_statement(story, statement, part, text, evidence=evidence), statement

    def _edit(self, action: Action, annotation_id: str, **values: Role | str) -> Annotation:
        self._history.refresh()
        before = self.annotation(annotation_id)
        after = replace(before, **values)  # type: ignore[arg-type]  # a role or a comment
        changes = diff(annotation_records(before), annotation_records(after))
        self._history.commit(action, changes, self._title(before.article))
        return self.annotation(annotation_id)

    def _brief_of(self, story_id: str) -> str:
        return next(iter(self._desk.briefs_of(story_id)), "")

    def _title(self, article_id: str) -> str:
        return self._head(article_id).title

    def _head(self, article_id: str) -> Article:
        """Return an article, from the trash too: what is cited stays cited. Raises: NotFound."""
        key = (Entity.ARTICLE, article_id)
        fields = self._held.fields(key) or self._held.trashed(key)
        if fields is None:
            raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no such article."))
        return article_from(article_id, fields)

    def _passage(self, annotation: Annotation) -> CitedPassage:
        target = annotation.target
        paragraph, page = self._paragraphs.of(annotation)
        return CitedPassage(annotation.id, annotation.article, target.exact, paragraph, page)

    def _cited_article(self, article_id: str) -> CitedArticle:
        article = self._head(article_id)
        return CitedArticle(
            id=article.id,
            title=article.title,
            source=article.source,
            authors=article.authors,
            published=article.published,
            url=article.canonical_url or article.url,
            page=article.page,
            language=article.language,
            retrieved=article.retrieved,
        )


def _cites(records: Records, marks: set[str]) -> bool:
    """Tell whether any statement of a story rests on one of some passages."""
    return any(
        link[0] in marks for fields in records.values() for link in fields.get("evidence", ())
    )
