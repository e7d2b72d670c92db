"""Make the document of a content: the one place that decides what is printed.

A part that is empty is left out, and so is everything that the content does not know: a page without
any optional field looks finished. Sources are numbered story by story, in the order in which they are
first cited; an article that is cited several times has one number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from briefing_app.domain.statement import Kind, Part, Stance, Statement
from briefing_app.errors import fill
from briefing_app.exporters.addresses import safe_address, short_address
from briefing_app.exporters.document import (
    Block,
    DateLine,
    Document,
    Furniture,
    Heading,
    HeadingRole,
    Inline,
    ItemList,
    Link,
    ListItem,
    ListRole,
    Paragraph,
    ParagraphRole,
    Section,
    SectionRole,
    SourceMark,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing_app.domain.content import CitedArticle, CitedPassage, Content, ContentSection
    from briefing_app.domain.story import Story
    from briefing_app.exporters.labels import Labels

_BLANK_CONTROLS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def compose(content: Content, labels: Labels) -> Document:
    """Return the document of a content, its fixed words taken from `labels`."""
    return _Composer(content, labels).document()


def printable(text: str) -> str:
    """Return a text without control characters: a blank for those that part words, else U+FFFD."""
    return _CONTROLS.sub("\ufffd", _BLANK_CONTROLS.sub(" ", text))


@dataclass(frozen=True, slots=True)
class _Sources:
    """The numbered articles of one story, and the passages that its statements cite."""

    numbers: dict[str, int]
    passages: dict[str, CitedPassage]
    cited: dict[str, tuple[CitedPassage, ...]]


class _Composer:
    """Holds the lookups of one composition."""

    def __init__(self, content: Content, labels: Labels) -> None:
        self._content = content
        self._labels = labels
        self._articles = {article.id: article for article in content.articles}
        self._passages = {
            passage.annotation: passage
            for passage in content.passages
            if passage.article in self._articles
        }
        headlines = [story.headline.strip() for story in content.stories]
        self._alone = len(headlines) == 1 and content.title.strip() in ("", headlines[0])
        title = content.title.strip() or (headlines[0] if self._alone else labels.words.brief)
        self._title = printable(title) or labels.words.untitled
        self._story = 0

    def document(self) -> Document:
        """Return the whole document."""
        blocks: list[Block] = [] if self._alone else [self._front()]
        for section in self._content.sections:
            blocks += self._group(section)
        return Document(
            title=self._title,
            language=self._content.language or self._labels.language,
            direction=self._labels.direction,
            date=self._content.date,
            author=printable(self._content.prepared_by.strip()),
            furniture=Furniture(self._labels.words.page, self._labels.date(self._content.date)),
            blocks=tuple(blocks),
        )

    def _front(self) -> Section:
        """Return the head of a brief: its title, its day, and who made it, where that is known."""
        title = Heading(HeadingRole.TITLE, 1, self._title, "top")
        line = self._byline(self._labels.date(self._content.date))
        return Section(SectionRole.FRONT, (title, *line))

    def _byline(self, *before: str) -> tuple[Paragraph, ...]:
        """Return who made the brief, behind what is given, on one line."""
        words = self._labels.words
        by = printable(self._content.prepared_by.strip())
        contact = printable(self._content.contact.strip())
        facts = [*before]
        facts += [fill(words.prepared_by, {"name": by})] if by else []
        facts += [fill(words.contact, {"contact": contact})] if contact else []
        line = " \u00b7 ".join(facts)
        return (Paragraph(ParagraphRole.BYLINE, (Text(line),)),) if facts else ()

    def _group(self, section: ContentSection) -> Iterator[Block]:
        """Yield the stories of a section, within a section of their own where it has a name."""
        level = 1 if self._alone else 2
        name = printable(section.name.strip())
        if not section.stories:
            return
        if name and not self._alone:
            heading = Heading(HeadingRole.GROUP, level, name)
            stories = tuple(self._one_story(story, level + 1) for story in section.stories)
            yield Section(SectionRole.GROUP, (heading, *stories))
        else:
            yield from (self._one_story(story, level) for story in section.stories)

    def _one_story(self, story: Story, level: int) -> Section:
        self._story += 1
        name = f"story-{self._story}"
        headline = printable(story.headline.strip()) or self._labels.words.untitled
        moment = story.as_of or (self._content.date if self._alone else None)
        blocks: list[Block] = [Heading(HeadingRole.HEADLINE, level, headline, name)]
        if moment:
            blocks.append(DateLine(self._labels.date_time(moment), story.as_of))
        if self._alone and (lines := self._byline()):
            blocks.append(Section(SectionRole.FRONT, lines))
        statements = tuple(row for row in story.statements if row.text.strip())
        sources = self._number(statements)
        for part in Part:
            rows = [row for row in statements if row.part is part]
            if rows:
                heading = Heading(HeadingRole.PART, level + 1, self._labels.part(part))
                body = _rows(part, rows, name, sources, self._labels.words.against)
                blocks.append(Section(SectionRole.PART, (heading, *body)))
        if sources.numbers:
            blocks.append(self._sources(name, level + 1, sources))
        return Section(SectionRole.STORY, tuple(blocks))

    def _number(self, statements: Iterable[Statement]) -> _Sources:
        numbers: dict[str, int] = {}
        cited: dict[str, tuple[CitedPassage, ...]] = {}
        for statement in statements:
            for link in statement.evidence:
                passage = self._passages.get(link.annotation)
                if passage:
                    numbers.setdefault(passage.article, len(numbers) + 1)
                    cited[passage.article] = (*cited.get(passage.article, ()), passage)
        return _Sources(numbers, self._passages, cited)

    def _sources(self, name: str, level: int, sources: _Sources) -> Section:
        return Section(
            SectionRole.SOURCES,
            (
                Heading(HeadingRole.PART, level, self._labels.words.sources),
                ItemList(
                    ListRole.SOURCES,
                    tuple(
                        self._source(self._articles[article], sources.cited[article], name, number)
                        for article, number in sources.numbers.items()
                    ),
                ),
            ),
        )

    def _source(
        self, article: CitedArticle, passages: tuple[CitedPassage, ...], name: str, number: int
    ) -> ListItem:
        """Return an entry: outlet, title, authors, day, page, the passages, and the address."""
        words = self._labels.source
        title = fill(words.title, {"title": article.title.strip()}) if article.title.strip() else ""
        pages = sorted({passage.page for passage in passages if passage.page})
        facts = (
            article.source.strip(),
            title,
            *(author.strip() for author in article.authors),
            self._labels.date(article.published) if article.published else "",
            article.page.strip() or (fill(words.page, {"page": _numbers(pages)}) if pages else ""),
            "" if pages else self._paragraphs(passages),
        )
        text = printable(words.separator.join(fact for fact in facts if fact))
        language = article.language if article.language != self._content.language else ""
        content: tuple[Inline, ...] = (Text(text or self._labels.words.untitled),)
        if address := safe_address(article.url):
            link = Link(printable(short_address(address)), address)
            content = (Text(text + words.separator), link) if text else (link,)
        return ListItem(content, source_id(name, number), language)

    def _paragraphs(self, passages: tuple[CitedPassage, ...]) -> str:
        numbers = sorted({passage.paragraph for passage in passages if passage.paragraph > 0})
        words = self._labels.source
        if not numbers:
            return ""
        template = words.paragraph if len(numbers) == 1 else words.paragraphs
        return fill(template, {"numbers": _numbers(numbers)})


def source_id(story: str, number: int) -> str:
    """Return the id of an entry of a story's list of sources."""
    return f"{story}-source-{number}"


