r"""Markdown that the program reads back (`briefing_app.domain.storymarkdown`): a line a block.

Blocks are parted by a blank line.

The form, from the top of a file:

1. Only where the brief has a title of its own: front matter, a line ``---``, then ``title``, ``date``
   and, where they are known, ``prepared by`` and ``contact``, each as ``key: "value"`` with the value
   a JSON string (which is YAML too; ``date`` is ISO 8601), then a line ``---``.
2. Stories. Each begins with a line ``# Headline``. The next block, where the story has a moment, is a
   line ``*STAMP*``; STAMP is the moment as the story text has it
   (``Sun Jan 25 04:53:41 UTC 2026``), read by `briefing_app.domain.moment.parse_stamp`.
3. A part begins with ``## The Story``, ``## Key Points`` ... (the headings of ``resources/labels`` in
   the brief's language). A paragraph is a line. An item is a line ``- item``; items in a row have no
   blank line between them. Two lists in a row cannot occur.
4. A statement with evidence ends in a blank and its numbers in italics, ``*[1, 3]*`` or
   ``*[1, but see 2]*``; nothing else in a statement is ever in italics. The numbers are those of the
   ordered list ``1. ...`` under ``## Sources``, the last part of a story. A reader drops both.
5. A section with a name: a line ``---`` (a thematic break), then a line ``**Name**``, then its
   stories. Neither belongs to a story.

Inline text is escaped so that it stays text, and unescaped by one rule: a backslash before ASCII
punctuation stands for that character. Nothing else is special: no raw HTML, no entities, no
links but ``<https://...>`` in the list of sources. A line has no blanks at its ends, as a statement
is printed without them. UTF-8, LF, a line end at the end.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from briefing_app.domain.moment import stamp
from briefing_app.exporters.base import Written
from briefing_app.exporters.compose import compose, printable
from briefing_app.exporters.document import (
    DateLine,
    Heading,
    HeadingRole,
    Inline,
    ItemList,
    Link,
    Section,
    SectionRole,
    SourceMark,
    sections,
)
from briefing_app.exporters.labels import load_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.domain.content import Content
    from briefing_app.exporters.document import Block, Document
    from briefing_app.exporters.style import Style
    from briefing_app.progress import Progress

# everywhere: what opens emphasis, code, links, tags, tables, strikethrough, or an escape
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~]|&(?=[#A-Za-z])")
# at the end of a line: hashes that would close a heading
_AT_END = re.compile(r"(?<![^ ])#+$")
# at the start of a line: headings, bullets, rules, ordered items, setext lines, fences, directives
_AT_START = re.compile(r"(?:[#+\-=:!]|(\d{1,9})(?=[.)]))")


def write(content: Content, style: Style, progress: Progress) -> Written:
    """Return the brief as Markdown."""
    del style
    document = compose(content, load_labels(content.language))
    progress.check()
    return Written(text_of(document, content).encode())


def text_of(document: Document, content: Content) -> str:
    """Return a document as Markdown, with the facts of its content above it."""
    blocks = [*_front(document, content), *_blocks(document.blocks)]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    r"""Return a text of one line, without blanks at its ends, as Markdown that reads as that text.

    Shape: dropping each backslash before ASCII punctuation gives the text back.
    """
    line = _ANYWHERE.sub(lambda found: "\\" + found[0], text)
    line = _AT_END.sub(r"\\\g<0>", line)
    if found := _AT_START.match(line):
        at = len(found[1] or "")
        line = f"{line[:at]}\\{line[at:]}"
    return line


def _front(document: Document, content: Content) -> Iterator[str]:
    """Yield the front matter, where the brief has a head of its own."""
    if not any(sections(document.blocks, SectionRole.FRONT)):
        return
    facts = {
        "title": document.title,
        "date": content.date.iso,
        "prepared by": document.author,
        "contact": printable(content.contact.strip()),
    }
    lines = [
        f"{key}: {json.dumps(fact, ensure_ascii=False)}" for key, fact in facts.items() if fact
    ]
    yield "\n".join(("---", *lines, "---"))


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Section):
            if block.role is not SectionRole.FRONT:
                yield from _blocks(block.blocks)
        elif isinstance(block, Heading):
            yield from _heading(block)
        elif isinstance(block, DateLine):
            if block.moment:
                yield f"*{stamp(block.moment)}*"
        elif isinstance(block, ItemList):
            yield "\n".join(
                f"{f'{number}.' if block.ordered else '-'} {_line(item.content)}"
                for number, item in enumerate(block.items, 1)
            )
        else:
            yield _line(block.content)


def _heading(heading: Heading) -> Iterator[str]:
    if heading.role is HeadingRole.GROUP:
        yield "---"
        yield f"**{escape(heading.text)}**"
    else:
        yield f"{'#' if heading.role is HeadingRole.HEADLINE else '##'} {escape(heading.text)}"


def _line(content: tuple[Inline, ...]) -> str:
    words: list[str] = []
    for node in content:
        if isinstance(node, SourceMark):
            words.append(f" *{node.text}*")
        elif isinstance(node, Link):
            words.append(f"<{node.target}>")
        else:
            words.append(escape(node.text))
    return "".join(words)
