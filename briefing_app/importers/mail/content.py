"""What a mail shows and what it carries: its text as blocks, its pictures, its attachments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from briefing_app.domain.article import BlockKind
from briefing_app.domain.text import clean_line
from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, Remark, remarks_of
from briefing_app.importers.base import Document
from briefing_app.importers.body import Draft, code
from briefing_app.importers.html.fragment import fragment_blocks
from briefing_app.importers.mail.envelope import subject
from briefing_app.importers.mail.plain import plain_blocks
from briefing_app.importers.pictures import Album

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing_app.importers.mail.parts import Mail, Part

_LONGEST_NAME = 120  # code points
# What only programs read: signatures, keys, invitations, other forms of the same text
_UNREAD = frozenset(
    ("application/pgp-signature", "application/pgp-encrypted", "application/pgp-keys",
     "application/pkcs7-signature", "application/x-pkcs7-signature", "text/x-amp-html",
     "text/watch-html", "text/calendar", "text/x-vcard", "text/vcard", "text/directory",
     "application/ics", "message/partial", "application/x-too-deep", "message/external-body")
)  # fmt: skip
_REPORTS = frozenset(
    ("message/delivery-status", "message/disposition-notification", "text/rfc822-headers",
     "message/feedback-report")
)  # fmt: skip
_SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"))
_HTML = ("text/html", "application/xhtml+xml")
_TAGS = re.compile(
    r"</?(?:html|body|p|br|div|table|td|span|a|b|i|u|em|strong|font|ul|ol|li|h[1-6]|img|pre|center|blockquote"
    r"|section|article|!doctype)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_ENRICHED = re.compile(r"<(?:<|/?[A-Za-z-]+>)|<param>.*?</param>", re.DOTALL)
_SUFFIXES = {
    "application/pdf": ".pdf", "application/msword": ".doc", "application/rtf": ".rtf",
    "text/rtf": ".rtf", "text/html": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "application/zip": ".zip",
    "message/rfc822": ".eml", "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}  # fmt: skip


@dataclass(slots=True)
class Content:
    """What is found in a mail while it is gone through."""

    drafts: list[Draft] = field(default_factory=list)
    album: Album = field(default_factory=Album)
    children: list[Document] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    html: bool = False

    @property
    def has_text(self) -> bool:
        """Tell whether there is anything to read in the mail itself."""
        return any(draft.text and draft.included for draft in self.drafts)


def content_of(mail: Mail) -> Content:
    """Go through a mail and return what is in it.

    Mails inside a mail that is nested too deep are not handed on: they would come in one by one,
    each as deep as the one before.
    """
    reader = _Reader(
        named={
            name: part
            for part in reversed(list(mail.root.walk()))
            for name in (_content_id(part), part.headers.text("content-location"))
            if name and not part.parts
        },
        whole=not mail.too_deep,
    )
    reader.remarks += mail.lost
    reader.take(mail.root)
    return Content(reader.drafts, reader.album, reader.children, reader.remarks, reader.html)


def file_name(name: str, media_type: str, number: int) -> str:
    """Return a name for a file inside: only its last part, without what cannot be seen."""
    bare = clean_line(name).replace("\\", "/").rsplit("/", 1)[-1].strip(". ")
    stem, dot, suffix = bare.rpartition(".")
    if len(bare) > _LONGEST_NAME:
        bare = f"{stem[: _LONGEST_NAME - 10]}.{suffix[:8]}" if dot else bare[:_LONGEST_NAME]
    return bare or f"attachment {number}{_SUFFIXES.get(media_type, '')}"


@dataclass(slots=True)
class _Reader:
    """Goes through the parts; `named` are those that a text may call by a name, as pictures."""

    named: dict[str, Part]
    whole: bool
    drafts: list[Draft] = field(default_factory=list)
    album: Album = field(default_factory=Album)
    children: list[Document] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    html: bool = False
    shown: set[int] = field(default_factory=set)  # where the parts begin that a text shows

    def take(self, part: Part) -> None:
        """Take what a part holds, in the order of the mail."""
        if part.is_mail:
            self._mail(part)
        elif part.media_type in _SEALED:
            self._sealed()
        elif part.media_type == "multipart/alternative":
            self._alternative(part.parts)
        elif part.media_type == "multipart/related":
            self._related(part)
        elif part.media_type.startswith("multipart/"):
            for inner in part.parts:
                self.take(inner)
        else:
            self._leaf(part)

    def _leaf(self, part: Part) -> None:
        kind = part.media_type
        if kind in _REPORTS:
            self.drafts.append(replace(code(part.text), included=False))
        elif kind in _UNREAD:
            return
        elif self._is_attachment(part):
            self._attach(part)
        elif kind.startswith("image/"):
            self._picture(part)
        else:
            self._text(part)

    def _alternative(self, parts: Sequence[Part]) -> None:
        """Take the best form of a text; what is attached to another one is attached all the same."""
        ranked = sorted(parts, key=_rank, reverse=True)
        before = len(self.drafts)
        for part in ranked:
            if len(self.drafts) > before and any(d.text for d in self.drafts[before:]):
                for inner in part.walk():
                    if not inner.parts and inner.headers.disposition == "attachment":
                        self.take(inner)
            elif part.media_type not in _UNREAD:
                self.take(part)

    def _related(self, part: Part) -> None:
        """Take the text that is the root, and of the rest what it does not show but is attached."""
        start = part.headers.parameter("start").strip("<>")
        root = next((p for p in part.parts if start and _content_id(p) == start), None)
        root = root or next((p for p in part.parts if _rank(p) > 0), None)
        if root is not None:
            self.take(root)
        for inner in part.parts:
            if inner is root or inner.start in self.shown:
                continue
            if (
                not inner.media_type.startswith("image/")
                or inner.headers.disposition == "attachment"
            ):
                self.take(inner)

    def _is_attachment(self, part: Part) -> bool:
        if part.headers.disposition == "attachment":
            return part.start not in self.shown
        if part.media_type.startswith(("text/", "image/")):
            named = bool(part.headers.filename) and part.media_type.startswith("text/")
            return named and any(draft.text for draft in self.drafts)
        return part.media_type not in _HTML

    def _attach(self, part: Part) -> None:
        data = part.content
        if not data:
            return
        number = len(self.children) + 1
        name = file_name(part.headers.filename, part.media_type, number)
        self.children.append(Document(name, data, part.media_type))

    def _mail(self, part: Part) -> None:
        if not self.whole or not part.parts:
            return
        inner = part.parts[0]
        title = part.headers.filename or subject(inner.headers.text("subject"))
        name = file_name(title.replace("/", " "), "message/rfc822", len(self.children) + 1)
        if not name.lower().endswith(".eml"):
            name = f"{name}.eml"
        if inner.data.strip():
            self.children.append(Document(name, inner.data, "message/rfc822"))

    def _sealed(self) -> None:
        self.remarks.append(
            Remark(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "A part of the mail is encrypted. Open it in your mail program, and save it from"
                    " there without encryption.",
                )
            )
        )

    def _picture(self, part: Part) -> None:
        """Show a picture that stands between texts."""
        if part.start in self.shown:
            return
        if asset := self.album.add(part.content):
            self.shown.add(part.start)
            self.drafts.append(
                Draft(BlockKind.IMAGE, alt=clean_line(part.headers.filename), asset=asset)
            )

    def _text(self, part: Part) -> None:
        text = part.text
        if part.media_type in _HTML and _TAGS.search(text):
            self._html(part, text)
            return
        if part.media_type in ("text/enriched", "text/richtext"):
            text = _ENRICHED.sub(lambda mark: "<" if mark[0] == "<<" else "", text)
        flowed = part.headers.parameter("format").lower() == "flowed"
        delsp = part.headers.parameter("delsp").lower() == "yes"
        self.drafts += plain_blocks(text, flowed=flowed, delsp=delsp)

    def _html(self, part: Part, text: str) -> None:
        base = part.headers.text("content-base") or part.headers.text("content-location")
        try:
            found, _ = fragment_blocks(
                text,
                url=base if base.startswith("http") else "",
                picture=self._named_picture,
                mail=True,
            )
        except BriefingError as error:
            self.remarks += remarks_of(error)
            return
        self.html = self.html or bool(found)
        self.drafts += found

    def _named_picture(self, address: str) -> str:
        """Return the digest of the picture that a text calls by a name of its own."""
        name = address.strip()
        if name.lower().startswith("cid:"):
            name = name[4:]
        part = self.named.get(name) or self.named.get(unquote(name))
        if part is None:
            return ""
        asset = self.album.add(part.content)
        if asset:
            self.shown.add(part.start)
        return asset


def _content_id(part: Part) -> str:
    return part.headers.text("content-id").strip("<> ")


def _rank(part: Part) -> int:
    """Return how good a form of a text is: HTML has structure, plain text is the last resort."""
    leaves = [inner for inner in part.walk() if not inner.parts]
    kinds = {inner.media_type for inner in leaves}
    if any(leaf.media_type in _HTML and _TAGS.search(leaf.text) for leaf in leaves):
        return 3
    if "text/plain" in kinds:
        return 2
    return 1 if any(kind.startswith("text/") for kind in kinds - _UNREAD) else 0


def readable_children(children: Iterable[Document]) -> tuple[Document, ...]:
    """Return files inside, those of one name told apart by a number."""
    seen: dict[str, int] = {}
    result: list[Document] = []
    for child in children:
        count = seen[child.name] = seen.get(child.name, 0) + 1
        stem, dot, suffix = child.name.rpartition(".")
        stem, suffix = (stem, f".{suffix}") if dot else (child.name, "")
        result.append(replace(child, name=f"{stem} ({count}){suffix}") if count > 1 else child)
    return tuple(result)
