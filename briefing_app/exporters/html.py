"""A brief as one web page: self-contained, escaped, readable on a phone and on paper.

Nothing is loaded from anywhere; the colours are those of the print style. User text is escaped and
stands in elements with ``dir="auto"``, so that a mark of direction in it cannot reach beyond them.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from briefing_app.exporters.base import Written
from briefing_app.exporters.compose import compose
from briefing_app.exporters.document import (
    Block,
    DateLine,
    Heading,
    HeadingRole,
    Inline,
    ItemList,
    Link,
    Paragraph,
    Section,
    SectionRole,
    SourceMark,
)
from briefing_app.exporters.labels import load_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.domain.content import Content
    from briefing_app.exporters.document import Document
    from briefing_app.exporters.style import Style
    from briefing_app.progress import Progress

_CSS = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: INK; font: 1.0625rem/1.55 "Source Serif 4", Charter,
  Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
main { max-width: 52rem; margin: 0 auto; padding: 3rem 1.5rem 4rem; }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; margin: 0; }
.title { font-size: 2.5rem; font-weight: 600; }
.group { color: ACCENT; margin: 3rem 0 0; }
.headline { font-size: 1.9rem; font-weight: 600; }
.byline, .date, .part, .takeaways, .sources, footer { font-family: "Source Sans 3", "Segoe UI",
  system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif; }
.byline { color: MUTED; font-size: .95rem; margin: .5rem 0 0; }
.date { color: ACCENT; font-weight: 600; font-size: .85rem; margin: 0 0 .5rem; }
.story { margin-top: 3.5rem; display: flow-root; }
.front + .story, .story + .story { border-top: 2px solid INK; padding-top: 1.5rem; }
.front + .story { margin-top: 1.75rem; }
main > .story:first-child { margin-top: 0; }
.story > header { display: flex; flex-direction: column-reverse; margin-bottom: 1.25rem; }
.block { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); column-gap: 1.5rem;
  border-top: 1px solid HAIRLINE; padding: 1rem 0; }
.story > header + .block { border-top: 0; padding-top: 0; }
.part { color: ACCENT; font-size: .9rem; font-weight: 600; padding-top: .3rem; }
.body > :first-child { margin-top: 0; }
.body > :last-child { margin-bottom: 0; }
p { margin: 0 0 .7rem; }
.lead { font-size: 1.16rem; }
ul, ol { margin: .5rem 0 .8rem; padding-inline-start: 1.1rem; }
li { margin: 0 0 .4rem; padding-inline-start: .3rem; }
li::marker { color: ACCENT; font-size: .9em; }
.points { list-style: "\\25aa\\00a0"; }
.takeaways { list-style: "\\2192\\00a0"; border-inline-start: 3px solid ACCENT;
  padding-inline-start: 2.1rem; }
.sources { font-size: .88rem; }
.sources li:target { background: #eef2f6; }
.mark { font: .74em "Source Sans 3", "Segoe UI", system-ui, sans-serif; white-space: nowrap; }
.mark a, .mark { color: MUTED; text-decoration: none; }
.mark a:hover, .mark a:focus { text-decoration: underline; }
a { color: ACCENT; }
@media (max-width: 38rem) { .block { display: block; } .part { margin-bottom: .4rem; } }
@media print { main { max-width: none; padding: 0; } body { font-size: 10.5pt; }
  h1, h2, h3, h4, .date { break-after: avoid; } li, p { orphans: 2; widows: 2; } }
"""


def write(content: Content, style: Style, progress: Progress) -> Written:
    """Return the brief as a web page."""
    document = compose(content, load_labels(content.language))
    progress.check()
    return Written("\n".join(_page(document, style)).encode())


def _page(document: Document, style: Style) -> Iterator[str]:
    language, direction = escape(document.language), escape(document.direction)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{language}" dir="{direction}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # nothing may be loaded, whatever a page is given to show
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="referrer" content="no-referrer">'
    if document.author:
        yield f'<meta name="author" content="{escape(document.author)}">'
    yield f"<title>{escape(document.title)}</title>"
    yield f"<style>{_css(style)}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield from _blocks(document.blocks)
    yield "</main>"
    yield "</body>"
    yield "</html>\n"


def _css(style: Style) -> str:
    colours = style.colours
    css = _CSS.replace("INK", colours.ink).replace("ACCENT", colours.accent)
    return css.replace("MUTED", colours.muted).replace("HAIRLINE", colours.hairline)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _section(block)
        elif isinstance(block, Heading):
            yield _heading(block)
        elif isinstance(block, DateLine):
            yield _date(block)
        elif isinstance(block, Paragraph):
            yield f'<p class="{block.role}" dir="auto">{_inline(block.content)}</p>'
        else:
            yield from _list(block)


def _section(section: Section) -> Iterator[str]:
    if section.role is SectionRole.STORY:
        yield '<article class="story">'
        yield "<header>"
        head = [block for block in section.blocks if isinstance(block, Heading | DateLine)]
        yield from _blocks(tuple(head))
        yield "</header>"
        yield from _blocks(tuple(block for block in section.blocks if block not in head))
        yield "</article>"
    elif section.role in (SectionRole.PART, SectionRole.SOURCES):
        yield '<section class="block">'
        yield from _blocks(section.blocks[:1])
        yield '<div class="body">'
        yield from _blocks(section.blocks[1:])
        yield "</div>"
        yield "</section>"
    else:
        yield f'<section class="{"front" if section.role is SectionRole.FRONT else "section"}">'
        yield from _blocks(section.blocks)
        yield "</section>"


def _heading(heading: Heading) -> str:
    tag = f"h{min(heading.level, 6)}"
    name = f' id="{heading.id}"' if heading.id else ""
    auto = ' dir="auto"' if heading.role is not HeadingRole.PART else ""
    return f'<{tag} class="{heading.role}"{name}{auto}>{escape(heading.text)}</{tag}>'


def _date(block: DateLine) -> str:
    if block.moment is None:
        return f'<p class="date">{escape(block.text)}</p>'
    when = escape(block.moment.iso)
    return f'<p class="date"><time datetime="{when}">{escape(block.text)}</time></p>'


def _list(block: ItemList) -> Iterator[str]:
    tag = "ol" if block.ordered else "ul"
    yield f'<{tag} class="{block.role}">'
    for item in block.items:
        name = f' id="{item.id}"' if item.id else ""
        language = f' lang="{escape(item.language)}"' if item.language else ""
        yield f'<li{name}{language} dir="auto">{_inline(item.content)}</li>'
    yield f"</{tag}>"


def _inline(content: tuple[Inline, ...]) -> str:
    return "".join(_node(node) for node in content)


def _node(node: Inline) -> str:
    if isinstance(node, Link):
        return f'<a href="{escape(node.target)}" rel="noreferrer">{escape(node.text)}</a>'
    if isinstance(node, SourceMark):
        mark = escape(node.text)
        return f' <span class="mark"><a href="#{node.targets[0]}">{mark}</a></span>'
    return escape(node.text)