def _rows(
    part: Part, rows: list[Statement], name: str, sources: _Sources, against: str
) -> Iterator[Block]:
    """Yield paragraphs and lists in the order of the statements: lead, items, closing."""
    role = ListRole.TAKEAWAYS if part is Part.KEY_TAKEAWAYS else ListRole.POINTS
    paragraph = ParagraphRole.LEAD if part is Part.NARRATIVE else ParagraphRole.BODY
    for kind, run in groupby(rows, key=lambda row: row.kind):
        contents = [_content(row, name, sources, against) for row in run]
        if kind is Kind.ITEM:
            yield ItemList(role, tuple(ListItem(content) for content in contents))
        else:
            for content in contents:
                yield Paragraph(paragraph, content)
                paragraph = ParagraphRole.BODY


def _content(row: Statement, name: str, sources: _Sources, against: str) -> tuple[Inline, ...]:
    text = Text(printable(row.text.strip()))
    mark = _mark(row, name, sources, against)
    return (text, mark) if mark else (text,)


def _mark(row: Statement, name: str, sources: _Sources, against: str) -> SourceMark | None:
    """Return the numbers that a statement rests on; those that contradict it stand apart."""
    found: dict[int, bool] = {}
    for link in row.evidence:
        passage = sources.passages.get(link.annotation)
        if passage:
            number = sources.numbers[passage.article]
            contradicts = link.stance is Stance.CONTRADICTS
            found[number] = found.get(number, True) and contradicts
    if not found:
        return None
    backing = sorted(number for number, contradicts in found.items() if not contradicts)
    others = sorted(number for number, contradicts in found.items() if contradicts)
    texts = [_numbers(backing)] if backing else []
    texts += [f"{against} {_numbers(others)}"] if others else []
    targets = tuple(source_id(name, number) for number in (*backing, *others))
    return SourceMark(f"[{', '.join(texts)}]", targets)


def _numbers(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)
