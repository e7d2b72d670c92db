"""All services of an open library, as the fronts get them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.library import ReadOnly
    from briefing_app.errors import StorageFailure
    from briefing_app.services.about import About
    from briefing_app.services.articles import Articles
    from briefing_app.services.bundling import Bundling
    from briefing_app.services.checkup import Checkup
    from briefing_app.services.clusters import Clusters
    from briefing_app.services.collecting import Collecting
    from briefing_app.services.desk import Desk
    from briefing_app.services.erasing import Erasing
    from briefing_app.services.exporting import LibraryExporting
    from briefing_app.services.feeds import Feeds
    from briefing_app.services.fetching import Fetching
    from briefing_app.services.history import History
    from briefing_app.services.identify import Identify
    from briefing_app.services.importing import Importing
    from briefing_app.services.many import Many
    from briefing_app.services.moving import Moving
    from briefing_app.services.reading import Reading
    from briefing_app.services.rereading import Rereading
    from briefing_app.services.revisions import Revisions
    from briefing_app.services.sampling import Sampling
    from briefing_app.services.searches import Searches
    from briefing_app.services.searching import Searching
    from briefing_app.services.shortitems import ShortItems
    from briefing_app.services.splitting import Splitting
    from briefing_app.services.trash import Trash
    from briefing_app.services.upkeep import Upkeep
    from briefing_app.services.versions import Versions
    from briefing_app.services.watching import Watching


@dataclass(frozen=True, slots=True)
class Services:
    """What one front works with. `close` stores what is left and lets the library go.

    `digest` is one number for all that is on disk and not in the trash; any thread may ask. `warning`
    is what the user has to know of the library that was opened.
    """

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
    fetching: Fetching
    feeds: Feeds
    watching: Watching
    sampling: Sampling
    exporting: LibraryExporting
    bundling: Bundling
    digest: Callable[[], str]
    revisions: Revisions
    erasing: Erasing
    trash: Trash
    versions: Versions
    splitting: Splitting
    clusters: Clusters
    rereading: Rereading
    moving: Moving
    upkeep: Upkeep
    checkup: Checkup
    close: Callable[[], None]
    warning: StorageFailure | None = None

    @property
    def read_only(self) -> ReadOnly | None:
        """Why nothing can be edited, or None."""
        return self.about.read_only
