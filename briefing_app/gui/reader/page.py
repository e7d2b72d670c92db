"""The document that the reader shows, and its map: built once, its tints changed in place.

Only blocks of ours are made, by cursor; no imported mark-up is ever parsed. The document is built off
the widget, inside one edit block, with the tints already in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor, QTextDocument

from briefing_app.domain.article import BlockKind
from briefing_app.gui.reader import letterforms, marks, plates
from briefing_app.gui.reader.places import Places, places
from briefing_app.gui.reader.writer import Writer

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QTextCharFormat

    from briefing_app.domain.article import Article, ArticleVersion, Block, Body
    from briefing_app.gui.reader.marks import Tint
    from briefing_app.gui.reader.pictures import Pictures
    from briefing_app.gui.tokens import Tokens

GUTTER, FAR_GUTTER, TOP, BOTTOM = 48, 32, 28, 120  # px beside, above and below the text


class ClosedDocument(QTextDocument):
    """A document that loads nothing.

    Qt's own reads local files, and shares of other hosts, even where the widget has refused.
    """

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Load nothing."""
        del kind, url
        return None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a block of the body stands in the document; `place` is its place in the body."""

    place: int
    first: int
    last: int
    included: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A document and its map.

    `target_line` is the position of the line that is kept free for the target; `hidden` counts the
    blocks that are left out; `pictures` are the positions of those that are shown, and
    `stretches` are the blocks that stand in the document, in order.
    """

    document: QTextDocument
    places: Places
    target_line: int
    hidden: int
    pictures: tuple[int, ...] = ()
    stretches: tuple[Stretch, ...] = ()


def build(
    article: Article,
    version: ArticleVersion,
    painted: tuple[Tint, ...],
    theme: Tokens,
    scale: float = 1.0,
    *,
    pictures: Pictures | None = None,
    everything: bool = False,
) -> Page:
    """Build the document of an article; `scale` is 1.0 at 100 %.

    Without `pictures` there is a placeholder for each; with `everything` the blocks that are left
    out stand there too, dimmed.
    """
    rtl = article.direction == "rtl"
    document = ClosedDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(letterforms.plain(theme, BlockKind.PARAGRAPH, 0, scale).font())
    show = pictures is not None
    body = version.shown
    writer = Writer(document, body, painted, theme, scale, rtl=rtl, pictures=show)
    writer.cursor.beginEditBlock()
    target_line = writer.head(article, version)
    hidden = writer.body(skip=_repeats_title(article, body), everything=everything)
    writer.cursor.endEditBlock()
    frame = document.rootFrame().frameFormat()
    frame.setTopMargin(TOP)
    frame.setBottomMargin(BOTTOM)
    frame.setLeftMargin(FAR_GUTTER if rtl else GUTTER)
    frame.setRightMargin(GUTTER if rtl else FAR_GUTTER)
    document.rootFrame().setFrameFormat(frame)
    if pictures is not None and writer.pictures:
        painting = plates.Plates(pictures, scale, document)
        document.documentLayout().registerHandler(plates.OBJECT, painting)
    return Page(
        document,
        places(writer.runs),
        target_line,
        hidden,
        tuple(writer.pictures),
        tuple(Stretch(*one) for one in writer.stretches),
    )


def repaint(page: Page, before: tuple[Tint, ...], after: tuple[Tint, ...], theme: Tokens) -> None:
    """Change the tints of a page where they differ, in one edit block."""
    gone, come = marks.differing(before, after)
    if not gone and not come:
        return
    cursor = QTextCursor(page.document)
    cursor.beginEditBlock()
    for tint in gone:
        _lay(cursor, page.places, tint, letterforms.tint(theme, None))
    for tint in come:
        _lay(cursor, page.places, tint, letterforms.tint(theme, tint.role))
    cursor.endEditBlock()


def _lay(cursor: QTextCursor, where: Places, tint: Tint, shape: QTextCharFormat) -> None:
    for first, last in where.pieces(tint.start, tint.end):
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(shape)


def _repeats_title(article: Article, body: Body) -> Block | None:
    """Return the heading that only says the title again, if the text begins with one."""
    first = next((one for one in body.blocks if one.included and one.end > one.start), None)
    if first is None or first.kind is not BlockKind.HEADING or not article.title:
        return None
    same = body.text[first.start : first.end].casefold() == article.title.casefold()
    return first if same else None
