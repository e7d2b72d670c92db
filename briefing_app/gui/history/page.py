"""How something stood, as a page: what came in, went, was reworded or moved is marked.

Marks are never colour alone: what came in is underlined, what went is struck out, and each line has a
sign before it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from briefing_app.domain.difference import Label, Line, Mark, Piece
from briefing_app.domain.statement import Part
from briefing_app.errors import QT_TRANSLATE_NOOP
from briefing_app.gui import tokens
from briefing_app.gui.history.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from briefing_app.gui.tokens import Tokens
    from briefing_app.services.revisions import State, StoryState

_OPEN = "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"
_SHUT = "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}"
CHANGE = "change"  # the anchor of each line with a mark
SIGNS = {
    Mark.ADDED: "+",
    Mark.REMOVED: "\N{MINUS SIGN}",
    Mark.CHANGED: "~",
    Mark.MOVED: "\N{UP DOWN ARROW}",
    Mark.SAME: "",
}

_PARTS = {
    Part.NARRATIVE: QT_TRANSLATE_NOOP("History", "The Story"),
    Part.KEY_POINTS: QT_TRANSLATE_NOOP("History", "Key Points"),
    Part.KEY_TAKEAWAYS: QT_TRANSLATE_NOOP("History", "Key Takeaways"),
    Part.IMPACT: QT_TRANSLATE_NOOP("History", "Impact Analysis"),
    Part.ASSUMPTIONS: QT_TRANSLATE_NOOP("History", "Assumptions"),
    Part.NOT_KNOWN: QT_TRANSLATE_NOOP("History", "What is not known"),
    Part.TO_WATCH: QT_TRANSLATE_NOOP("History", "What to watch"),
}


def page(state: State, shown: Tokens, *, marked: bool, opened: Collection[str] = ()) -> str:
    """Return the page as HTML; without `marked` only what stood there, and no marks.

    The stories of a brief show their headlines; those in `opened`, and those that changed, all.
    """
    lines = [*_lines(state.lines, shown, marked=marked)]
    number = 0
    for story in state.stories:
        if story.mark is Mark.REMOVED and not marked:
            continue
        number += story.mark is not Mark.REMOVED
        lines += _story(story, shown, number, marked=marked, whole=story.id in opened)
    body = "".join(lines) or _row("", f"<i>{escape(words('There is nothing in it.'))}</i>", shown)
    return (
        f"<body style=\"color:{shown.text}; font-family:'{tokens.CONTENT}'; font-size:15px\">"
        f'<table width="100%" cellspacing="0" cellpadding="0">{body}</table></body>'
    )


def _story(
    story: StoryState, shown: Tokens, number: int, *, marked: bool, whole: bool
) -> Iterator[str]:
    gone = story.mark is Mark.REMOVED
    label = "" if gone else f"{number}. "
    words_of = _pieces((Piece(story.headline, story.mark),), shown, marked=marked)
    open_ = whole or (marked and story.changed)
    arrow = (
        "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"
        if open_
        else "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}"
    )
    link = (
        f'<a href="{escape(story.id)}" style="color:{shown.text}; text-decoration:none">'
        f'<span style="font-size:17px; font-weight:600">{label}{words_of}</span> '
        f'<span style="color:{shown.muted}">{arrow}</span></a>'
    )
    yield _row(_sign(story.mark, marked=marked), link, shown, above=18)
    if open_:
        inside = tuple(line for line in story.lines if line.label is not Label.HEADLINE)
        yield from _lines(inside, shown, marked=marked)


def _lines(lines: tuple[Line, ...], shown: Tokens, *, marked: bool) -> Iterator[str]:
    part = ""
    for line in lines:
        if line.mark is Mark.REMOVED and not marked:
            continue
        if line.label is Label.ROW and line.name != part:
            part = line.name
            yield _row("", _caps(_part(part), shown), shown, above=16)
        yield _line(line, shown, marked=marked)


def _line(line: Line, shown: Tokens, *, marked: bool) -> str:
    sign = _sign(line.mark, marked=marked)
    pieces = line.pieces
    if line.mark in (Mark.ADDED, Mark.REMOVED):
        pieces = (Piece(line.text, line.mark),)
    text = _pieces(pieces, shown, marked=marked)
    match line.label:
        case Label.TITLE | Label.HEADLINE:
            return _row(sign, f'<span style="font-size:22px; font-weight:600">{text}</span>', shown)
        case Label.DATE | Label.AS_OF:
            told = words("As of {0}") if line.label is Label.AS_OF else "{0}"
            return _row(sign, _meta(escape(told).replace("{0}", text), shown), shown, above=2)
        case Label.STATUS | Label.FIELD | Label.STORY:
            return _row(sign, _meta(f"{escape(_name(line))}: {text}", shown), shown, above=2)
        case Label.ROW:
            text += _sources(line, shown, marked=marked)
            return _row(sign, text, shown, bullet=line.bullet)


def _sources(line: Line, shown: Tokens, *, marked: bool) -> str:
    if not marked or line.mark is not Mark.CHANGED or line.sources == line.sourced:
        return ""
    told = words("{0} sources, before {1}")
    told = told.replace("{0}", str(line.sources)).replace("{1}", str(line.sourced))
    return f" {_meta(escape(told), shown)}"


def _pieces(pieces: tuple[Piece, ...], shown: Tokens, *, marked: bool) -> str:
    if not marked:
        return escape("".join(piece.text for piece in pieces if piece.mark is not Mark.REMOVED))
    return "".join(_piece(piece, shown) for piece in pieces)


def _piece(piece: Piece, shown: Tokens) -> str:
    text = escape(piece.text)
    match piece.mark:
        case Mark.ADDED:
            return f'<span style="color:{shown.ok}; text-decoration:underline">{text}</span>'
        case Mark.REMOVED:
            return f'<span style="color:{shown.danger}; text-decoration:line-through">{text}</span>'
        case _:
            return text


def _row(sign: str, content: str, shown: Tokens, *, above: int = 7, bullet: bool = False) -> str:
    chrome = f"font-family:'{tokens.CHROME}'; font-size:13px; color:{shown.muted}"
    first = f'<a name="{CHANGE}"></a>' if sign else ""
    cells = f'<td colspan="2" style="padding-top:{above}px">{content}</td>'
    if bullet:
        cells = (
            f'<td width="16" style="padding-top:{above}px">\N{BULLET}</td>'
            f'<td style="padding-top:{above}px">{content}</td>'
        )
    return (
        f'<tr><td width="22" style="padding-top:{above}px">{first}'
        f'<span style="{chrome}">{sign}</span></td>{cells}</tr>'
    )


def _sign(mark: Mark, *, marked: bool) -> str:
    return SIGNS[mark] if marked else ""


def _meta(text: str, shown: Tokens) -> str:
    style = f"font-family:'{tokens.CHROME}'; font-size:{tokens.META}px; color:{shown.muted}"
    return f'<span style="{style}">{text}</span>'


def _caps(text: str, shown: Tokens) -> str:
    style = f"font-family:'{tokens.CHROME}'; font-size:{tokens.CAPS}px; font-weight:600"
    return f'<span style="{style}; color:{shown.muted}">{escape(text.upper())}</span>'


def _part(part: str) -> str:
    return words(_PARTS[Part(part)])


def _name(line: Line) -> str:
    match line.name:
        case "language":
            return words("Language")
        case "style":
            return words("Style")
        case "page":
            return words("Paper")
        case "prepared_by":
            return words("Prepared by")
        case "contact":
            return words("Contact")
        case _:
            return words("Status")
