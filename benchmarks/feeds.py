"""Measure which of the things that feeds say of themselves come through.

    python benchmarks/feeds.py --corpus DIR [--misses]

A corpus is a folder of feeds, each with an assertion in a comment at its top, as feedparser's tests
have them: ``Expect: not bozo and entries[0]['title'] == 'Example'``. None ships with the program.

What is asked is the part of an assertion that says what a title, a link, a date, an author or a text
is. Other parts (pictures of podcasts, places, who keeps the server) are not, since nothing of them
is read. Titles and texts are compared without markup and blanks. Every figure is one line of JSON.
"""

from __future__ import annotations

import argparse
import ast
import calendar
import html
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from briefing_app.errors import BriefingError  # noqa: E402 (the checkout first)
from briefing_app.importers import entries, feed, registry  # noqa: E402 (the same)
from briefing_app.importers.base import Document  # noqa: E402 (the same)
from briefing_app.importers.links import clean_link  # noqa: E402 (the same)
from briefing_app.progress import NoProgress  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing_app.importers.entries import Entry

_EXPECT = re.compile(r"Expect:\s*(.+?)\s*(?:-->|\n\s*\n|$)", re.DOTALL)
_HEADER = re.compile(r"(?im)^\s*Header:\s*([\w-]+):\s*(.+?)\s*$")
_DATES = ("published_parsed", "updated_parsed", "date_parsed", "created_parsed")
_TEXTS = ("description", "summary", "content")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What feeds say of themselves.")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--misses", action="store_true", help="name the feeds that differ")
    options = parser.parse_args()
    asked: Counter[str] = Counter()
    held: Counter[str] = Counter()
    missed: dict[str, list[str]] = defaultdict(list)
    outcomes: Counter[str] = Counter()
    for path in sorted(options.corpus.rglob("*.xml")):
        data = path.read_bytes()
        document = _document(path, data)
        outcomes[(outcome := _outcome(document))] += 1
        if outcome == "crashed":
            missed[outcome].append(str(path))
        try:
            title, found, _ = feed.read_entries(document)
        except BriefingError:
            title, found = "", []
        for kind, where, want in assertions(data):
            asked[kind] += 1
            if _holds(title, found, kind, where, want):
                held[kind] += 1
            else:
                missed[kind].append(f"{path}: {want!r}")
    print(json.dumps({"corpus": options.corpus.name, **outcomes}))
    for kind in sorted(asked):
        share = round(held[kind] / asked[kind], 4)
        print(json.dumps({"what": kind, "asked": asked[kind], "held": held[kind], "share": share}))
    print(
        json.dumps(
            {
                "what": "all",
                "asked": asked.total(),
                "held": held.total(),
                "share": round(held.total() / max(1, asked.total()), 4),
            }
        )
    )
    if options.misses:
        for kind, feeds in missed.items():
            for one in feeds:
                print(kind, one)
    return 0


def assertions(data: bytes) -> Iterator[tuple[str, int, Any]]:
    """Go through what a feed says of itself: kind, entry (-1: itself), value."""
    found = _EXPECT.search(data[:4000].replace(b"\0", b"").decode("utf-8", "replace"))
    if not found:
        return
    try:
        tree = ast.parse(found[1].strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return
    for part in tree.values if isinstance(tree, ast.BoolOp) else [tree]:
        if (
            isinstance(part, ast.Compare)
            and len(part.ops) == 1
            and isinstance(part.ops[0], ast.Eq)
            and (place := _place(part.left))
        ):
            try:
                yield (*place, ast.literal_eval(part.comparators[0]))
            except ValueError:
                continue


def _place(node: ast.expr) -> tuple[str, int] | None:
    """Return what ``entries[0]['link']`` asks for."""
    steps: list[Any] = []
    while isinstance(node, ast.Subscript | ast.Attribute):
        if isinstance(node, ast.Attribute):
            steps.insert(0, node.attr)
        elif isinstance(node.slice, ast.Constant):
            steps.insert(0, node.slice.value)
        node = node.value
    name = node.id if isinstance(node, ast.Name) else ""
    if name == "feed" and steps == ["title"]:
        return "feed title", -1
    if name != "entries" or len(steps) < 2 or not isinstance(steps[0], int):
        return None
    kind, rest = _kind(steps[1]), steps[2:]
    if kind == "content" and steps[1] == "content":
        return (kind, steps[0]) if rest == [0, "value"] else None
    return (kind, steps[0]) if kind and not rest else None


def _kind(field: str) -> str:
    if field in _DATES:
        return "date"
    if field in _TEXTS:
        return "content"
    return field if field in ("title", "link", "author") else ""


def _document(path: Path, data: bytes) -> Document:
    headers = dict(_HEADER.findall(data[:4000].replace(b"\0", b"").decode("latin-1")))
    known = {name.lower(): value for name, value in headers.items()}
    return Document(
        path.name, data, known.get("content-type", ""), known.get("content-location", "")
    )


def _outcome(document: Document) -> str:
    """Return what comes of a file: most of the corpus are heads of feeds, with nothing to read."""
    try:
        registry.read(document, NoProgress())
    except BriefingError:
        return "reason"
    except Exception:  # noqa: BLE001 (a bug, which is what is counted here)
        return "crashed"
    return "read"


def _holds(title: str, found: list[Entry], kind: str, where: int, want: Any) -> bool:  # noqa: ANN401 (any literal)
    if kind == "feed title":
        return _says(title, want)
    if where >= len(found):
        return False
    entry = found[where]
    if kind == "date":
        return entry.published is not None and entry.published.sort_key == calendar.timegm(want)
    if kind == "link":
        url = entries.web_address(entry.url, entry.base) or entry.url
        return url in (want, clean_link(want))
    texts = {
        "title": (entry.title,),
        "author": (", ".join(entry.authors), *entry.authors),
        "content": (entries.body_of_entry(entry).text,),
    }
    return any(_says(text, want) for text in texts[kind])


def _says(text: str, want: object) -> bool:
    said = "".join(text.split())
    return said in (_bare(want), "".join(str(want).split()))


def _bare(text: object) -> str:
    """Return what a text says, without markup and blanks."""
    said = re.sub(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->|<[/!?a-z][^>]*>", "", str(text))
    return "".join(html.unescape(said).split())


if __name__ == "__main__":
    raise SystemExit(main())
