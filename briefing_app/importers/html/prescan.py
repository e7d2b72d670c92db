"""Look at a page once, from left to right, before a parser sees it.

Parsers take minutes on one element with 300,000 attributes, and libxml2 silently loses the text below
256 levels. So too many and too long tags are refused, pictures written into the page are taken out,
and elements below 200 levels are flattened. Every step goes forward only: the time is linear.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource

LONGEST_TAG = 64 * 1024  # code points
MOST_ATTRIBUTES = 1000
MOST_TAGS = 200_000
DEEPEST = 2000
KEPT_DEPTH = 200

_DATA_URI = re.compile(r"data:[\w.+-]{1,40}+/[\w.+-]{1,80}+[^\s\"'()<>]{512,}+")
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # no parser takes these
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,63})")
# possessive, so that a tag is gone through once; a quote counts only where a value begins
_INSIDE = re.compile(r"""(?:[^>=]|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+>""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_ATTRIBUTE = re.compile(r"[^\s/>=]+")
_RAW = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title")
}
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
     "source", "track", "wbr")
)  # fmt: skip
_CLOSES_ITSELF = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup",
     "colgroup")
)  # fmt: skip


def safe(html: str) -> str:
    """Return a page that parsers can take.

    Raises: UnreadableSource if it is beyond the limits.
    """
    html = _UNFIT.sub("", _DATA_URI.sub("data:,", html))
    cuts = _scan(html)
    if not cuts:
        return html
    kept: list[str] = []
    at = 0
    for start, end in cuts:
        kept += (html[at:start], " ")
        at = end
    return "".join((*kept, html[at:]))


@dataclass(slots=True)
class _Depth:
    """The elements that are open, as a parser would nest them."""

    open: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def enter(self, name: str) -> bool:
        """Open an element and tell whether it is still within the kept depth."""
        if name in _CLOSES_ITSELF:
            self._close_like(name)
        self.open.append(name)
        self.counts[name] += 1
        return len(self.open) <= KEPT_DEPTH

    def leave(self, name: str) -> bool:
        """Close an element and tell whether its beginning was kept."""
        if not self.counts[name]:
            return len(self.open) < KEPT_DEPTH
        while self._pop() != name:
            pass
        return len(self.open) < KEPT_DEPTH

    def _close_like(self, name: str) -> None:
        """Close what a new paragraph, item, cell or row ends without a tag of its own."""
        for back, open_ in enumerate(reversed(self.open[-8:]), 1):
            if open_ == name:
                for _ in range(back):
                    self._pop()
                return
            if open_ not in _CLOSES_ITSELF:
                return

    def _pop(self) -> str:
        name = self.open.pop()
        self.counts[name] -= 1
        return name


def _scan(html: str) -> list[tuple[int, int]]:
    """Return the places of the tags that are to be cut out, in order."""
    cuts: list[tuple[int, int]] = []
    depth = _Depth()
    tags = 0
    at = html.find("<")
    while at >= 0:
        if html.startswith("<!--", at):
            at = _behind(html, "-->", at + 4)
        elif tag := _TAG.match(html, at):
            tags += 1
            end = _tag_end(html, tag, tags)
            name = tag[2].lower()
            if name not in _VOID:
                stays = depth.leave(name) if tag[1] else depth.enter(name)
                if not stays:
                    cuts.append((at, end))
                _check_depth(len(depth.open))
            at = end
            if not tag[1] and name in _RAW:
                closing = _RAW[name].search(html, at)
                at = closing.start() if closing else len(html)
        else:
            at += 1
        at = html.find("<", at) if at < len(html) else -1
    return cuts


def _behind(html: str, mark: str, at: int) -> int:
    found = html.find(mark, at)
    return found + len(mark) if found >= 0 else len(html)


def _tag_end(html: str, tag: re.Match[str], tags: int) -> int:
    """Return where a tag ends. Raises: UnreadableSource if it is too much of a tag."""
    if tags > MOST_TAGS:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "The page has more than {limit} tags."), limit=MOST_TAGS
        )
    end = html.find(">", tag.end(), tag.end() + 512) + 1
    if not end or '"' in html[tag.end() : end] or "'" in html[tag.end() : end]:
        inside = _INSIDE.match(html, tag.end(), tag.end() + LONGEST_TAG)
        end = inside.end() if inside else min(len(html), tag.end() + LONGEST_TAG)
    if end - tag.start() >= LONGEST_TAG:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "The page has a tag longer than {limit} characters."),
            limit=LONGEST_TAG,
        )
    if end - tag.end() > MOST_ATTRIBUTES and _attributes(html[tag.end() : end]) > MOST_ATTRIBUTES:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "The page has a tag with more than {limit} attributes."),
            limit=MOST_ATTRIBUTES,
        )
    return end


def _attributes(inside: str) -> int:
    return len(_ATTRIBUTE.findall(_VALUE.sub(" ", inside)))


def _check_depth(depth: int) -> None:
    if depth > DEEPEST:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "The page is nested deeper than {limit} levels."),
            limit=DEEPEST,
        )
