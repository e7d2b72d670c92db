"""A reference as an entry: its abstract is the text; without one the reference itself stands for it.

A reference that came without a text waits: when the text comes in, from the same address or under
the same title, it becomes the next version of the article.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing_app.domain.moment import Moment, parse_iso
from briefing_app.domain.text import clean, clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers.entries import Entry, gather
from briefing_app.importers.html.fragment import read_fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.importers.base import Imported
    from briefing_app.progress import Progress

Item = dict[str, Any]

MOST_NAMES = 500
WAITING = "reference alone"  # the origin of a text that is no more than the reference
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_JATS = re.compile(r"(</?)jats:")


def imported(
    label: str, items: Iterable[Item], progress: Progress, warnings: tuple[Remark, ...] = ()
) -> Imported:
    """Return references as articles. Raises: UnreadableSource if there are none."""
    count = 0

    def entries() -> Iterator[Entry]:
        nonlocal count
        for item in items:
            entry = entry_of(item)
            count += entry.text_origin == WAITING
            yield entry

    found = gather(label, entries(), progress, warnings=warnings)
    if not count:
        return found
    said = QT_TRANSLATE_NOOP(
        "errors", "References that came without a text and wait for it: {count}."
    )
    return replace(found, warnings=(*found.warnings, Remark(said, (("count", str(count)),))))


def entry_of(item: Item) -> Entry:
    """Return what a reference says of its article; the article keeps the reference itself too."""
    reference = _cleaned(item)
    abstract = str(item.get("abstract") or "")
    marked = bool(_MARKUP.search(abstract))
    title = _plain(reference, "title")
    url = _plain(reference, "URL")
    doi = _plain(reference, "DOI")
    return Entry(
        title=title,
        url=url or (f"https://doi.org/{doi}" if doi else ""),
        html=_JATS.sub(r"\1", abstract) if marked else "",
        text=(abstract if not marked else "") or citation(reference),
        text_origin="" if clean_line(abstract) else WAITING,
        authors=tuple(names(reference, "author") or names(reference, "editor")),
        source=_plain(reference, "container-title") or _plain(reference, "publisher"),
        published=published(reference),
        language=_plain(reference, "language"),
        tags=(),
        reference=reference,
        origin="reference",
    )


def citation(item: Item) -> str:
    """Return a reference as one line: who, what, where, when."""
    people = names(item, "author") or names(item, "editor")
    who = ", ".join(people[:6]) + (" et al." if len(people) > 6 else "")
    volume = _plain(item, "volume")
    issue = _plain(item, "issue")
    where = " ".join(
        part
        for part in (
            _plain(item, "container-title"),
            f"{volume} ({issue})" if volume and issue else volume or issue,
        )
        if part
    )
    page = _plain(item, "page").replace("-", "\u2013")
    parts = (
        _plain(item, "title"), where, _plain(item, "publisher"), _issued(item),
        f"p. {page}" if page else "", _plain(item, "DOI") or _plain(item, "URL"),
    )  # fmt: skip
    what = ". ".join(part.rstrip(".") for part in parts if part)
    return f"{': '.join(part for part in (who, what) if part)}." if who or what else ""


def names(item: Item, role: str) -> list[str]:
    """Return the names of the people in a role, as they are spoken."""
    people = item.get(role)
    found: list[str] = []
    for person in people[:MOST_NAMES] if isinstance(people, list) else ():
        if not isinstance(person, dict):
            continue
        order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
        name = " ".join(str(person[part]) for part in order if person.get(part))
        if said := clean_line(name or str(person.get("literal") or "")):
            found.append(said)
    return found


def name_of(text: str) -> Item:
    """Return a name as CSL has it; "Family, Given" is parted, a plain one stays whole."""
    family, comma, given = (part.strip() for part in clean_line(text).partition(","))
    if not comma:
        return {"literal": family}
    return {"family": family, "given": given} if given else {"family": family}


def date_of(text: str) -> Item | None:
    """Return a date as CSL has it: as many numbers as there are, or the words."""
    text = clean_line(text)
    found = re.match(r"(\d{4})(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?(?![\d])", text)
    if found:
        return {"date-parts": [[int(part) for part in found.groups() if part and int(part)]]}
    return {"raw": text} if text else None


def published(item: Item) -> Moment | None:
    """Return when a reference was published, if the day is known: no day is made up."""
    parts = _date_parts(item)
    if len(parts) >= 3:
        try:
            return Moment(dt.date(*parts[:3]))
        except (ValueError, OverflowError):
            return None
    issued = item.get("issued")
    return parse_iso(str(issued.get("raw") or "")) if isinstance(issued, dict) else None


def _issued(item: Item) -> str:
    """Return the date as far as it is known: 2013, 2013-04, 2013-04-30, or its words."""
    if parts := _date_parts(item):
        return "-".join([f"{parts[0]}", *(f"{part:02d}" for part in parts[1:3])])
    issued = item.get("issued")
    if not isinstance(issued, dict):
        return ""
    return clean_line(str(issued.get("raw") or issued.get("literal") or ""))


def _date_parts(item: Item) -> list[int]:
    issued = item.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers: list[int] = []
    for part in first if isinstance(first, list) else ():
        if not str(part).isascii() or not str(part).isdecimal() or len(str(part)) > 4:
            break
        numbers.append(int(part))
    return numbers


def _plain(item: Item, field: str) -> str:
    """Return a field as one line without markup."""
    value = item.get(field)
    if isinstance(value, list):  # as one registry of publishers gives them
        value = value[0] if value else ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    said = str(value)
    if _MARKUP.search(said):
        try:
            said = read_fragment(said)[0].text
        except UnreadableSource:
            said = _MARKUP.sub("", said)
    return clean_line(said)


def _cleaned(value: Any) -> Any:  # noqa: ANN401 (JSON in, JSON out)
    """Return a reference whose texts are as they are stored everywhere."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {clean_line(str(name)): _cleaned(one) for name, one in value.items()}
    return value
