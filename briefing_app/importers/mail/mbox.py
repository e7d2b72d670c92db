"""A mailbox file: many mails, each an article."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, Remark, UnreadableSource
from briefing_app.importers.base import MEGABYTE, Document, Imported, Importer
from briefing_app.importers.mail.mailbox import is_mailbox, mails, portions
from briefing_app.importers.mail.message import read_letter

if TYPE_CHECKING:
    from briefing_app.importers.base import ImportedArticle
    from briefing_app.progress import Progress

_LABEL = "Mailbox"
_SUFFIXES = (".mbox", ".mbx")
_HEAD = 64 * 1024
_AT_ONCE = 4 * MEGABYTE  # bytes read in one go; the rest is handed on, each part a box of its own
_MOST_TEXT = 5 * MEGABYTE  # code points; what goes back to the program is bounded
_MOST_FILES = 80 * MEGABYTE  # bytes
_MOST_SAID = 20  # remarks that are told one by one


def _accepts(document: Document) -> bool:
    return is_mailbox(document.data[:_HEAD])


def _read(document: Document, progress: Progress) -> Imported:
    box = _Box()
    first, *others = portions(io.BytesIO(document.data), _AT_ONCE)
    for data in mails(io.BytesIO(first)):
        progress.check()
        if not box.take(data):
            break
    box.children += (
        Document(f"part {number}.mbox", other, "application/mbox")
        for number, other in enumerate(others, 2)
    )
    if not box.articles and not box.children:
        raise _no_text(box.said)
    return Imported(
        _LABEL,
        articles=tuple(box.articles),
        warnings=box.warnings(),
        children=tuple(box.children),
    )


def _no_text(said: tuple[Remark, ...]) -> UnreadableSource:
    """Return why there is no article: what went wrong with the mails, or that there is nothing."""
    if said:
        return UnreadableSource(said[0].message, **dict(said[0].values))
    return UnreadableSource(QT_TRANSLATE_NOOP("errors", "There is no text in these mails."))


class _Box:
    """What is gathered from the mails of a box."""

    def __init__(self) -> None:
        self.articles: list[ImportedArticle] = []
        self.children: list[Document] = []
        self._remarks: dict[Remark, int] = {}
        self._empty = 0
        self._text = 0
        self._files = 0
        self._full = False

    def take(self, data: bytes) -> bool:
        """Read a mail and tell whether there is room for another; one bad mail stops nothing."""
        if not data.strip():
            return True
        try:
            read = read_letter(data)
        except BriefingError as error:
            values = tuple((name, str(value)) for name, value in error.values.items())
            self._remarks[Remark(error.message, values)] = 1
            return True
        pictures = sum(len(p.data) for p in read.article.pictures) if read.article else 0
        text = len(read.article.body.text) if read.article else 0
        files = pictures + sum(len(child.data) for child in read.children)
        too_much = self._text + text > _MOST_TEXT or self._files + files > _MOST_FILES
        if self.articles and too_much:
            self._full = True
            return False
        self._text += text
        self._files += files
        self._empty += read.article is None and not read.children
        if read.article:
            self.articles.append(read.article)
        self.children += read.children
        for remark in read.remarks:
            self._remarks[remark] = self._remarks.get(remark, 0) + 1
        return True

    @property
    def said(self) -> tuple[Remark, ...]:
        """Return what was said of single mails, within bounds."""
        return tuple(self._remarks)[:_MOST_SAID]

    def warnings(self) -> tuple[Remark, ...]:
        """Say what was lost."""
        said = list(self.said)
        if self._empty:
            said.append(
                Remark(
                    QT_TRANSLATE_NOOP("errors", "Mails without a text, left out: {count}."),
                    (("count", str(self._empty)),),
                )
            )
        if self._full:
            said.append(
                Remark(
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "Only the first {count} mails were read: together they hold more than fits"
                        " into one import. Part the mailbox in your mail program.",
                    ),
                    (("count", str(len(self.articles))),),
                )
            )
        return tuple(said)


IMPORTER = Importer(_LABEL, _SUFFIXES, ("application/mbox",), _accepts, _read)
