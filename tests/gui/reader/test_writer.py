import pytest
from PySide6.QtGui import QTextCursor

from briefing_app.domain.article import Block, BlockKind, Body
from briefing_app.gui import tokens
from briefing_app.gui.reader.page import ClosedDocument
from briefing_app.gui.reader.writer import Writer

LONGEST = 152  # what Qt keeps for each block is then 6 kB


def written(text, kind=BlockKind.PARAGRAPH):
    document = ClosedDocument()
    body = Body(text, (Block(kind, 0, len(text)),))
    Writer(document, body, (), tokens.LIGHT, 1.0, rtl=False).body(skip=None)
    return document


def stretches(document):
    """Return text, typeface and format of each stretch of one format."""
    found, block = [], document.begin()
    while block.isValid():
        for at in block:
            piece = at.fragment()
            font = piece.charFormat().font().toString()
            found.append((piece.text(), font, piece.charFormatIndex()))
        block = block.next()
    return found


@pytest.mark.parametrize(
    "text",
    [
        "The river carried all of it, and the mills had work. " * 40,
        "\u6cb3\u6d41\u8f7d\u7740\u4e00\u5207\uff0c\u78e8\u574a\u6709\u4e86\u5de5\u4f5c\u3002" * 60,
    ],
)
def test_a_long_paragraph_is_in_short_stretches_that_look_the_same(qapp, text):
    document = written(text.strip())
    texts, fonts, formats = zip(*stretches(document), strict=True)
    assert "".join(texts) == text.strip()
    assert max(map(len, texts)) <= LONGEST
    assert len(set(fonts)) == 1
    assert len(set(formats)) == 2


def test_a_word_is_never_cut(qapp):
    text = "short " * 30 + "x" * 500 + " and the end"
    document = written(text)
    pieces = [piece for piece, *_ in stretches(document)]
    assert "".join(pieces) == text
    assert all(piece.endswith(" ") for piece in pieces[:-1])


def test_the_lines_of_a_long_code_block_stay_lines(qapp):
    text = "\n".join(f"line {number} of the listing" for number in range(40))
    document = written(text, BlockKind.CODE)
    assert document.blockCount() == 40
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    assert cursor.selectedText().split("\u2029") == text.split("\n")
