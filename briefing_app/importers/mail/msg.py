"""A mail as Outlook saves it."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, BriefingError, Remark, remarks_of
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.html.fragment import fragment_blocks
from briefing_app.importers.mail.content import file_name
from briefing_app.importers.mail.eml import no_text
from briefing_app.importers.mail.envelope import envelope
from briefing_app.importers.mail.headers import Headers, decode_text, read_headers
from briefing_app.importers.mail.mapi import is_item, open_item, page_name
from briefing_app.importers.mail.message import Letter, letter
from briefing_app.importers.mail.plain import plain_blocks
from briefing_app.importers.mail.rtf import html_in, unpacked
from briefing_app.importers.pictures import Album

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing_app.importers.body import Draft
    from briefing_app.importers.mail.mapi import Item
    from briefing_app.progress import Progress

_LABEL = "Outlook mail"
_DEEPEST = 20
_MOST_ATTACHMENTS = 500


def _accepts(document: Document) -> bool:
    return is_item(document.data)


def _read(document: Document, progress: Progress) -> Imported:
    letters, remarks = _letters(open_item(document.data), progress)
    articles = tuple(one.article for one in letters if one.article)
    children = tuple(child for one in letters for child in one.children)
    said = (*remarks, *(remark for one in letters for remark in one.remarks))
    if not articles and not children:
        raise no_text(said)
    return Imported(
        _LABEL, articles=articles, warnings=tuple(dict.fromkeys(said)), children=children
    )


def _letters(item: Item, progress: Progress) -> tuple[list[Letter], list[Remark]]:
    """Return a mail and the mails attached to it, each an article, down to a depth."""
    letters: list[Letter] = []
    waiting = [(item, 1)]
    remarks: list[Remark] = []
    while waiting and len(letters) < _MOST_ATTACHMENTS:
        progress.check()
        mail, depth = waiting.pop(0)
        attached = list(mail.attachments())[:_MOST_ATTACHMENTS]
        inside = [found for one in attached if (found := one.embedded())]
        letters.append(_letter(mail, attached))
        if inside and depth >= _DEEPEST:
            remarks.append(
                Remark(
                    QT_TRANSLATE_NOOP(
                        "errors", "What is nested deeper than {limit} levels in it was not read."
                    ),
                    (("limit", str(_DEEPEST)),),
                )
            )
            continue
        waiting += [(found, depth + 1) for found in inside]
    return letters, remarks


def _letter(item: Item, attached: Sequence[Item]) -> Letter:
    album = Album()
    files = {one.text("3712").strip("<> "): one for one in attached if one.text("3712")}
    shown: set[tuple[str, ...]] = set()

    def picture(address: str) -> str:
        name = address.strip().removeprefix("cid:")
        one = files.get(name)
        asset = album.add(one.data("3701")) if one else ""
        if one and asset:
            shown.add(one.path)
        return asset

    drafts, remarks = _drafts(item, picture)
    children = [
        child
        for number, one in enumerate(attached, 1)
        if one.path not in shown and (child := _child(one, number))
    ]
    return letter(envelope(_headers(item)), drafts, album, children, remarks)


def _drafts(
    item: Item, picture: Callable[[str], str]
) -> tuple[Sequence[Draft], tuple[Remark, ...]]:
    """Return the text in the best form that the mail has."""
    html = item.text("1013")
    if data := item.data("1013"):
        html = decode_text(data, page_name(item.number("3FDE")))
    remarks: tuple[Remark, ...] = ()
    rtf = b"" if html else unpacked(item.data("1009"))
    html = html or html_in(rtf)
    if html:
        try:
            found, _ = fragment_blocks(html, picture=picture, mail=True)
        except BriefingError as error:
            found, remarks = [], remarks_of(error)
        if any(draft.text for draft in found):
            return found, remarks
    plain = item.text("1000")
    if not plain.strip() and rtf:
        plain = _plain_of(rtf)
    return plain_blocks(plain), remarks


def _plain_of(rtf: bytes) -> str:
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 (few mails have nothing else)

    try:
        text = rtf_to_text(  # type: ignore[no-untyped-call]  # it has no types
            rtf.decode("latin-1"), errors="ignore"
        )
        return str(text)
    except (ValueError, LookupError, IndexError, TypeError):
        return ""


def _child(attached: Item, number: int) -> Document | None:
    data = attached.data("3701")
    if not data or attached.embedded() or attached.fixed.get("7FFE000B", b"\0")[0]:
        return None
    media_type = attached.text("370E").lower()
    name = file_name(attached.text("3707", "3704", "3001"), media_type, number)
    return Document(name, data, media_type)


def _headers(item: Item) -> Headers:
    """Return the header that the mail travelled with, and what Outlook knows beside it."""
    travelled, _, _ = read_headers(item.text("007D").encode("utf-8", "replace"))
    name = item.text("0042", "0C1A").replace('"', "")
    addresses = (item.text(number) for number in ("5D02", "5D01", "0065", "0C1F"))
    address = next((known for known in addresses if "@" in known), "")
    written = item.time("0039") or item.time("0E06") or item.time("3007")
    known = {
        "subject": item.text("0037", "0E1D"),
        "from": f'"{name}" <{address}>' if address else name,
        "message-id": item.text("1035"),
        "date": format_datetime(written) if written else "",
    }
    fields = [
        (field, value.encode("utf-8", "replace"))
        for field, value in known.items()
        if value and (field == "subject" or not travelled.raw(field))
    ]
    return Headers((*fields, *travelled.fields), "utf-8")


IMPORTER = Importer(_LABEL, (".msg",), ("application/vnd.ms-outlook",), _accepts, _read)
