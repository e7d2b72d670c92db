"""What a feed or a list names and the library does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.importers.links import canonical_link

if TYPE_CHECKING:
    from briefing_app.importers.base import Link
    from briefing_app.storage.known import Known


def unread(links: tuple[Link, ...], known: Known) -> tuple[Link, ...]:
    """Return the links to what is not in the library, nor in its trash; each once."""
    names = {link.url: (link.url, canonical_link(link.url)) for link in links}
    taken = known.taken({name for both in names.values() for name in both})
    found = {link.url: link for link in reversed(links) if taken.isdisjoint(names[link.url])}
    return tuple(reversed(found.values()))
