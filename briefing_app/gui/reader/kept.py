"""The highlights of the open article and their uses, kept in step with what the history tells.

An edit touches one highlight or one story; only that is asked for again. Typing in the composer tells
of a change at each pause, so what it does not concern must cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.errors import NotFound

if TYPE_CHECKING:
    from briefing_app.domain.annotation import Annotation
    from briefing_app.domain.story import Story
    from briefing_app.services.desk import Desk
    from briefing_app.services.news import Changed
    from briefing_app.services.reading import Reading

WORDS = 90  # letters of a statement that are shown


class Kept:
    """What the reader shows of one article besides its text."""

    def __init__(self, article: str, reading: Reading, desk: Desk) -> None:
        self._article, self._reading, self._desk = article, reading, desk
        self._marks = {one.id: one for one in reading.annotations(article)}
        self._uses: dict[str, dict[str, tuple[str, ...]]] = {}  # words, by annotation, by story
        for story in reading.stories_on(article):
            self._use(story)

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """Return the highlights in the order of the text."""
        return tuple(
            sorted(self._marks.values(), key=lambda one: (one.target.start, one.target.end, one.id))
        )

    @property
    def uses(self) -> dict[str, tuple[str, ...]]:
        """Return the words of the statements that use a highlight, by the highlight's id."""
        found: dict[str, tuple[str, ...]] = {}
        for by_annotation in self._uses.values():
            for annotation, words in by_annotation.items():
                found[annotation] = (*found.get(annotation, ()), *words)
        return found

    def follow(self, changed: Changed) -> bool:
        """Take over what an edit changed; False if nothing that is shown has."""
        before, used = dict(self._marks), dict(self._uses)
        for name in changed.annotations:
            self._mark(name)
        for name in changed.stories:
            self._uses.pop(name, None)
            self._use(name)
        return before != self._marks or used != self._uses

    def _mark(self, name: str) -> None:
        self._marks.pop(name, None)
        try:
            found = self._reading.annotation(name)
        except NotFound:
            return
        if found.article == self._article:
            self._marks[name] = found

    def _use(self, name: str) -> None:
        try:
            story = self._desk.story(name)
        except NotFound:
            return
        words: dict[str, tuple[str, ...]] = {}
        for statement in story.statements:
            for link in statement.evidence:
                if link.annotation in self._marks:
                    line = _line(story, statement.text)
                    words[link.annotation] = (*words.get(link.annotation, ()), line)
        if words:
            self._uses[name] = words


def _line(story: Story, text: str) -> str:
    short = text if len(text) <= WORDS else text[:WORDS].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
    return f"{story.headline}: {short}" if short else story.headline
