"""References as CSL-JSON: Zotero, and most others, write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing_app.errors import QT_TRANSLATE_NOOP, UnreadableSource
from briefing_app.importers import strictjson
from briefing_app.importers.base import Document, Imported, Importer
from briefing_app.importers.references.item import imported

if TYPE_CHECKING:
    from briefing_app.progress import Progress

_LABEL = "References"
# Source: citationstyles.org, CSL 1.0.2, appendix III
_TYPES = (
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
    "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review",
    "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
)  # fmt: skip
_TYPE = re.compile(rf'"type"\s*:\s*"(?:{"|".join(_TYPES)})"')
_OTHER = re.compile(
    r'"(?:issued|container-title|author|DOI|citation-key|family|date-parts|accessed)"\s*:'
)


def _accepts(document: Document) -> bool:
    head = strictjson.head(document)
    return bool(_TYPE.search(head) and _OTHER.search(head))


def _read(document: Document, progress: Progress) -> Imported:
    value = strictjson.load(document)
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        value = value["items"]
    items = strictjson.objects(value if isinstance(value, list) else [value])
    items = [item for item in items if item.get("title") or item.get("type")]
    if not items:
        raise UnreadableSource(QT_TRANSLATE_NOOP("errors", "There are no references in it."))
    return imported(_LABEL, items, progress)


IMPORTER = Importer(
    _LABEL, (".csljson",), ("application/vnd.citationstyles.csl+json",), _accepts, _read
)
