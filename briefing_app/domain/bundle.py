"""What a bundle is: a zip of a library, or of one brief or story, in open formats.

`docs/bundle.md` describes it for whoever wants to read one without this program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from briefing_app.domain.record import Entity
from briefing_app.domain.shape import is_instant, is_text, is_uuid

if TYPE_CHECKING:
    from briefing_app.domain.entry import Entry, Gone

FORMAT = "briefing-desk-bundle"
VERSION = 1
README = "README.txt"
MANIFEST = "manifest.json"
SUMS = "manifest-sha256.txt"
ORIGINALS = "originals"

# what each kind of record lies in; a shelf is a row of JSON files, 00001 and up
SHELVES = {
    "collections": Entity.COLLECTION,
    "searches": Entity.SEARCH,
    "articles": Entity.ARTICLE,
    "versions": Entity.VERSION,
    "annotations": Entity.ANNOTATION,
    "stories": Entity.STORY,
    "briefs": Entity.BRIEF,
}
# what is not given away with a brief or a story unless asked for, and what never is
PRIVATE = ("comment", "tags")
OWN = ("state", "collections")

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_MEMBER = re.compile(
    rf"{re.escape(README)}|{re.escape(MANIFEST)}|{re.escape(SUMS)}"
    rf"|(?:{'|'.join((*SHELVES, ORIGINALS))})/[0-9]{{5,9}}\.jsonl?d?"
    rf"|originals/[0-9a-f]{{64}}|texts/{_UUID}\.txt|(?:stories|briefs)/{_UUID}\.md"
)
_DIGEST = re.compile("[0-9a-f]{64}")


class Holds(StrEnum):
    """What a bundle is of."""

    LIBRARY = "library"
    BRIEF = "brief"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class Root:
    """A story or a brief with what is in it, and what was taken out of it."""

    entry: Entry
    inside: tuple[Entry, ...] = ()
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """An original of a bundle: its SHA-256, its media type and its size in bytes."""

    digest: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself; `sums` is the SHA-256 of the list of its members.

    `changed` is when the newest of its records was changed, as an instant in the ISO form; `held_back`
    names the fields that were left out because they are the sender's own.
    """

    holds: Holds
    about: str
    title: str
    library: str
    changed: str
    program: str
    held_back: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    members: int = 0
    size: int = 0
    sums: str = ""

    @property
    def things(self) -> int:
        """How many things a user would count: versions and originals belong to their articles."""
        return sum(n for kind, n in self.counts.items() if kind not in ("versions", ORIGINALS))


def is_member(name: str) -> bool:
    """Tell whether a bundle may hold a member of this name."""
    return _MEMBER.fullmatch(name) is not None


def is_digest(value: object) -> bool:
    """Tell whether a value is a SHA-256 in hexadecimal."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def manifest_form(manifest: Manifest) -> dict[str, Any]:
    """Return a manifest as JSON."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "holds": manifest.holds.value,
        "about": manifest.about,
        "title": manifest.title,
        "library": manifest.library,
        "changed": manifest.changed,
        "program": manifest.program,
        "held-back": list(manifest.held_back),
        "counts": manifest.counts,
        "members": {
            "count": manifest.members,
            "bytes": manifest.size,
            "list": SUMS,
            "sha256": manifest.sums,
        },
    }


def version_of(form: object) -> int:
    """Return the version of the format that JSON claims to be; 0 if it is no manifest."""
    if not isinstance(form, dict) or form.get("format") != FORMAT:
        return 0
    version = form.get("version")
    return version if type(version) is int and version > 0 else 0


def manifest_from(form: dict[str, Any]) -> Manifest:
    """Return the manifest of JSON. Raises: ValueError with the name of what is wrong."""
    members = form.get("members")
    members = members if isinstance(members, dict) else {}
    held_back, counts = form.get("held-back"), form.get("counts")
    checks = {
        "holds": form.get("holds") in set(Holds),
        "about": form.get("about") == "" or is_uuid(form.get("about")),
        "title": is_text(form.get("title")),
        "library": is_uuid(form.get("library")),
        "changed": is_instant(form.get("changed")),
        "program": is_text(form.get("program")),
        "held-back": isinstance(held_back, list) and all(n in PRIVATE + OWN for n in held_back),
        "counts": isinstance(counts, dict)
        and all(is_text(k) and _is_count(v) for k, v in counts.items()),
        "members": _is_count(members.get("count"))
        and _is_count(members.get("bytes"))
        and is_digest(members.get("sha256")),
    }
    for name, right in checks.items():
        if not right:
            raise ValueError(name)
    return Manifest(
        holds=Holds(form["holds"]),
        about=form["about"],
        title=form["title"],
        library=form["library"],
        changed=form["changed"],
        program=form["program"],
        held_back=tuple(form["held-back"]),
        counts=dict(form["counts"]),
        members=members["count"],
        size=members["bytes"],
        sums=members["sha256"],
    )


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 1 << 53
