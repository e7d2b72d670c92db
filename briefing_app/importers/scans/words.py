"""What Tesseract made out on some pages, as an article: a block for each paragraph."""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing_app.domain.article import BlockKind
from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, Remark, UnreadableSource
from briefing_app.importers.base import Imported, ImportedArticle, stem
from briefing_app.importers.body import Draft, body_of
from briefing_app.importers.direction import direction_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ORIGIN = "read by Tesseract"
_COLUMNS = 12  # of the table: level, page, block, paragraph, line, word, place, confidence, text
_WORD = 5  # the level of a row that is a word
_DOUBTFUL = 70  # per cent: below, the words are not to be trusted
_STANDS_OUT = 1.35  # times the height of a usual line: a headline
_LONGEST_TITLE = 300  # code points
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Table:
    """What was made out on one page, in Tesseract's tab-separated form."""

    page: int
    text: str


@dataclass(slots=True)
class _Paragraph:
    page: int
    lines: list[list[str]] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    sure: list[float] = field(default_factory=list)

    @property
    def text(self) -> str:
        return _joined(self.lines)

    @property
    def height(self) -> float:
        return statistics.median(self.heights)


def article_of(
    tables: Sequence[Table], name: str, label: str, *, language: str = "", url: str = ""
) -> Imported:
    """Return the article of some pages.

    Raises: UnreadableSource if there is no word on them.
    """
    found = [one for table in tables for one in _paragraphs(table) if _LETTER.search(one.text)]
    if not found:
        raise UnreadableSource(
            QT_TRANSLATE_NOOP("errors", "Tesseract finds no text on it."),
            hint=QT_TRANSLATE_NOOP(
                "errors", "Scan it again, upright and at 300 dpi, and import that."
            ),
        )
    usual = statistics.median(height for one in found for height in one.heights)
    heads = [one for one in found if _is_head(one, usual)]
    head = next((one for one in heads if one.page == found[0].page), None)
    drafts = [
        Draft(
            BlockKind.HEADING if one in heads else BlockKind.PARAGRAPH,
            clean_line(one.text),
            level=2 if one in heads else 0,
            page=one.page,
            included=one is not head,
        )
        for one in found
    ]
    body = body_of(drafts)
    origins = [("title", ORIGIN if head else "file name"), ("text", ORIGIN)]
    if language:
        origins.append(("language", "language of the recognition"))
    article = ImportedArticle(
        title=clean_line(head.text)[:_LONGEST_TITLE] if head else stem(name) or label,
        body=body,
        language=language,
        direction=direction_of(body.text, language),
        url=url,
        origins=(*origins, ("direction", "text")),
    )
    return Imported(f"{label} {ORIGIN}", articles=(article,), warnings=tuple(_doubts(found)))


def _paragraphs(table: Table) -> Iterator[_Paragraph]:
    """Go through the paragraphs of a page in the order in which Tesseract has them."""
    paragraph: _Paragraph | None = None
    place: tuple[str, ...] = ()
    line = ""
    for row in table.text.split("\n"):
        cells = row.rstrip("\r").split("\t", _COLUMNS - 1)
        if len(cells) < _COLUMNS or cells[0] != str(_WORD) or not cells[-1].strip():
            continue
        if paragraph is None or tuple(cells[1:4]) != place:
            if paragraph is not None:
                yield paragraph
            paragraph, place, line = _Paragraph(table.page), tuple(cells[1:4]), ""
        if cells[4] != line:
            line = cells[4]
            paragraph.lines.append([])
        paragraph.lines[-1].append(cells[-1].strip())
        paragraph.heights.append(_number(cells[9]))
        paragraph.sure.append(float(_number(cells[10])))
    if paragraph is not None:
        yield paragraph


def _number(cell: str) -> int:
    whole = cell.partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdecimal() and len(whole) < 9 else 0


def _joined(lines: Iterable[Sequence[str]]) -> str:
    """Return the text of some lines; a word that is parted at the end of a line is whole again."""
    text = ""
    for line in lines:
        for at, word in enumerate(line):
            if not text:
                text = word
            elif at == 0 and _is_parted(text, word):
                text = text[:-1] + word
            elif _CJK.match(text[-1]) and _CJK.match(word):
                text += word
            else:
                text = f"{text} {word}"
    return text


def _is_parted(text: str, word: str) -> bool:
    return text[-1] in "-\u2010\u00ad" and text[-2:-1].isalpha() and word[0].islower()


def _is_head(one: _Paragraph, usual: float) -> bool:
    tall = one.height >= _STANDS_OUT * usual
    return tall and len(one.lines) <= 4 and len(one.text) <= _LONGEST_TITLE


def _doubts(found: Sequence[_Paragraph]) -> Iterator[Remark]:
    sure = [one for paragraph in found for one in paragraph.sure]
    if statistics.fmean(sure) < _DOUBTFUL:
        yield Remark(
            QT_TRANSLATE_NOOP(
                "errors", "Tesseract is not sure of many words: compare the text with the original."
            )
        )
