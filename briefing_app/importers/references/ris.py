"""References as RIS, and as the Web of Science writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import rispy

from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers import entries, guard
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.references.item import MOST_NAMES, Item, date_of, imported, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.progress import Progress

_LABEL = "References"
_HEAD = 16 * 1024  # bytes
_FIRST = re.compile(rb"^TY {1,4}- ?[A-Z][A-Z0-9]{2,7}\s*$", re.MULTILINE)
_TAG = re.compile(rb"^(?:ER|AU|A1|TI|T1|PY|Y1|UR|DO|ID|JO|JF|AB) {1,4}-", re.MULTILINE)
_WEB_OF_SCIENCE = re.compile(rb"\A(?:\xef\xbb\xbf)?FN [^\n]*\nVR 1[^\n]*\nPT ")
_LINE = re.compile(r"^([A-Z][A-Z0-9]) {1,4}-(?: |$)", re.MULTILINE)
_MOST_LINES = 2_000_000

_TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "ABST": "article-journal",
    "INPR": "article-journal", "JFULL": "periodical", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "CHAP": "chapter", "ECHAP": "chapter", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "RPRT": "report", "GOVDOC": "report", "THES": "thesis",
    "ELEC": "webpage", "ICOMM": "webpage", "WEB": "webpage", "BLOG": "post-weblog",
    "CASE": "legal_case", "LEGAL": "legislation", "STAT": "legislation", "BILL": "bill",
    "HEAR": "hearing", "PAT": "patent", "MAP": "map", "DATA": "dataset", "COMP": "software",
    "VIDEO": "motion_picture", "MPCT": "motion_picture", "SOUND": "song", "MUSIC": "musical_score",
    "PAMP": "pamphlet", "UNPB": "manuscript", "MANSCPT": "manuscript", "SLIDE": "speech",
    "PCOMM": "personal_communication", "STAND": "standard", "DICT": "entry-dictionary",
    "ENCYC": "entry-encyclopedia", "FIGURE": "figure", "ART": "graphic",
}  # fmt: skip
# the first of these fields that is filled
_FIELDS = {
    "title": ("title", "primary_title"),
    "title-short": ("short_title",),
    "container-title": (
        "journal_name", "secondary_title", "alternate_title3", "alternate_title2",
        "alternate_title1",
    ),
    "collection-title": ("tertiary_title",),
    "volume": ("volume",), "issue": ("number",), "DOI": ("doi",), "publisher": ("publisher",),
    "publisher-place": ("place_published",), "edition": ("edition",), "language": ("language",),
    "abstract": ("abstract", "notes_abstract"), "archive": ("name_of_database",),
    "call-number": ("call_number",), "section": ("section",), "id": ("id", "accession_number"),
}  # fmt: skip
_WOS_FIELDS = {
    "title": ("document_title",), "container-title": ("publication_name",), "volume": ("volume",),
    "issue": ("issue",), "DOI": ("doi",), "publisher": ("publisher",),
    "publisher-place": ("publisher_city",), "abstract": ("abstract",), "ISSN": ("issn", "eissn"),
    "ISBN": ("isbn",), "id": ("accession_number",), "PMID": ("pubmed_id",),
    "event-title": ("conference_title",),
}  # fmt: skip
_WOS_TYPES = {"J": "article-journal", "B": "book", "C": "paper-conference", "P": "patent"}


def _accepts(document: Document) -> bool:
    head = document.data[:_HEAD].replace(b"\0", b"").replace(b"\r\n", b"\n")
    return bool(_WEB_OF_SCIENCE.match(head) or (_FIRST.search(head) and _TAG.search(head)))


def _read(document: Document, progress: Progress) -> Imported:
    text = guard.read_text(document).text.lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > _MOST_LINES:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "There are more than {limit} lines in it."),
            limit=_MOST_LINES,
        )
    if _WEB_OF_SCIENCE.match(text[:1000].encode("utf-8", "replace")):
        return imported(_LABEL, map(_wos_item, _parse(text, rispy.WokParser)), progress)
    text, unfinished = _closed(text)
    return imported(_LABEL, map(_item, _parse(text, rispy.RisParser)), progress, unfinished)


def _parse(text: str, parser: type) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = rispy.loads(text, implementation=parser)
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Its references are damaged and cannot be read.")
        ) from error
    return found


def _closed(text: str) -> tuple[str, tuple[Remark, ...]]:
    """Return the text with each reference closed: one that is not would be lost without a word."""
    text = _LINE.sub(lambda line: f"{line[1]}  - ", text)
    records = re.split(r"^(?=TY  - )", text, flags=re.MULTILINE)
    del records[entries.MOST + 2 :]  # one more than is read, so that it is said
    unfinished = 0
    for at, record in enumerate(records[1:], 1):
        if not re.search(r"^ER  - ", record, re.MULTILINE):
            records[at] = f"{record.rstrip()}\nER  - \n"
            unfinished += 1
    if not unfinished:
        return "".join(records), ()
    said = QT_TRANSLATE_NOOP(
        "errors", "References that have no end, and may lack something: {count}."
    )
    return "".join(records), (Remark(said, (("count", str(unfinished)),)),)


def _item(record: dict[str, Any]) -> Item:
    item: Item = {"type": _TYPES.get(str(record.get("type_of_reference")).strip(), "document")}
    _fill(item, record, _FIELDS)
    authors = [*record.get("first_authors", ()), *record.get("authors", ())]
    _add_names(item, "author", authors)
    chapter = item["type"] in ("chapter", "paper-conference", "book")
    _add_names(item, "editor" if chapter else "contributor", record.get("secondary_authors", ()))
    serial = item["type"].startswith("article")
    if number := record.get("issn"):
        item["ISSN" if serial else "ISBN"] = number
    _add_pages(item, record.get("start_page"), record.get("end_page"))
    urls = [url.strip() for one in record.get("urls", ()) for url in one.split(";")]
    if urls := [url for url in urls if url]:
        item["URL"] = urls[0]
    date = record.get("date") or record.get("year") or record.get("publication_year") or ""
    _add_date(item, date)
    if words := record.get("keywords"):
        item["keyword"] = ", ".join(words)
    if notes := record.get("notes"):
        item["note"] = "\n".join(notes)
    return item


def _wos_item(record: dict[str, Any]) -> Item:
    kind = str(record.get("publication_type"))
    item: Item = {"type": _WOS_TYPES.get(kind, "document")}
    _fill(item, record, _WOS_FIELDS)
    people = record.get("author_full_name") or record.get("authors") or ()
    _add_names(item, "author", people if isinstance(people, list) else [str(people)])
    _add_pages(item, record.get("beginning_page"), record.get("ending_page"))
    _add_date(item, str(record.get("publication_year") or ""))
    if words := record.get("author_keywords"):
        item["keyword"] = words if isinstance(words, str) else ", ".join(words)
    return item


def _fill(item: Item, record: dict[str, Any], fields: dict[str, tuple[str, ...]]) -> None:
    for field, tags in fields.items():
        value = next((record[tag] for tag in tags if record.get(tag)), None)
        if isinstance(value, str):
            item[field] = value


def _add_names(item: Item, role: str, people: Iterator[str] | list[str] | tuple[str, ...]) -> None:
    names = [str(person) for person in people if str(person).strip()]
    if found := [name_of(name) for name in names[:MOST_NAMES]]:
        item[role] = found


def _add_pages(item: Item, first: object, last: object) -> None:
    if first:
        item["page"] = f"{first}-{last}" if last and last != first else str(first)


def _add_date(item: Item, text: str) -> None:
    if date := date_of(text):
        item["issued"] = date


IMPORTER = Importer(
    _LABEL,
    (".ris",),
    ("application/x-research-info-systems",),
    _accepts,
    _read,
    limit=20 * MEGABYTE,
)
