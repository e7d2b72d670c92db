"""A version of an article in a bundle: its blocks and spans as JSON beside its text, both ways.

What is read is hostile: each function that reads raises ValueError with the name of what is wrong.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from briefing_app.domain.article import (
    ArticleVersion,
    Block,
    BlockKind,
    Body,
    Span,
    SpanKind,
)
from briefing_app.domain.bundle import is_digest
from briefing_app.domain.bundleform import plain_entry, plain_form
from briefing_app.domain.record import Entity
from briefing_app.domain.shape import a_list, an_object, is_instant, is_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.entry import Entry

    Form = dict[str, Any]
    Fits = Callable[[Any], bool]

_USUAL = Block(BlockKind.PARAGRAPH, 0, 0)
_DEEPEST = 1000
_CONTENT = ("original", "text-sha256", "importer", "retrieved", "blocks", "spans")


def version_form(entry: Entry, version: ArticleVersion) -> Form:
    """Return a version without its text, which is a file of its own."""
    body = version.body
    return {
        **plain_form(entry),
        "original": version.original,
        "text-sha256": version.text_digest,
        "importer": version.importer,
        "retrieved": version.retrieved.isoformat(),
        "blocks": [_block_form(block) for block in body.blocks],
        "spans": [_span_form(span) for span in body.spans],
    }


def version_entry(form: object) -> tuple[Entry, Form]:
    """Return the record of a version, and what `version_from` needs beside its text."""
    given = an_object(form, "version")
    content = {name: given.get(name) for name in _CONTENT}
    record = {name: value for name, value in given.items() if name not in _CONTENT}
    if content["original"] != "" and not is_digest(content["original"]):
        raise ValueError("original")
    if not is_digest(content["text-sha256"]):
        raise ValueError("text-sha256")
    if not is_text(content["importer"]):
        raise ValueError("importer")
    if not is_instant(content["retrieved"]):
        raise ValueError("retrieved")
    record.setdefault("switched", [])  # bundles from before there were switches
    return plain_entry(Entity.VERSION, record), content


def version_from(entry: Entry, content: Form, text: str) -> ArticleVersion:
    """Return a version with its text."""
    return ArticleVersion(
        id=entry.id,
        article=entry.fields["article"],
        body=Body(text, _blocks(content["blocks"], text), _spans(content["spans"], text)),
        original=content["original"],
        text_digest=content["text-sha256"],
        importer=content["importer"],
        retrieved=dt.datetime.fromisoformat(content["retrieved"]),
        switched=tuple(entry.fields["switched"]),
    )


def _block_form(block: Block) -> Form:
    extras = {
        name: getattr(block, name)
        for name in _BLOCK
        if getattr(block, name) != getattr(_USUAL, name)
    }
    return {"kind": block.kind.value, "start": block.start, "end": block.end, **extras}


def _span_form(span: Span) -> Form:
    target = {"target": span.target} if span.target else {}
    return {"kind": span.kind.value, "start": span.start, "end": span.end, **target}


def _blocks(form: object, text: str) -> tuple[Block, ...]:
    return tuple(
        Block(BlockKind(one["kind"]), *_range(one, text), **_extras(one, _BLOCK, "blocks"))
        for one in _objects(form, "blocks")
    )


def _spans(form: object, text: str) -> tuple[Span, ...]:
    return tuple(
        Span(SpanKind(one["kind"]), *_range(one, text), **_extras(one, _SPAN, "spans"))
        for one in _objects(form, "spans")
    )


def _objects(form: object, name: str) -> list[Form]:
    found = [an_object(one, name) for one in a_list(form, name)]
    for one in found:
        if not isinstance(one.get("kind"), str):
            raise ValueError(name)  # noqa: TRY004 (one kind of error for all that is damaged)
    return found


def _range(one: Form, text: str) -> tuple[int, int]:
    start, end = one.get("start"), one.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(text):
        raise ValueError("range")
    return start, end


def _extras(one: Form, known: dict[str, Fits], name: str) -> Form:
    extras = {key: value for key, value in one.items() if key not in ("kind", "start", "end")}
    for key, value in extras.items():
        if key not in known or not known[key](value):
            raise ValueError(name)
    return extras


def _is_level(value: object) -> bool:
    return type(value) is int and 0 <= value <= _DEEPEST


def _is_page(value: object) -> bool:
    return value is None or (type(value) is int and 0 < value < 1 << 31)


def _is_asset(value: object) -> bool:
    return value == "" or is_digest(value)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


_BLOCK: dict[str, Fits] = {
    "level": _is_level,
    "ordered": _is_truth,
    "included": _is_truth,
    "page": _is_page,
    "alt": is_text,
    "asset": _is_asset,
}
_SPAN: dict[str, Fits] = {"target": is_text}
