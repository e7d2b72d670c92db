"""What goes into an importer, what comes out, and what an importer is: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from typing import Any

    from briefing_app.domain.article import Body, Original
    from briefing_app.domain.moment import Moment
    from briefing_app.domain.storytext import StoryText
    from briefing_app.errors import Remark
    from briefing_app.progress import Progress

MEGABYTE = 1_000_000
# formats of one text that may hold other files; that the text is there says nothing of them
HOLDING = ("Mail", "Mailbox", "Outlook mail", "Word document")
INSIDE = " \u203a "  # between the name of a file and that of one inside it


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes to import, and what is known of them: a file, a paste, a page, an attachment.

    `name` is for messages and for the choice of a format; it is never opened. `depth` is how many
    files it lies in, one in another.
    """

    name: str
    data: bytes
    media_type: str = ""
    url: str = ""
    retrieved: dt.datetime | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """An article as an importer read it; every field but the body may be empty.

    `origins` says where a field came from, as (field, origin) pairs; `message_id` is what a mail or an
    entry of a feed is known by; `pictures` are the bytes of those that image blocks name; `reference`
    is a CSL-JSON item; `tags` are the user's own, from the program that the article was kept in.
    """

    title: str
    body: Body
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    canonical_url: str = ""
    published: Moment | None = None
    language: str = ""
    direction: str = "ltr"
    page: str = ""
    origins: tuple[tuple[str, str], ...] = ()
    message_id: str = ""
    pictures: tuple[Original, ...] = ()
    reference: Mapping[str, Any] | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a list holds without a text: a page to read, or a feed to follow.

    `date` is when it was published, or else when it was put on the list; `note` is what the list says
    of it; `folders` is where the list keeps it, the outermost first; `tags` are the user's own.
    """

    url: str
    title: str = ""
    is_feed: bool = False
    date: Moment | None = None
    note: str = ""
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """All that a document held.

    `title` is that of a whole file of stories, or of a feed or a list, where it has one; `children`
    are files inside it, an attachment or a member of an archive, to be read as documents of their
    own; `links` are what it names and does not hold, to be fetched when the user wants it.
    """

    format: str
    articles: tuple[ImportedArticle, ...] = ()
    stories: tuple[StoryText, ...] = ()
    title: str = ""
    warnings: tuple[Remark, ...] = ()
    children: tuple[Document, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: how to know it, and how to read it.

    `accepts` judges by content alone and says yes only where it is sure; the name decides the rest.
    `read` raises UnreadableSource where it can make nothing of the bytes.
    Units: `limit` is the largest file in bytes.
    """

    label: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    accepts: Callable[[Document], bool]
    read: Callable[[Document, Progress], Imported]
    limit: int = 50 * MEGABYTE


def stem(name: str) -> str:
    """Return a file's name without folders and suffix, for a title: ``a_b.html`` is "a b"."""
    last = name.rsplit(INSIDE, 1)[-1].replace("\\", "/").rsplit("/", 1)[-1]
    bare, dot, suffix = last.rpartition(".")
    words = bare if dot and bare and len(suffix) <= 8 else last
    return " ".join(words.replace("_", " ").split())
