"""Write an article into a document, block by block, and keep the map while doing so."""

from __future__ import annotations

import re
from itertools import cycle, pairwise
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from briefing_app.domain.article import BlockKind, Span, SpanKind
from briefing_app.gui.reader import head, letterforms, links, origins, plates
from briefing_app.gui.reader.marks import Tint
from briefing_app.gui.reader.places import Run, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.domain.annotation import Role
    from briefing_app.domain.article import Article, ArticleVersion, Block, Body
    from briefing_app.gui.tokens import Tokens

# Qt would read these as the ends of blocks, frames and pictures; each stands in for one unit.
_READ_BY_QT = re.compile("[\0\r\u2029\ufdd0\ufdd1\ufffc\ud800-\udfff]")
_LINE_BREAK = "\N{LINE SEPARATOR}"
# Qt keeps for each block what HarfBuzz needed for the longest stretch of one format in it: 40 bytes a
# character, which was 45 MB for an article of 1 MB. So a long stretch alternates between two formats
# that look the same, and changes at a gap, where no letter depends on the next.
_TWIN = QTextFormat.Property.UserProperty.value + 7
_GAP = "[ \u3001\u3002\uff0c]"  # a blank; a Chinese comma or full stop
_PARTS = re.compile(rf".{{1,140}}\Z|.{{1,139}}{_GAP}|.+?(?:{_GAP}|\Z)", re.DOTALL)
_BULLETS = ("\N{BULLET}", "\N{EN DASH}")

_Twins = tuple[QTextCharFormat, QTextCharFormat]  # two that look the same


