"""A slow round through all texts and originals, a few at a time, in idle time.

A bit that flips on the disk is seen by nobody until the article is opened, perhaps years later, when
the last good backup is gone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing_app.domain.soundness import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.soundness import Finding
    from briefing_app.progress import Progress
    from briefing_app.storage.checkup import StoredCheckup

OVER = "over"  # in the place of a key: this kind is through
ROUND = 30 * 24 * 3600 * 1000  # milliseconds from the beginning of a round to that of the next
NOTE = 5 * 60 * 1000  # milliseconds after which it is noted how far the round has come
KINDS = (Fault.TEXT, Fault.ORIGINAL)


class Checkup:
    """Goes on with the round where it stood; one caller at a time, from a job."""

    def __init__(self, stored: StoredCheckup, now: Callable[[], int]) -> None:
        self._stored = stored
        self._now = now
        self._places: dict[Fault, Place] | None = None
        self._noted = now()

    def go_on(self, progress: Progress) -> tuple[Finding, ...] | None:
        """Look at a few more; return what is wrong with them, or None if the round is over.

        Raises: StorageFailure, Cancelled; then the next call looks at the same again.
        """
        places = self._places = self._stood()
        kind = next((kind for kind in KINDS if places[kind].last != OVER), None)
        if kind is None:
            return None
        place = places[kind]
        looked = self._stored.look(kind, place.last, progress)
        places[kind] = replace(place, last=looked.last if looked.count else OVER)
        if looked.findings or not looked.count or self._now() - self._noted >= NOTE:
            self._note(looked.findings)
        if not looked.count:
            self._stored.forget_before(kind, place.began)
        return looked.findings

    def damaged(self) -> int:
        """Return how much was found damaged and is so still. Raises: StorageFailure."""
        return self._stored.damaged()

    def _stood(self) -> dict[Fault, Place]:
        """Return where the round stands; a new one begins a month after the last."""
        places = self._places or self._stored.places()
        now = self._now()
        is_old = any(not 0 <= now - place.began < ROUND for place in places.values())
        if is_old and all(place.last == OVER for place in places.values()):
            places = {}
        return {kind: places.get(kind, Place("", now)) for kind in KINDS}

    def _note(self, findings: tuple[Finding, ...]) -> None:
        self._noted = self._now()
        self._stored.note(self._places or {}, findings, self._noted)
