"""All services of an open library, as the fronts get them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.library import ReadOnly
    from briefing_app.services.about import About
    from briefing_app.services.articles import Articles
    from briefing_app.services.collecting import Collecting
    from briefing_app.services.desk import Desk
    from briefing_app.services.exporting import LibraryExporting
    from briefing_app.services.history import History
    from briefing_app.services.identify import Identify
    from briefing_app.services.importing import Importing
    from briefing_app.services.many import Many
    from briefing_app.services.reading import Reading
    from briefing_app.services.sampling import Sampling
    from briefing_app.services.searches import Searches
    from briefing_app.services.searching import Searching
    from briefing_app.services.shortitems import ShortItems
    from briefing_app.services.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class Services:
    """What one front works with. `close` stores what is left and lets the library go."""

    about: About
    history: History
    desk: Desk
    reading: Reading
    articles: Articles
    many: Many
    collecting: Collecting
    short_items: ShortItems
    searching: Searching
    searches: Searches
    identify: Identify
    importing: Importing
    sampling: Sampling
    exporting: LibraryExporting
    upkeep: Upkeep
    close: Callable[[], None]

    @property
    def read_only(self) -> ReadOnly | None:
        """Why nothing can be edited, or None."""
        return self.about.read_only
