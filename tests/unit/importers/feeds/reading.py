"""Reading a file as the program does, for the tests of feeds, lists and exports."""

from __future__ import annotations

from briefing_app.importers import registry
from briefing_app.importers.base import Document
from briefing_app.progress import NoProgress


def read(name, text, **known):
    data = text if isinstance(text, bytes) else text.encode()
    return registry.read(Document(name, data, **known), NoProgress())


def blocks(article):
    return [(b.kind.value, article.body.text[b.start : b.end]) for b in article.body.blocks]


def iso(moment):
    return moment.iso if moment else None
