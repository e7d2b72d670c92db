"""What came of the last imports, kept on this computer so that it can be read again.

Each import is a file of its own in a folder of the program's, not of the library's: the paths in it
belong to this computer, and reach no bundle, no copy and no backup.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from briefing_app.digests import sha256
from briefing_app.errors import Remark
from briefing_app.importers.base import INSIDE, Link
from briefing_app.services.batch import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KEPT = 10  # imports
MOST = 2_000  # outcomes of one of them; of the others only how many there were is kept
_NAME = "%Y%m%dT%H%M%S%fZ"
_STATUSES = ("new", "version", "duplicate", "listed", "failed")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Results:
    """What came of one import; `more` counts those that are not kept one by one, by status."""

    at: dt.datetime
    outcomes: tuple[Outcome, ...] = ()
    more: tuple[tuple[str, int], ...] = ()

    def counts(self) -> Counter[str]:
        """Return how many there are of each status, and how many came in with a remark."""
        found = Counter[str](dict(self.more))
        found.update(one.status for one in self.outcomes)
        found["remarked"] += sum(bool(one.remarks) for one in self.outcomes)
        return found

    def without(self, names: Iterable[str]) -> Results:
        """Return the results without those of some files and of what lies inside them."""
        gone = frozenset(names)
        kept = tuple(one for one in self.outcomes if file_of(one.name) not in gone)
        return replace(self, outcomes=kept)

    def short(self) -> Results:
        """Return no more than is kept, those first that went wrong or have a remark."""
        if len(self.outcomes) <= MOST:
            return self
        ranked = sorted(range(len(self.outcomes)), key=lambda at: _is_plain(self.outcomes[at]))
        kept = sorted(ranked[:MOST])
        left = Counter[str](dict(self.more))
        left.update(self.outcomes[at].status for at in ranked[MOST:])
        return Results(self.at, tuple(self.outcomes[at] for at in kept), tuple(left.items()))


@dataclass(frozen=True, slots=True)
class OfFile:
    """What came of a file and of all that lies inside it."""

    name: str
    outcomes: tuple[Outcome, ...]


def kept_results(folder: Path, library: Path) -> KeptResults:
    """Return the results of the imports into one library, under the folder of the settings."""
    name = sha256(str(library).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return KeptResults(folder / "imports" / name)


def file_of(name: str) -> str:
    """Return the name of the file that something came from, however deep inside it lies."""
    return name.split(INSIDE, 1)[0]


def inner(name: str) -> str:
    """Return the name of something inside a file without that of the file; empty for the file."""
    return name.partition(INSIDE)[2]


def by_file(outcomes: Iterable[Outcome]) -> tuple[OfFile, ...]:
    """Return outcomes together that are of one file, in the order in which the files came."""
    found: dict[str, list[Outcome]] = {}
    for one in outcomes:
        found.setdefault(file_of(one.name), []).append(one)
    return tuple(OfFile(name, tuple(some)) for name, some in found.items())


class KeptResults:
    """The results of the last imports, newest first; what the disk refuses is logged and forgotten."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def moments(self) -> tuple[dt.datetime, ...]:
        """Return when the imports began whose results are kept."""
        found: list[dt.datetime] = []
        for path in self._files():
            with contextlib.suppress(ValueError):
                found.append(_moment(path.stem))
        return tuple(found)

    def load(self, at: dt.datetime) -> Results | None:
        """Return the results of the import that began at a moment; None if they cannot be read."""
        path = self._path(at)
        try:
            return _results(at, json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            log.warning("the results of an import in %s cannot be read: %r", path, error)
            return None

    def save(self, results: Results) -> None:
        """Keep the results of an import, in place of what was kept of it, and let the oldest go."""
        path = self._path(results.at)
        draft = path.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(_plain(results.short())), encoding="utf-8")
            draft.replace(path)
            for old in self._files()[KEPT:]:
                old.unlink(missing_ok=True)
        except OSError as error:
            log.warning("the results of an import were not kept in %s: %s", path, error)

    def forget(self, ids: Iterable[str]) -> None:
        """Forget what is said of articles and briefs, since they were erased for good."""
        gone = frozenset(ids)
        for at in self.moments():
            results = self.load(at)
            if results is None:
                self._path(at).unlink(missing_ok=True)  # what it says of them cannot be told
                continue
            kept = without_ids(results, gone)
            if kept != results:
                self.save(kept)

    def _files(self) -> list[Path]:
        try:
            return sorted(self._folder.glob("*.json"), reverse=True)
        except OSError:
            return []

    def _path(self, at: dt.datetime) -> Path:
        return self._folder / f"{at.astimezone(dt.UTC).strftime(_NAME)}.json"


def without_ids(results: Results, gone: frozenset[str]) -> Results:
    """Return results without what is said of some articles and briefs."""
    kept = tuple(one for one in results.outcomes if not {one.article, one.brief} & gone)
    return replace(results, outcomes=kept)


def _is_plain(one: Outcome) -> bool:
    return one.status != "failed" and not one.remarks and not one.links


def _moment(name: str) -> dt.datetime:
    return dt.datetime.strptime(name, _NAME).replace(tzinfo=dt.UTC)


def _plain(results: Results) -> dict[str, Any]:
    return {"outcomes": [_fields(one) for one in results.outcomes], "more": dict(results.more)}


def _fields(one: Outcome) -> dict[str, Any]:
    """Return an outcome; of what it links to no more than is needed to fetch it."""
    links = [{"url": each.url, "title": each.title, "is_feed": each.is_feed} for each in one.links]
    return {**asdict(replace(one, links=())), "links": links}


def _results(at: dt.datetime, found: dict[str, Any]) -> Results:
    more = tuple((str(status), int(count)) for status, count in found["more"].items())
    return Results(at, tuple(_outcome(one) for one in found["outcomes"]), more)


def _outcome(found: dict[str, Any]) -> Outcome:
    if found["status"] not in _STATUSES:
        raise ValueError(found["status"])
    texts = {name: str(found[name]) for name in ("name", "article", "brief", "title")}
    return Outcome(
        status=found["status"],
        reasons=_remarks(found["reasons"]),
        remarks=_remarks(found["remarks"]),
        links=tuple(
            Link(str(one["url"]), str(one["title"]), is_feed=bool(one["is_feed"]))
            for one in found["links"]
        ),
        **texts,
    )


def _remarks(found: list[dict[str, Any]]) -> tuple[Remark, ...]:
    return tuple(
        Remark(str(one["message"]), tuple((str(name), str(value)) for name, value in one["values"]))
        for one in found
    )
