"""Ids as people type them: whole, or the first characters of one.

A command accepts a beginning of at least six characters that only one thing has; lists print eight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.record import Entity
from briefing_app.errors import QT_TRANSLATE_NOOP, NotFound, WrongUsage

if TYPE_CHECKING:
    from briefing_app.services.suite import Services

SHORT = 8


def short(full: str) -> str:
    """Return the beginning of an id that a list shows."""
    return full[:SHORT]


def article(library: Services, typed: str) -> str:
    """Return the id of an article. Raises: NotFound."""
    return library.identify.resolve(Entity.ARTICLE, typed)


def annotation(library: Services, typed: str) -> str:
    """Return the id of an annotation. Raises: NotFound."""
    return library.identify.resolve(Entity.ANNOTATION, typed)


def brief(library: Services, typed: str) -> str:
    """Return the id of a brief. Raises: NotFound."""
    return library.identify.resolve(Entity.BRIEF, typed)


def story(library: Services, typed: str) -> str:
    """Return the id of a story. Raises: NotFound."""
    return library.identify.resolve(Entity.STORY, typed)


def search(library: Services, typed: str) -> str:
    """Return the id of a saved search. Raises: NotFound."""
    return library.identify.resolve(Entity.SEARCH, typed)


def collection(library: Services, typed: str) -> str:
    """Return the id of a collection, by its name or the beginning of its id. Raises: NotFound."""
    name = " ".join(typed.split()).casefold()
    named = [one.id for one, _ in library.collecting.collections() if one.name.casefold() == name]
    if len(named) == 1:
        return named[0]
    return library.identify.resolve(Entity.COLLECTION, typed)


def statement(library: Services, typed: str) -> tuple[str, str]:
    """Return the ids of the story that holds a statement, and of the statement. Raises: NotFound."""
    found = library.identify.resolve(Entity.STATEMENT, typed)
    root = library.history.held.root((Entity.STATEMENT, found))
    if root is None:
        raise NotFound(QT_TRANSLATE_NOOP("errors", "There is no statement “{typed}”."), typed=typed)
    return root[1], found


def brief_of(library: Services, story_id: str, typed: str | None) -> str:
    """Return the id of the brief that was typed, or of the only one that holds a story.

    Raises: NotFound if the story does not stand in it; WrongUsage if it stands in several.
    """
    holding = library.desk.briefs_of(story_id)
    found = brief(library, typed) if typed else next(iter(holding), "")
    if found not in holding:
        raise NotFound(QT_TRANSLATE_NOOP("errors", "That story is not in this brief."))
    if len(holding) > 1 and not typed:
        raise WrongUsage(
            QT_TRANSLATE_NOOP("errors", "That story is in {count} briefs."),
            hint=QT_TRANSLATE_NOOP("errors", "Name one of them with --brief."),
            count=len(holding),
        )
    return found
