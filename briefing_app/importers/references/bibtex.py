"""References as BibTeX and BibLaTeX.

The grammar is our own: bibtexparser drops an entry with a slip without a word, takes 1.2 ms an entry,
and expands abbreviations that are made of each other without end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers import entries, guard
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.body import LARGEST_BLOCK
from briefing_app.importers.references.item import MOST_NAMES, Item, date_of, imported, name_of
from briefing_app.importers.references.latex import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.progress import Progress

_LABEL = "References"
_HEAD = 64 * 1024  # bytes
_BEGINS = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*[@%]")
_KNOWN = re.compile(
    rb"^[ \t]*@(?:article|book|booklet|conference|in(?:book|collection|proceedings|reference)|manual"
    rb"|mastersthesis|misc|online|patent|phdthesis|proceedings|(?:tech)?report|thesis|unpublished"
    rb"|electronic|www|string|comment|preamble)\s*[{(]",
    re.IGNORECASE | re.MULTILINE,
)
_ENTRY = re.compile(r"^[ \t]*@[ \t]*(\w{1,40})\s*([{(])", re.MULTILINE)
_KEY = re.compile(r"\s*([^\s,={}\"]{0,300})\s*,")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:.+-]{0,80})\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"()]{1,200}")
_JOINED = re.compile(r"\s*#\s*")
_MARK = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTED = re.compile(r"\\.|[{}\"]", re.DOTALL)
_PARTING = re.compile(r"\\.| and |[{}]", re.IGNORECASE)
_LONGEST_ABBREVIATION = 1000  # code points
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "booklet": "pamphlet",
    "collection": "book", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference",
    "proceedings": "book", "manual": "report", "mastersthesis": "thesis", "phdthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "patent": "patent", "unpublished": "manuscript",
    "dataset": "dataset", "software": "software", "inreference": "entry-encyclopedia",
    "periodical": "periodical", "jurisdiction": "legal_case", "legislation": "legislation",
}  # fmt: skip
_FIELDS = {
    "title": ("title",), "title-short": ("shorttitle",), "volume": ("volume",),
    "container-title": ("journal", "journaltitle", "booktitle", "maintitle"),
    "collection-title": ("series",), "issue": ("number", "issue"), "DOI": ("doi",),
    "URL": ("url",), "ISSN": ("issn",), "ISBN": ("isbn",), "edition": ("edition",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("address", "location"), "abstract": ("abstract",), "note": ("note",),
    "language": ("language", "langid"), "keyword": ("keywords",),
}  # fmt: skip
_VERBATIM = ("url", "doi")


def _accepts(document: Document) -> bool:
    head = document.data[:_HEAD].replace(b"\0", b"")
    return bool(_BEGINS.match(head) and _KNOWN.search(head))


def _read(document: Document, progress: Progress) -> Imported:
    reader = _Reader(guard.read_text(document).text)
    items = [_item(*entry) for entry in reader.entries()]
    damaged: tuple[Remark, ...] = ()
    if reader.damaged:
        said = QT_TRANSLATE_NOOP(
            "errors", "References that are damaged and were left out: {count}."
        )
        damaged = (Remark(said, (("count", str(reader.damaged)),)),)
    if not items and reader.damaged:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Its references are damaged and cannot be read.")
        )
    if not items:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There are no references in it."))
    return imported(_LABEL, items, progress, damaged)


class _Damaged(Exception):  # noqa: N818 (reads as what happened)
    """An entry cannot be read; the next one may."""


@dataclass(slots=True)
class _Reader:
    """Goes through a file once, from entry to entry."""

    text: str
    damaged: int = 0
    _abbreviations: dict[str, str] = field(default_factory=dict)

    def entries(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Return kind, key and fields of the entries, as many as are read at once."""
        count = at = 0
        while count <= entries.MOST and (found := _ENTRY.search(self.text, at)):
            at = found.end()
            kind = found[1].lower()
            if kind in ("comment", "preamble"):
                continue
            ends = _ENTRY.search(self.text, at)
            end = (
                ends.start() if ends else len(self.text)
            )  # an entry that is not closed stops there
            try:
                if kind == "string":
                    self._abbreviate(at, end)
                else:
                    key, at = self._key(at, end)
                    yield kind, key, self._fields(at, end)
                    count += 1
            except _Damaged:
                self.damaged += 1

    def _key(self, at: int, end: int) -> tuple[str, int]:
        found = _KEY.match(self.text, at, end)
        if not found:
            raise _Damaged
        return found[1], found.end()

    def _abbreviate(self, at: int, end: int) -> None:
        for name, value in self._fields(at, end).items():
            self._abbreviations[name] = value[:_LONGEST_ABBREVIATION]

    def _fields(self, at: int, end: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while name := _FIELD.match(self.text, at, end):
            value, at = self._value(name.end(), end)
            found.setdefault(name[1].lower(), value)
        if not found or not re.match(r"[\s,]*[})]", self.text[at : at + 200]):
            raise _Damaged
        return found

    def _value(self, at: int, end: int) -> tuple[str, int]:
        """Return a value, whose parts are joined by ``#``, and where it ends."""
        parts: list[str] = []
        left = LARGEST_BLOCK
        while True:
            part, at = self._part(at, end)
            parts.append(part)
            left -= len(part)
            if left < 0:
                raise _Damaged
            joined = _JOINED.match(self.text, at, end)
            if not joined:
                return "".join(parts), at
            at = joined.end()

    def _part(self, at: int, end: int) -> tuple[str, int]:
        opening = self.text[at : at + 1]
        if opening in ("{", '"') and opening:
            close = _closing(self.text, at, end)
            return self.text[at + 1 : close], close + 1
        bare = _BARE.match(self.text, at, end)
        if not bare:
            raise _Damaged
        word = bare[0]
        return self._abbreviations.get(word.lower(), word), bare.end()


def _closing(text: str, at: int, end: int) -> int:
    """Return where a value in braces or quotation marks is closed."""
    quoted = text[at] == '"'
    depth = 0 if quoted else 1
    for found in (_QUOTED if quoted else _MARK).finditer(text, at + 1, end):
        mark = found[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0 and not quoted:
                return found.start()
        elif mark == '"' and depth == 0:
            return found.start()
        if depth < 0:
            break
    raise _Damaged


def _item(kind: str, key: str, fields: dict[str, str]) -> Item:
    item: Item = {"id": key, "type": _TYPES.get(kind, "document")}
    for name, sources in _FIELDS.items():
        source = next((source for source in sources if fields.get(source)), "")
        if source:
            value = fields[source]
            item[name] = value.strip("{} ") if source in _VERBATIM else plain(value)
    for role in ("author", "editor", "translator"):
        if people := _names(fields.get(role, "")):
            item[role] = people
    if pages := clean_line(plain(fields.get("pages", ""))):
        item["page"] = re.sub(" *[\u2013\u2014-]+ *", "-", pages)
    if date := _date(fields):
        item["issued"] = date
    return item


def _names(text: str) -> list[Item]:
    """Return people; a name in braces of its own is one that is not parted."""
    return [
        {"literal": plain(name)} if name.startswith("{") and name.endswith("}") else _name(name)
        for name in _outer_names(text)
        if name.lower() != "others"
    ]


def _name(text: str) -> Item:
    said = plain(text)
    if "," in said:
        return name_of(said)
    given, blank, family = said.rpartition(" ")
    return {"family": family, "given": given} if blank else {"literal": said}


def _outer_names(text: str) -> list[str]:
    """Part a list of names at the word "and" where it stands in no braces."""
    names: list[str] = []
    start = depth = at = 0
    text = " ".join(text.split())  # looking for "and" between long runs of blanks would be slow
    for found in _PARTING.finditer(text):
        mark = found[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
        elif mark.lower() == " and " and depth == 0:
            names.append(text[start : found.start()])
            start = at = found.end()
    names.append(text[max(start, at) :])
    return [name.strip() for name in names if name.strip()][:MOST_NAMES]


def _date(fields: dict[str, str]) -> Item | None:
    if date := fields.get("date"):
        return date_of(plain(date).split("/")[0])
    year = plain(fields.get("year", "")).strip()
    if not re.fullmatch(r"\d{4}", year):
        return date_of(year)
    month = plain(fields.get("month", "")).strip().lower()
    number = int(month) if month.isdecimal() and len(month) < 3 else 0
    if month[:3] in _MONTHS:
        number = _MONTHS.index(month[:3]) + 1
    if not 1 <= number <= 12:
        return {"date-parts": [[int(year)]]}
    day = plain(fields.get("day", "")).strip()
    days = [int(day)] if day.isdecimal() and 1 <= int(day[:3]) <= 31 else []
    return {"date-parts": [[int(year), number, *days]]}


IMPORTER = Importer(
    _LABEL, (".bib", ".bibtex"), ("application/x-bibtex",), _accepts, _read, limit=20 * MEGABYTE
)
