"""What became of what came in, as a line or a record: the same for files and for the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.cli import ids
from briefing_app.cli.inputs import named

if TYPE_CHECKING:
    from briefing_app.cli.output import Output
    from briefing_app.services.importing import Outcome

_WORDS = {
    "new": "imported",
    "version": "new version",
    "duplicate": "already there",
    "listed": "addresses",
}


def tell(outcome: Outcome, out: Output) -> None:
    """Print what became of a file or a page; a failure is named on standard error, too."""
    kind = "brief" if outcome.brief else "article"
    record = {
        "path": outcome.name,
        kind: outcome.brief or outcome.article or None,
        "title": outcome.title,
        "status": outcome.status,
        "reason": outcome.reason,
        "remarks": [str(remark) for remark in outcome.remarks],
        "links": [link.url for link in outcome.links],
    }
    if outcome.status == "failed":
        out.record(record)
        out.fail(outcome.reason, named(outcome.name))
        return
    made = ids.short(outcome.brief or outcome.article)
    for remark in outcome.remarks:
        out.warn(f"{named(outcome.name)}: {remark}")
    out.record(record, f"{made:8}  {_WORDS[outcome.status]:13}  {outcome.title or outcome.name}")
    for link in outcome.links:
        out.say(f"{'':8}  {'not fetched':13}  {link.url}")
