"""The language of the search box: words, "phrases", beginnings*, -without, and fields.

``title:ferry source:"The Herald" -tag:sport after:2026-01 strik*``. A query that is wrong in part
says so in `Query.problem`, and asks for the rest.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from briefing_app.domain.article import State, tag_key
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator


class Field(StrEnum):
    """What a part of a query may be about."""

    TITLE = "title"
    SOURCE = "source"
    TAG = "tag"
    AFTER = "after"
    BEFORE = "before"
    STATE = "state"
    LANG = "lang"
    ADDED = "added"


PIECES = 24  # more words than that are a pasted text, not a question
LENGTH = 200  # code points of a word or a phrase
BEGUN = 3  # letters; shorter beginnings fit half the words there are

_FIELDS = ", ".join(f"{field.value}:" for field in Field)
_STATES = ", ".join(state.value for state in State)
# what a word processor makes of quotation marks
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_HEAD = re.compile(r"([A-Za-z]{2,}):(?!//)")
_VALUE = re.compile(r'"([^"]*)("?)(\*?)|([^\s"]+)')
_LAST = re.compile(r"\w+(?=\W*$)")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_BACK = re.compile(r"(\d{1,6})d")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that follow each other, to be found or (`without`) to be absent.

    `begun` says that the last word may be only a beginning; `field` is TITLE, SOURCE, or None for
    any place.
    """

    text: str
    begun: bool = False
    without: bool = False
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition on what is known of an article, or (`without`) its opposite.

    Shape: TAG, STATE and LANG have a `value` in small letters; `begun` says that a tag is only a
    beginning. AFTER, BEFORE and ADDED have days: from `since` up to but not including `until`, None
    is open.
    """

    field: Field
    value: str = ""
    begun: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; all of it has to hold. `text` is as it was typed."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    limits: tuple[Limit, ...] = ()
    problem: Remark | None = None

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was typed, so that everything is meant."""
        return not self.text.strip()

    @property
    def is_hopeless(self) -> bool:
        """Tell whether something was typed, and nothing of it can be looked for."""
        return not (self.is_blank or self.wanted or self.limits)

    @property
    def wanted(self) -> tuple[Term, ...]:
        """Return the words to be found."""
        return tuple(term for term in self.terms if not term.without)

    @property
    def unwanted(self) -> tuple[Term, ...]:
        """Return the words to be absent."""
        return tuple(term for term in self.terms if term.without)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two blanks: ``-name:"value"*``; `last` says that it may go on."""

    name: str
    value: str
    quoted: bool
    starred: bool
    without: bool
    last: bool


class _Wrong(Exception):  # noqa: N818 (reads as what happened)
    """A part that cannot be meant; `instead` is what is asked in its place."""

    def __init__(self, template: str, instead: Term | None = None, **values: str) -> None:
        super().__init__(template)
        self.remark = Remark(template, tuple(values.items()))
        self.instead = instead


def parse(text: str, today: dt.date) -> Query:
    """Read a query; it never fails: what is wrong with it stands in `problem`.

    A word at the very end, without a blank behind it, may be the beginning of one: it is still being
    typed. `today` is what ``today``, ``yesterday`` and ``7d`` are reckoned from.
    """
    safe = text.encode("utf-8", "replace").decode().replace("\0", " ").translate(_QUOTES)
    terms: list[Term] = []
    limits: list[Limit] = []
    problem: Remark | None = None
    for number, piece in enumerate(_pieces(safe)):
        if number == PIECES:
            problem = problem or _too_many()
            break
        part: Term | Limit | None
        try:
            part = _part(piece, today)
        except _Wrong as wrong:
            problem, part = problem or wrong.remark, wrong.instead
        if isinstance(part, Term):
            terms.append(part)
        elif part is not None:
            limits.append(part)
    query = Query(text, tuple(terms), tuple(limits), problem)
    return replace(query, problem=problem or _nothing(query)) if query.is_hopeless else query


def _pieces(text: str) -> Iterator[_Piece]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        without = text[at] == "-" and not text[at + 1 : at + 2].isspace()
        at += without
        name, at = _name(text, at)
        found = None if name and _is_known(_HEAD.match(text, at)) else _VALUE.match(text, at)
        if found is None:
            yield _Piece(name, "", quoted=False, starred=False, without=without, last=False)
            continue
        at = found.end()
        quoted = found[4] is None
        value = found[1] if quoted else found[4].rstrip("*")
        starred = bool(found[3]) if quoted else found[4].endswith("*")
        last = at == len(text) and not found[2]
        yield _Piece(name, value[:LENGTH], quoted, starred, without, last)


def _name(text: str, at: int) -> tuple[str, int]:
    """Return the field that begins here and where its value begins; no name if it is a word.

    An unknown name is one only if its value follows at once: "Ukraine: what next" is a headline.
    """
    head = _HEAD.match(text, at)
    if head is None:
        return "", at
    end = head.end()
    if _is_known(head):
        while text[end : end + 1].isspace():
            end += 1
    elif not (text[end : end + 1].isalnum() or text[end : end + 1] == '"'):
        return "", at
    return head[1], end


def _is_known(head: re.Match[str] | None) -> bool:
    return head is not None and head[1].lower() in list(Field)


def _part(piece: _Piece, today: dt.date) -> Term | Limit | None:
    if not piece.name:
        return _term(piece, None)
    if piece.name.lower() not in list(Field):
        raise _Wrong(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{name}:” is not a field; the fields are {fields}. In quotation marks it is looked "
                "for as it stands.",
            ),
            name=piece.name,
            fields=_FIELDS,
        )
    field = Field(piece.name.lower())
    if not any(letter.isalnum() for letter in piece.value):
        raise _Wrong(_MISSING[field], name=field.value, states=_STATES)
    if field in (Field.TITLE, Field.SOURCE):
        return _term(piece, field)
    return replace(_limit(field, piece, today), without=piece.without)


def _limit(field: Field, piece: _Piece, today: dt.date) -> Limit:
    match field:
        case Field.STATE:
            return Limit(field, _state(piece.value))
        case Field.LANG:
            return Limit(field, _language(piece.value))
        case Field.AFTER:
            return Limit(field, since=_days(piece.value, today)[0])
        case Field.BEFORE:
            return Limit(field, until=_days(piece.value, today)[0])
        case Field.ADDED:
            since, until = _days(piece.value, today)
            return Limit(field, since=since, until=until)
        case _:
            value = tag_key(piece.value.strip())
            return Limit(field, value, piece.starred)


def _term(piece: _Piece, field: Field | None) -> Term | None:
    last = _LAST.search(piece.value)
    if last is None:
        return None
    long = len(last[0]) >= BEGUN
    if piece.starred and not long and last[0].isascii():  # one sign is a word in Chinese
        raise _Wrong(
            QT_TRANSLATE_NOOP(
                "errors", "“{word}*” is too short for a beginning: it takes three letters."
            ),
            Term(piece.value.strip(), without=piece.without, field=field),
            word=piece.value,
        )
    # what is left out would flicker with each letter
    begun = long and (piece.starred or (piece.last and not piece.without))
    return Term(piece.value.strip(), begun, piece.without, field)


def _days(value: str, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return the first day that is meant and the one after the last; "7d" goes on for ever."""
    word = value.strip().lower()
    day = dt.timedelta(days=1)
    if word == "today":
        return today, today + day
    if word == "yesterday":
        return today - day, today
    try:
        if back := _BACK.fullmatch(word):
            return today - int(back[1]) * day, None
        if found := _DAY.fullmatch(word):
            return _stretch(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    except (ValueError, OverflowError) as error:
        raise _no_date(value) from error
    raise _no_date(value)


def _stretch(year: int, month: int, day: int) -> tuple[dt.date, dt.date | None]:
    """Return the first day of a year, a month or a day, and the one after its last."""
    first = dt.date(year, month or 1, day or 1)
    try:
        if day:
            return first, first + dt.timedelta(days=1)
        if month and month < 12:
            return first, dt.date(year, month + 1, 1)
        return first, dt.date(year + 1, 1, 1)
    except (ValueError, OverflowError):  # the end of the calendar
        return first, None


def _no_date(value: str) -> _Wrong:
    return _Wrong(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{value}” is not a date; write 2026-01-31, 2026-01, 2026, today, yesterday or 7d "
            "(seven days back).",
        ),
        value=value,
    )