class Writer:
    """The cursor that writes, the runs so far, and what is still to come of spans and tints."""

    def __init__(
        self,
        document: QTextDocument,
        body: Body,
        painted: tuple[Tint, ...],
        theme: Tokens,
        scale: float,
        *,
        rtl: bool,
        pictures: bool = False,
    ) -> None:
        # place in the body, first and last position, whether it is included
        self.stretches: list[tuple[int, int, int, bool]] = []
        self._first = -1  # the position at which the block that is being written begins
        self._faded = False
        self.pictures: list[int] = []  # the positions of those that are shown
        self._show_pictures = pictures
        self.cursor = QTextCursor(document)
        self.runs: list[Run] = []
        self._body, self._theme, self._scale, self._rtl = body, theme, scale, rtl
        self._unused = True  # the cursor stands in an empty block that nothing has used yet
        self._counts: list[int] = []  # the items of the list so far, one count a depth
        self._formats: dict[tuple[object, ...], _Twins] = {}
        self._shapes: dict[tuple[BlockKind, int], QTextBlockFormat] = {}
        self._spans: _Waiting[Span] = _Waiting(
            tuple(sorted(body.spans, key=lambda span: span.start)) if body.spans else ()
        )
        self._tints: _Waiting[Tint] = _Waiting(painted)

    def head(self, article: Article, version: ArticleVersion) -> int:
        """Write outlet, title and address; return the position of the target's line."""
        tips = origins.told(article, "source", "published"), origins.told(article, "title")
        self._line("caps", head.caps(article, self._body), tips[0])
        self._line("title", article.title or head.words("Untitled"), tips[1])
        self._line("meta", "")
        self._meta(article, version)
        self._line("target", "")
        return self.cursor.position()

    def body(self, *, skip: Block | None, everything: bool = False) -> int:
        """Write the blocks that are included, or all; return how many were left out."""
        blocks = self._body.blocks
        shown = [
            (place, block) for place, block in enumerate(blocks) if block.included or everything
        ]
        for at, (place, block) in enumerate(shown):
            if block is skip:
                continue
            self._first, self._faded = -1, not block.included
            self._block(block, shown[at + 1][1] if at + 1 < len(shown) else None)
            last = self.cursor.position() - self._unused  # behind a table it stands in a new block
            self.stretches.append((place, self._first, last, block.included))
        self._faded = False
        hidden = sum(not block.included for block in blocks)
        if everything:
            return hidden
        if hidden:
            note = (
                head.words(
                    "%n blocks of the page left out: menus, advertisements and the like", hidden
                )
                if hidden > 1
                else head.words("One block of the page left out")
            )
            self._note(note)
        return hidden

    def _line(self, part: str, text: str, tip: str = "") -> None:
        self._new_block(letterforms.head_block(part, self._scale, rtl=self._rtl))
        shape = letterforms.head(self._theme, part, self._scale)
        if tip:
            shape.setToolTip(tip)
        self.cursor.setBlockCharFormat(shape)
        if text:
            self.cursor.insertText(_shown(text), shape)

    def _note(self, words: str) -> None:
        """Write what was left out, as a link that shows it."""
        self._new_block(letterforms.head_block("note", self._scale, rtl=self._rtl))
        shape = letterforms.head(self._theme, "note", self._scale)
        shape.setAnchor(True)
        shape.setAnchorHref(links.LEFT_OUT)
        shape.setFontUnderline(True)
        self.cursor.setBlockCharFormat(shape)
        self.cursor.insertText(words, shape)

    def _meta(self, article: Article, version: ArticleVersion) -> None:
        shape = letterforms.head(self._theme, "meta", self._scale)
        parted = False
        address = links.shown(article.url)
        if address:
            linked = QTextCharFormat(shape)
            if href := links.safe(article.url):
                linked.setAnchor(True)
                linked.setAnchorHref(href)
                linked.setToolTip(href)
            self.cursor.insertText(address, linked)
            parted = True
        for part in head.facts(article, version):
            text = f"  \N{MIDDLE DOT}  {part}" if parted else part
            self.cursor.insertText(_shown(text), shape)
            parted = True
        more = QTextCharFormat(shape)
        more.setAnchor(True)
        more.setAnchorHref(links.DETAILS)
        more.setFontUnderline(True)
        more.setToolTip(origins.told(article, *origins.NAMES) or head.words("Details"))
        self.cursor.insertText("  \N{MIDDLE DOT}  ", shape)
        self.cursor.insertText(head.words("details"), more)

    def _block(self, block: Block, after: Block | None) -> None:
        if block.kind is not BlockKind.ITEM:
            self._counts.clear()
        match block.kind:
            case BlockKind.TABLE:
                self._table(block)
            case BlockKind.CODE:
                self._code(block)
            case BlockKind.IMAGE:
                self._picture(block, after)
            case BlockKind.RULE:
                self._new_block(self._shape(block))
            case BlockKind.ITEM:
                self._item(block)
                self._text(block, block.start, block.end)
            case _:
                self._new_block(self._shape(block))
                self._text(block, block.start, block.end)

    def _shape(self, block: Block) -> QTextBlockFormat:
        key = (block.kind, block.level)
        if key not in self._shapes:
            self._shapes[key] = letterforms.block(*key, self._scale, rtl=self._rtl)
        return self._shapes[key]

    def _new_block(self, shape: QTextBlockFormat) -> None:
        if self._unused:
            self.cursor.setBlockFormat(shape)
            self._unused = False
        else:
            self.cursor.insertBlock(shape)
        if self._first < 0:
            self._first = self.cursor.position()

    def _text(self, block: Block, start: int, end: int) -> None:
        """Write a stretch of the canonical text at the cursor, as one run."""
        position = self.cursor.position()
        base = self._format(block, frozenset(), None, "")
        self.cursor.setBlockCharFormat(base[0])
        text = self._body.text[start:end]
        self.runs.append(run(text, position, start))
        spans, painted = self._spans.within(start, end), self._tints.within(start, end)
        if not spans and not painted:
            self._insert(text, base, block)
            return
        for low, high in _edges(start, end, (*spans, *painted)):
            kinds = frozenset(span.kind for span in spans if span.start <= low < span.end)
            href = next(
                (
                    span.target
                    for span in spans
                    if span.kind is SpanKind.LINK and span.start <= low < span.end
                ),
                "",
            )
            role = next((tint.role for tint in painted if tint.start <= low < tint.end), None)
            shape = self._format(block, kinds, role, links.safe(href))
            self._insert(self._body.text[low:high], shape, block)

    def _insert(self, text: str, shapes: _Twins, block: Block) -> None:
        # a line of code is a block of its own: the break counts one either way
        broken = text if block.kind is BlockKind.CODE else text.replace("\n", _LINE_BREAK)
        for part, shape in zip(_PARTS.findall(_shown(broken)), cycle(shapes), strict=False):
            self.cursor.insertText(part, shape)

    def _code(self, block: Block) -> None:
        self._new_block(self._shape(block))
        first = self.cursor.position()
        self._text(block, block.start, block.end)
        end = self.cursor.position()
        shape = self.cursor.blockFormat()
        shape.setBottomMargin((letterforms.AFTER + letterforms.SHEET) * self._scale)
        self.cursor.setBlockFormat(shape)
        self.cursor.setPosition(first)
        shape = self.cursor.blockFormat()
        shape.setTopMargin((letterforms.AFTER + letterforms.SHEET) * self._scale)
        self.cursor.setBlockFormat(shape)
        self.cursor.setPosition(end)

    def _picture(self, block: Block, after: Block | None) -> None:
        """Write one character for a picture that is kept, and its description where that says more."""
        if not block.asset or not self._show_pictures:
            self._image(block)
            return
        about = " ".join(block.alt.split())
        self._new_block(letterforms.picture(self._scale, rtl=self._rtl))
        self.pictures.append(self.cursor.position())
        self.cursor.insertText(
            plates.MARK, plates.plate(block.asset, _shown(about), faded=self._faded)
        )
        if about and not self._says(after, about):
            kind = BlockKind.CAPTION
            shape = letterforms.block(kind, 0, self._scale, rtl=self._rtl)
            if after is not None and after.kind is kind:
                shape.setBottomMargin(2 * self._scale)
            self._new_block(shape)
            self.cursor.insertText(
                _shown(about), letterforms.plain(self._theme, kind, 0, self._scale)
            )

    def _says(self, caption: Block | None, about: str) -> bool:
        """Tell whether the caption below a picture says what its description does."""
        if caption is None or caption.kind is not BlockKind.CAPTION:
            return False
        said = " ".join(self._body.text[caption.start : caption.end].split())
        return about.casefold() in said.casefold()

    def _image(self, block: Block) -> None:
        self._new_block(self._shape(block))
        words = head.words("Picture without a description, not kept")
        if about := " ".join(block.alt.split()):
            words = head.words("Picture, not kept: {0}").replace("{0}", about)
        self.cursor.insertText(
            _shown(words),
            letterforms.plain(self._theme, block.kind, 0, self._scale),
        )

    def _item(self, block: Block) -> None:
        depth = max(1, block.level)
        del self._counts[depth:]
        self._counts += [0] * (depth - len(self._counts))
        self._counts[-1] += 1
        shape = QTextBlockFormat(self._shape(block))
        marker = f"{self._counts[-1]}." if block.ordered else _BULLETS[(depth - 1) % len(_BULLETS)]
        shape.setProperty(letterforms.MARKER, marker)
        self._new_block(shape)

    def _table(self, block: Block) -> None:
        rows = [line.split("\t") for line in self._body.text[block.start : block.end].split("\n")]
        columns = max(len(row) for row in rows)
        table = self.cursor.insertTable(len(rows), columns, self._table_format())
        shape = letterforms.cell(self._scale, rtl=self._rtl)
        position, offset = table.firstPosition(), block.start
        self._first = position
        for row in rows:
            for column in range(columns):
                self.cursor.setPosition(position)
                self.cursor.setBlockFormat(shape)
                if column < len(row):
                    end = offset + len(row[column])
                    self._text(block, offset, end)
                    offset = end + 1
                position = self.cursor.position() + 1
        self.cursor.setPosition(position)
        after = QTextBlockFormat()
        after.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self.cursor.setBlockFormat(after)
        self._unused = True

    def _table_format(self) -> QTextTableFormat:
        shape = QTextTableFormat()
        shape.setBorderCollapse(True)
        shape.setBorder(1)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(QBrush(QColor(self._theme.border)))
        shape.setCellPadding(7)
        shape.setCellSpacing(0)
        shape.setTopMargin(letterforms.AFTER)
        shape.setBottomMargin(22)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        return shape

    def _format(
        self, block: Block, kinds: frozenset[SpanKind], role: Role | None, href: str
    ) -> _Twins:
        key = (block.kind, block.level, kinds, role, href, self._faded)
        if key not in self._formats:
            shape = letterforms.plain(self._theme, block.kind, block.level, self._scale)
            if SpanKind.BOLD in kinds:
                shape.setFontWeight(600)
            if SpanKind.ITALIC in kinds:
                shape.setFontItalic(True)
            if href:
                shape.setAnchor(True)
                shape.setAnchorHref(href)
                shape.setForeground(QColor(self._theme.accent))
                shape.setToolTip(href)
            if self._faded:
                shape.setForeground(QColor(self._theme.muted))
            if role is not None:
                shape.merge(letterforms.tint(self._theme, role))
            twin = QTextCharFormat(shape)
            twin.setProperty(_TWIN, True)
            self._formats[key] = (shape, twin)
        return self._formats[key]


Range = TypeVar("Range", Span, Tint)


class _Waiting(Generic[Range]):
    """Ranges in order of their start, handed out to blocks that come in order too."""

    def __init__(self, ranges: tuple[Range, ...]) -> None:
        self._ranges: tuple[Range, ...] = ranges
        self._next = 0
        self._open: list[Range] = []  # those that may reach into the next block

    def within(self, start: int, end: int) -> tuple[Range, ...]:
        """Return the ranges that overlap a stretch that begins no earlier than the last one."""
        while self._next < len(self._ranges) and self._ranges[self._next].start < end:
            self._open.append(self._ranges[self._next])
            self._next += 1
        if not self._open:
            return ()
        self._open = [one for one in self._open if one.end > start]
        return tuple(one for one in self._open if one.start < end)


def _edges(start: int, end: int, ranges: Iterable[Span | Tint]) -> Iterator[tuple[int, int]]:
    cuts = {start, end}
    for one in ranges:
        cuts.update(cut for cut in (one.start, one.end) if start < cut < end)
    return pairwise(sorted(cuts))


def _shown(text: str) -> str:
    return _READ_BY_QT.sub("\N{REPLACEMENT CHARACTER}", text)
