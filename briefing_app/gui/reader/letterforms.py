"""The typography of the reader: a character and a block format for each kind of line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextFormat

from briefing_app.domain.article import BlockKind
from briefing_app.gui import fonts, tokens

if TYPE_CHECKING:
    from briefing_app.domain.annotation import Role
    from briefing_app.gui.tokens import Tokens

# What a block is, for the view to paint behind it: a BlockKind's value.
BACKDROP = QTextFormat.Property.UserProperty.value + 1

# What stands before an item of a list: a bullet or its number.
MARKER = BACKDROP + 1

LINE, AFTER = 27, 15  # px; of two margins that meet, Qt keeps the larger one
LIST_STEP = 26
SHEET = 10  # px of a sheet around the text that lies on it
HEADINGS = {1: 22, 2: 20, 3: 18, 4: 17, 5: 17, 6: 17}
MONOSPACE = ("Cascadia Mono", "Menlo", "DejaVu Sans Mono", "Liberation Mono", "monospace")


def plain(theme: Tokens, kind: BlockKind, level: int, scale: float) -> QTextCharFormat:
    """Return the character format of a block's text; `scale` is 1.0 at 100 %."""
    match kind:
        case BlockKind.HEADING:
            font = fonts.content(_px(HEADINGS.get(level, 17), scale), QFont.Weight.DemiBold)
            colour = theme.text
        case BlockKind.CODE:
            font = fonts.content(_px(14, scale))
            font.setFamilies(list(MONOSPACE))
            font.setStyleHint(QFont.StyleHint.Monospace)
            colour = theme.text
        case BlockKind.CAPTION | BlockKind.IMAGE:
            font = fonts.chrome(_px(tokens.UI, scale))
            colour = theme.muted
        case BlockKind.QUOTE:
            font = fonts.content(_px(tokens.READER, scale))
            colour = theme.text2
        case BlockKind.TABLE:
            font = fonts.chrome(_px(tokens.EDIT, scale))
            colour = theme.text
        case _:
            font = fonts.content(_px(tokens.READER, scale))
            colour = theme.text
    return _characters(font, colour)


def block(kind: BlockKind, level: int, scale: float, *, rtl: bool) -> QTextBlockFormat:
    """Return the block format of a kind of block; the view paints its backdrop."""
    line, before, after, indent = LINE, AFTER, AFTER, 0
    shape = QTextBlockFormat()
    match kind:
        case BlockKind.HEADING:
            line, before, after = round(HEADINGS.get(level, 17) * 1.4), 26, 8
            shape.setHeadingLevel(min(6, max(1, level)))
        case BlockKind.ITEM:
            before, after, indent = 0, 7, LIST_STEP * max(1, level)
        case BlockKind.QUOTE:
            indent = 22
        case BlockKind.CODE:
            line, before, after, indent = 21, 0, 0, 14
        case BlockKind.CAPTION:
            line, before, after = 19, 0, 20
        case BlockKind.IMAGE:
            line, before, after, indent = 20, AFTER + SHEET, AFTER + SHEET, 40
        case BlockKind.RULE:
            line, before, after = 1, 22, 22
        case _:
            pass
    _set_line(shape, line, before, after, scale)
    shape.setLeftMargin(0 if rtl else indent * scale)
    shape.setRightMargin(indent * scale if rtl or kind is BlockKind.CODE else 0)
    _set_direction(shape, rtl=rtl)
    if kind in _BACKED:
        shape.setProperty(BACKDROP, kind.value)
    return shape


def picture(scale: float, *, rtl: bool) -> QTextBlockFormat:
    """Return the block format of a line that is one picture: as high as that."""
    shape = QTextBlockFormat()
    shape.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
    shape.setTopMargin(AFTER * scale)
    shape.setBottomMargin(8 * scale)
    _set_direction(shape, rtl=rtl)
    return shape


_BACKED = {BlockKind.QUOTE, BlockKind.CODE, BlockKind.IMAGE, BlockKind.RULE, BlockKind.ITEM}


def cell(scale: float, *, rtl: bool) -> QTextBlockFormat:
    """Return the block format of a table's cells."""
    shape = QTextBlockFormat()
    shape.setLineHeight(2 * scale, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    _set_direction(shape, rtl=rtl)
    return shape


def head(theme: Tokens, part: str, scale: float) -> QTextCharFormat:
    """Return the character format of a line of the head: "title", "caps", "meta" or "note"."""
    if part == "title":
        return _characters(
            fonts.content(_px(tokens.ARTICLE_TITLE, scale), QFont.Weight.DemiBold), theme.text
        )
    if part == "caps":
        font = fonts.chrome(_px(tokens.CAPS, scale), QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4 * scale)
        return _characters(font, theme.text2)
    return _characters(fonts.chrome(_px(tokens.META, scale)), theme.muted)


def head_block(part: str, scale: float, *, rtl: bool) -> QTextBlockFormat:
    """Return the block format of a line of the head, or of the note at the end."""
    line, before, after = {
        "caps": (20, 0, 11),
        "title": (37, 0, 8),
        "meta": (20, 0, 8),
        "target": (26, 0, 22),
        "note": (20, 12, 0),
    }[part]
    shape = QTextBlockFormat()
    _set_line(shape, line, before, after, scale)
    _set_direction(shape, rtl=rtl)
    if part == "title":
        shape.setHeadingLevel(1)
    return shape


def tint(theme: Tokens, role: Role | None) -> QTextCharFormat:
    """Return the format that lays a role's tint behind text, or takes it away (None)."""
    paint = QTextCharFormat()
    if role is None:
        paint.setBackground(QBrush(Qt.BrushStyle.NoBrush))
    else:
        paint.setBackground(QColor(theme.tint[role]))
    return paint


def _characters(font: QFont, colour: str) -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setFont(font)
    shape.setForeground(QColor(colour))
    return shape


def _set_line(
    shape: QTextBlockFormat, line: float, before: float, after: float, scale: float
) -> None:
    # a fixed height: a line with an emoji or a letter of another typeface keeps the rhythm
    shape.setLineHeight(line * scale, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    shape.setTopMargin(before * scale)
    shape.setBottomMargin(after * scale)


def _set_direction(shape: QTextBlockFormat, *, rtl: bool) -> None:
    # left unset otherwise: a paragraph in Arabic inside an English article then runs its own way
    if rtl:
        shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def _px(size: int, scale: float) -> int:
    return max(6, round(size * scale))
