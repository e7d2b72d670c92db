"""Make a file of a brief, and put it on the disk whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, BinaryIO, Protocol

from briefing_app.domain.content import Content, ContentSection
from briefing_app.domain.storytext import StoryText, to_story
from briefing_app.errors import QT_TRANSLATE_NOOP, ExportFailure
from briefing_app.exporters.base import FORMATS
from briefing_app.exporters.style import PAPERS, load_style, style_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from briefing_app.domain.brief import Brief
    from briefing_app.domain.content import CitedArticle, CitedPassage
    from briefing_app.domain.moment import Moment
    from briefing_app.domain.story import Story
    from briefing_app.errors import Remark
    from briefing_app.exporters.base import Exporter
    from briefing_app.progress import Progress

_FULL = (errno.ENOSPC, errno.EDQUOT)
_SHUT = (errno.EACCES, errno.EPERM, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Options:
    """How a brief is printed: the name of a style and of a paper."""

    style: str = "house"
    page: str = "A4"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file in memory; `pages` is 0 where the form has none."""

    data: bytes
    pages: int
    warnings: tuple[Remark, ...] = ()


class Stories(Protocol):
    """What is asked of the desk."""

    def brief(self, brief_id: str, /) -> Brief:
        """Return a brief. Raises: NotFound."""
        ...

    def story(self, story_id: str, /) -> Story:
        """Return a story. Raises: NotFound."""
        ...


class Passages(Protocol):
    """What is asked of the reading service."""

    def cited(
        self, story_ids: tuple[str, ...], /
    ) -> tuple[tuple[CitedPassage, ...], tuple[CitedArticle, ...]]:
        """Return the passages that stories cite, and the articles that these stand in."""
        ...


class Exporting:
    """Everything that can be done without a library.

    `exporters` loads the registry; it is called when a file is first made, as ReportLab is slow to
    load.
    """

    def __init__(self, exporters: Callable[[], tuple[Exporter, ...]]) -> None:
        self._exporters = exporters

    def formats(self) -> tuple[tuple[str, str], ...]:
        """Return the label and the suffix of each form."""
        return FORMATS

    def styles(self) -> tuple[str, ...]:
        """Return the names of the print styles."""
        return style_names()

    def papers(self) -> tuple[str, ...]:
        """Return the names of the papers."""
        return tuple(PAPERS)

    def content_of_stories(
        self, stories: tuple[StoryText, ...], title: str, date: Moment, language: str = "en"
    ) -> Content:
        """Return the content of stories that stand in no library; a blank title is chosen for them."""
        numbers = count(1)
        section = ContentSection(
            "", tuple(to_story(story, lambda: f"{next(numbers)}") for story in stories)
        )
        return Content(title, date, (section,), language=language)

    def render(
        self, content: Content, suffix: str, options: Options, progress: Progress
    ) -> Rendered:
        """Return a content as a file.

        Raises: ExportFailure for a form, a style or a paper that is not there; Cancelled.
        """
        if suffix.lower() not in {known for _label, known in FORMATS}:
            raise ExportFailure(
                QT_TRANSLATE_NOOP("errors", "A brief cannot be written as “{suffix}”."),
                hint=QT_TRANSLATE_NOOP("errors", "Known here: {known}"),
                suffix=suffix,
                known=", ".join(known for _label, known in FORMATS),
            )
        style = load_style(options.style, options.page)
        (exporter,) = (one for one in self._exporters() if one.suffix == suffix.lower())
        written = exporter.write(content, style, progress)
        return Rendered(written.data, written.pages, written.warnings)

    def write_file(self, path: Path, data: bytes) -> None:
        """Put a file on the disk; see `write_file`."""
        write_file(path, data)


class LibraryExporting(Exporting):
    """The same for the briefs of an open library."""

    def __init__(
        self, exporters: Callable[[], tuple[Exporter, ...]], desk: Stories, reading: Passages
    ) -> None:
        super().__init__(exporters)
        self._desk = desk
        self._reading = reading

    def content(self, brief_id: str, date: Moment) -> Content:
        """Return all that can be printed of a brief; `date` stands on the page.

        Raises: NotFound.
        """
        brief = self._desk.brief(brief_id)
        passages, articles = self._reading.cited(brief.stories)
        return Content(
            title=brief.title,
            date=date,
            sections=tuple(
                ContentSection(
                    section.name, tuple(self._desk.story(link.story) for link in section.links)
                )
                for section in brief.sections
            ),
            passages=passages,
            articles=articles,
            language=brief.language,
            prepared_by=brief.prepared_by,
            contact=brief.contact,
        )


def write_file(path: Path, data: bytes) -> None:
    """Put a file on the disk; see `writing`. Raises: ExportFailure that says what is in the way."""
    with writing(path) as file:
        file.write(data)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Lend a file that is put on the disk whole or not at all; an existing one is replaced at last.

    The bytes go to a temporary file beside it, are flushed to the disk, and take its name. Nothing is
    left of a block that raises.
    Raises: ExportFailure that says what is in the way.
    """
    target = path.resolve()
    if target.is_dir():
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "{file} is a folder."),
            hint=QT_TRANSLATE_NOOP("errors", "Give the file a name."),
            file=path,
        )
    with _told(path):
        draft, handle = _open_draft(target)
    try:
        with _told(path), os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_name(draft, target, path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    _flush_folder(target.parent)


def _open_draft(target: Path) -> tuple[Path, int]:
    """Make a new file beside the target, with the usual rights of a new file."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for number in count():
        # not from the target's name: that may be as long as a name can be
        draft = target.parent / f".briefing-{os.getpid()}-{number}.part"
        with contextlib.suppress(FileExistsError):
            return draft, os.open(draft, flags, 0o666)
    raise AssertionError("count() has no end")


def _take_name(draft: Path, target: Path, path: Path) -> None:
    try:
        draft.replace(target)
    except PermissionError as error:
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "{file} cannot be replaced."),
            hint=QT_TRANSLATE_NOOP("errors", "If it is open in another program, close it there."),
            file=path,
        ) from error
    except OSError as error:
        raise _failure(path, error) from error


def _flush_folder(folder: Path) -> None:
    """Make the new name durable, where the system lets a folder be flushed."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _failure(path, error) from error


def _failure(path: Path, error: OSError) -> ExportFailure:
    """Return what the user is told of a failure of the system."""
    if error.errno in _FULL:
        return ExportFailure(
            QT_TRANSLATE_NOOP("errors", "There is no room on the disk for {file}."),
            hint=QT_TRANSLATE_NOOP("errors", "Free some space, or choose another disk."),
            file=path,
        )
    if error.errno in _SHUT:
        return ExportFailure(
            QT_TRANSLATE_NOOP("errors", "Nothing can be written to the folder {folder}."),
            hint=QT_TRANSLATE_NOOP("errors", "Choose another folder."),
            folder=path.parent,
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return ExportFailure(
            QT_TRANSLATE_NOOP("errors", "There is no folder {folder}."),
            hint=QT_TRANSLATE_NOOP("errors", "Choose another folder."),
            folder=path.parent,
        )
    return ExportFailure(
        QT_TRANSLATE_NOOP("errors", "{file} could not be written: {reason}"),
        file=path,
        reason=error.strerror or error,
    )
