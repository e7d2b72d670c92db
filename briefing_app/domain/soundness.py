"""What a check of a library found, in sentences that name the article."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing_app.errors import Remark


class Fault(StrEnum):
    """What kind of thing is wrong."""

    FILE = "file"  # the database itself
    ROW = "row"  # a row that points to nothing
    TEXT = "text"  # the text of an article is not what was imported
    ORIGINAL = "original"  # the file of an article is missing or not what was imported
    INDEX = "index"  # what is looked up does not fit the articles
    JOURNAL = "journal"  # what is there is not what was written last
    SPARE = "spare"  # a file that nothing needs; no harm


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `name` is the UUID of a version or the digest of an original."""

    fault: Fault
    remark: Remark
    name: str = ""
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a look came: the last key, how many there were, and what is wrong with them."""

    last: str
    count: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a round stands: the last key that was looked at, and when the round began.

    Units: milliseconds since 1970.
    """

    last: str
    began: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, and what is wrong with it."""

    findings: tuple[Finding, ...]
    texts: int
    originals: int
    changes: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; a file too many is no harm."""
        return all(finding.fault is Fault.SPARE for finding in self.findings)