def _state(value: str) -> str:
    """Return the state that a word begins."""
    word = value.strip().lower()
    for state in State:
        if state.value.startswith(word):
            return state.value
    raise _Wrong(
        QT_TRANSLATE_NOOP("errors", "“{value}” is not a state; the states are {states}."),
        value=value,
        states=_STATES,
    )


def _language(value: str) -> str:
    word = value.strip().lower().replace("_", "-")
    if not _LANGUAGE.fullmatch(word):
        raise _Wrong(
            QT_TRANSLATE_NOOP(
                "errors", "“{value}” is not the code of a language, such as en, uk or zh."
            ),
            value=value,
        )
    return word


def _too_many() -> Remark:
    return Remark(
        QT_TRANSLATE_NOOP("errors", "These are many words; only the first {count} are looked for."),
        (("count", str(PIECES)),),
    )


def _nothing(query: Query) -> Remark:
    if query.unwanted:
        return Remark(
            QT_TRANSLATE_NOOP(
                "errors", "There are only words to leave out; add one that is to be found."
            )
        )
    return Remark(
        QT_TRANSLATE_NOOP("errors", "There is no letter or digit to look for in “{text}”."),
        (("text", query.text.strip()[:LENGTH]),),
    )


_WORD_MISSING = QT_TRANSLATE_NOOP("errors", "A word has to follow “{name}:”.")
_DAY_MISSING = QT_TRANSLATE_NOOP(
    "errors", "A day has to follow “{name}:”, such as 2026-01-31, 2026-01, 2026, today or 7d."
)
_MISSING = {
    Field.TITLE: _WORD_MISSING,
    Field.SOURCE: _WORD_MISSING,
    Field.TAG: QT_TRANSLATE_NOOP("errors", "A tag has to follow “{name}:”."),
    Field.AFTER: _DAY_MISSING,
    Field.BEFORE: _DAY_MISSING,
    Field.ADDED: _DAY_MISSING,
    Field.STATE: QT_TRANSLATE_NOOP("errors", "A state has to follow “{name}:”: {states}."),
    Field.LANG: QT_TRANSLATE_NOOP(
        "errors", "The code of a language has to follow “{name}:”, such as en, uk or zh."
    ),
}
