"""In which paragraphs passages stand, as they are counted now; each is found out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.passage import place_of
from briefing_app.domain.record import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing_app.domain.annotation import Annotation
    from briefing_app.services.articles import Articles
    from briefing_app.services.history import History
    from briefing_app.services.news import Changed

_NOWHERE = (0, None)


class Paragraphs:
    """Remembers the paragraph and the page of passages."""

    def __init__(self, history: History, articles: Articles) -> None:
        self._articles = articles
        self._places: dict[tuple[str, int], tuple[int, int | None]] = {}
        history.on_changed(self._count_anew)

    def of(self, annotation: Annotation) -> tuple[int, int | None]:
        """Return paragraph and page of a passage that was looked for.

        Without a place its text is damaged: the quote is kept with its passage, and can be printed.
        """
        target = annotation.target
        return self._places.get((target.version, target.start), _NOWHERE)

    def look_for(self, annotations: Iterable[Annotation]) -> None:
        """Find out where passages stand, and read the texts for that together."""
        unknown: dict[str, list[int]] = {}
        for annotation in annotations:
            target = annotation.target
            if (target.version, target.start) not in self._places:
                unknown.setdefault(target.version, []).append(target.start)
        for version in self._articles.sound_versions(tuple(unknown)):
            shown = self._articles.as_now(version).shown
            for start in unknown[version.id]:
                self._places[version.id, start] = place_of(shown, start)

    def _count_anew(self, changed: Changed) -> None:
        """Forget what was counted where blocks were put in or taken out."""
        if gone := {uid for entity, uid in changed.keys if entity is Entity.VERSION}:
            self._places = {key: at for key, at in self._places.items() if key[0] not in gone}
