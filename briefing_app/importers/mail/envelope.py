"""What a mail's header says of it: who wrote it and for whom, when, about what."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.utils import parsedate_tz
from typing import TYPE_CHECKING

from briefing_app.domain.moment import Moment, parse_iso
from briefing_app.domain.text import clean_line
from briefing_app.importers.mail.headers import decode_words

if TYPE_CHECKING:
    from briefing_app.importers.mail.headers import Headers

# What mail programs put before the subject of an answer or of something passed on, by language
_REPLIES = (
    "re", "fw", "fwd", "aw", "wg", "antw", "antwort", "betr", "sv", "vs", "vb", "vl", "tr", "rv",
    "res", "enc", "rif", "inoltra", "odp", "pd", "ynt", "ilt", "vá", "továbbítás", "atb", "ha",
    "отв", "пересл", "відп", "переслано", "σχετ", "προθ", "回复", "回覆", "答复", "答覆", "转发",
    "轉寄", "返信", "転送", "رد", "إعادة توجيه", "הועבר", "השב",
)  # fmt: skip
_NOISE = re.compile(
    r"(?:(?:"
    + "|".join(map(re.escape, _REPLIES))
    + r")(?:\s?[\[(]\d{1,3}[\])]|\^\d{1,3})?\s?[:\uff1a]"
    r"|\[(?:ext(?:ern(?:al|e)?)?(?: e?-?mail| sender)?|spam|bulk|suspected spam)\]:?"
    r"|\((?:ext|external)\))\s*",
    re.IGNORECASE,
)
_FROM_A_HOUSE = re.compile(
    r"(?P<name>[^|,@]{3,60}?)\s*(?:\||,?\s+(?:from|at|@|de|von|bei)\s+|\s+via\s+|\s*/\s*)\s*(?P<house>\S.{1,80})",
    re.IGNORECASE,
)
_LIST_NAME = re.compile(r"\s*\"?([^<\"]*?)\"?\s*(?:<[^>]*>)?\s*")
_GROUP = re.compile(r"^[^<>\"@,:]{0,80}:")
_MAILBOX = re.compile(
    r"\s*+(?:\"(?P<quoted>(?:[^\"\\]|\\.)*+)\"|(?P<plain>[^\"<>,;()]*+))\s*+"
    r"(?:<(?P<address>[^<>]*+)>?)?\s*+(?:\((?P<comment>[^()]*+)\))?[^,;]*+(?:[,;]|\Z)"
)
_ZONE = re.compile(r"([A-Z]{2,5})\)?\s*$|\(([A-Z]{2,5})\)")
_AT_ZERO = re.compile(r"[+-]0000\b|\b(?:GMT|UTC?|Z|WET)\b")
_ZONES = {"CET": 60, "BST": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "JST": 540}
_LONGEST_NAME = 100  # code points
_MAILBOXES = frozenset(
    ("gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "icloud", "me",
     "mac", "aol", "gmx", "web", "mail", "inbox", "list", "bk", "ukr", "i", "yandex", "proton",
     "protonmail", "pm", "zoho", "fastmail", "tutanota", "tuta", "posteo", "qq", "163", "126",
     "sina", "naver", "daum", "hanmail", "rediffmail", "orange", "wanadoo", "free", "laposte",
     "t-online", "libero", "seznam", "wp", "o2", "onet", "interia")
)  # fmt: skip
_SECOND = frozenset(("ac", "co", "com", "edu", "gob", "gouv", "gov", "net", "nom", "or", "org"))


@dataclass(frozen=True, slots=True)
class Envelope:
    """The fields of an article that a header fills; `bulk` tells that it went to many."""

    title: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    published: Moment | None = None
    url: str = ""
    language: str = ""
    message_id: str = ""
    bulk: bool = False
    origins: tuple[tuple[str, str], ...] = ()


def envelope(headers: Headers) -> Envelope:
    """Return what a header says."""
    bulk = headers.has("list-id", "list-unsubscribe", "feedback-id", "list-post", "x-campaign") or (
        headers.text("precedence").lower() in ("bulk", "list", "junk")
    )
    authors, source = _who(headers)
    published, dated = _when(headers)
    url = _address(headers.text("archived-at"))
    language = _language(headers.text("content-language"))
    title = subject(headers.text("subject"))
    said = {
        "title": title and "subject",
        "authors": authors and "From",
        "source": source[0] and source[1],
        "published": dated,
        "url": url and "Archived-At",
        "language": language and "Content-Language",
    }
    return Envelope(
        title=title,
        authors=authors,
        source=source[0],
        published=published,
        url=url,
        language=language,
        message_id=_identity(headers.text("message-id")),
        bulk=bulk,
        origins=tuple((name, str(origin)) for name, origin in said.items() if origin),
    )


def subject(text: str) -> str:
    """Return a subject without what answering and passing on put before it."""
    rest = clean_line(text)[:1000]
    while noise := _NOISE.match(rest):
        rest = rest[noise.end() :]
    return rest or clean_line(text)[:1000]


def moment(text: str) -> Moment | None:
    """Read a date as mails have it, with its zone."""
    text = clean_line(text)[:200]
    found = parsedate_tz(text)
    if not found:
        return parse_iso(text)
    year, month, day, hour, minute, second = found[:6]
    try:
        date = dt.date(year, month, day)
        time = dt.time(hour, minute, min(second, 59))
    except ValueError:
        return None
    named = _ZONE.search(text)
    zone = (named[1] or named[2]) if named else ""
    offset = _offset(text, zone, found[9])
    if offset is None or zone in ("AM", "PM"):
        zone = ""
    return Moment(date, time, offset, "UTC" if offset == 0 else zone)


def _offset(text: str, zone: str, seconds: int | None) -> int | None:
    """Return a zone in minutes; the standard library takes one that it does not know for UTC."""
    if seconds and abs(seconds) <= 18 * 3600:
        return seconds // 60
    if _AT_ZERO.search(text):
        return 0
    return _ZONES.get(zone)


def _when(headers: Headers) -> tuple[Moment | None, str]:
    """Return when it was sent: as it says, or as the first machine that had it says."""
    for name, origin in (("date", "Date"), ("resent-date", "Resent-Date")):
        if found := moment(headers.text(name)):
            return found, origin
    for received in reversed(headers.all("received")):
        if found := moment(received.rpartition(";")[2]):
            return found, "Received"
    return None, ""


def _who(headers: Headers) -> tuple[tuple[str, ...], tuple[str, str]]:
    """Return the authors, and the source with its origin."""
    people = _people(headers, "from") or _people(headers, "sender") or _people(headers, "reply-to")
    names = tuple(dict.fromkeys(name or address for name, address in people))
    house = next((_house(address) for _, address in people), "")
    listed = _LIST_NAME.fullmatch(headers.text("list-id"))
    title = listed[1].strip() if listed else ""
    posts = headers.text("list-post")
    if posts and not posts.upper().startswith("NO") and title:  # people write to it
        return names, (title, "List-Id")
    answers = headers.has("in-reply-to", "references")
    if headers.has("list-unsubscribe", "feedback-id", "x-campaign") and not answers and people:
        parted = _FROM_A_HOUSE.fullmatch(people[0][0])
        if parted:
            return (parted["name"].strip(),), (parted["house"].strip(), "From")
        if people[0][0]:
            return (), (people[0][0], "From")
    if organization := headers.text("organization")[:_LONGEST_NAME]:
        return names, (organization, "Organization")
    return names, (house, "address")


def _people(headers: Headers, name: str) -> list[tuple[str, str]]:
    """Return the names and addresses of a field; it is taken apart before its words are decoded."""
    text = headers.raw(name)[:4000].decode("utf-8", "surrogateescape").replace("\n", " ")
    found: list[tuple[str, str]] = []
    before = ""  # a name with a comma that should have been quoted
    for mailbox in _MAILBOX.finditer(_GROUP.sub("", text)):
        plain = mailbox["quoted"] or (mailbox["plain"] or "").strip()
        address = mailbox["address"] or ""
        if not address and "@" in plain and not mailbox["quoted"]:
            plain, address = mailbox["comment"] or "", plain
        if not address and plain:
            before = f"{before}{plain}, "
            continue
        if address:
            found.append((_name(headers, before + plain), clean_line(address)))
            before = ""
    if before or not found:
        found.append((_name(headers, before.removesuffix(", ") or text), ""))
    return [(person, address) for person, address in found if person or "@" in address][:12]


def _name(headers: Headers, person: str) -> str:
    bare = person.replace("\\", "").encode("utf-8", "surrogateescape")
    return decode_words(bare, headers.charset).strip("\"' ")[:_LONGEST_NAME]


def _house(address: str) -> str:
    """Return the domain that somebody writes from, unless anybody can have a mailbox there."""
    domain = re.sub(r"\([^()]*\)|\s", "", address.rpartition("@")[2].lower()).strip(".>")
    labels = domain.split(".")
    if len(labels) < 2 or not all(re.fullmatch(r"[\w-]+", label) for label in labels):
        return ""
    kept = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else 2
    name = labels[-kept:]
    return "" if name[0] in _MAILBOXES else ".".join(name)


def _identity(text: str) -> str:
    found = re.search(r"<\s*([^<>\s]{1,900})\s*>", text)
    return found[1] if found else text.strip("<> ").split(" ")[0][:900]


def _address(text: str) -> str:
    bare = text.strip("<> ")
    return bare if bare.startswith(("http://", "https://")) and " " not in bare else ""


def _language(text: str) -> str:
    first = text.split(",", maxsplit=1)[0].strip()
    return first if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", first) else ""
