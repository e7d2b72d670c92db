"""Make realistic libraries to measure with: 1,000, 10,000 or 100,000 articles of 7 kB each.

    python benchmarks/libraries.py 100000 [--cache DIR] [--to FOLDER.briefinglib]

Prints the folder of the library, making it first if the cache does not hold it (100,000 take some
minutes and about 1 GB). `--to` copies it to a place where it may be changed; the cached one is only
ever read. Other benchmarks call `library(count, cache)` and `copy_of(library, folder)`.

Everything goes through the library's own writer, in batches, so the rows are those of the program: the
articles of `wording`, their files as originals (Markdown with front matter), tags, states, passages
marked in every 60th article, stories whose statements rest on them, and a brief for ten stories. Ids
and times come from a seed: the same count gives the same rows. A library is made anew when the code
that decides what its file holds has changed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import shutil
import sys
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import platformdirs  # noqa: E402 (the checkout first)
from wording import SEED, Wording, text_of, word, wording  # noqa: E402 (the same)

from briefing_app.domain import brief as briefs  # noqa: E402 (the same)
from briefing_app.domain import rank  # noqa: E402 (the same)
from briefing_app.domain.annotation import Annotation, Role, select  # noqa: E402 (the same)
from briefing_app.domain.article import Block, BlockKind, Body, Intake  # noqa: E402 (the same)
from briefing_app.domain.change import Action, Change, ChangeSet, Origin, diff  # noqa: E402 (the same)
from briefing_app.domain.collection import Collection  # noqa: E402 (the same)
from briefing_app.domain.moment import Moment  # noqa: E402 (the same)
from briefing_app.domain.record import (  # noqa: E402 (the same)
    Entity,
    Records,
    annotation_records,
    brief_records,
    collection_records,
    story_records,
)
from briefing_app.domain.statement import (  # noqa: E402 (the same)
    MAIN_PARTS,
    Evidence,
    Statement,
    usual_kind,
)
from briefing_app.domain.story import Story, in_order  # noqa: E402 (the same)
from briefing_app.importers.base import Document, ImportedArticle  # noqa: E402 (the same)
from briefing_app.services import intake  # noqa: E402 (the same)
from briefing_app.storage.library import Library  # noqa: E402 (the same)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefing_app.storage.opening import Upgrade

FULL = 100_000
BATCH = 250  # articles a transaction
MARKED = 60  # every how manyth article has marked passages
STORY = 500  # articles for one story
STORIES = 10  # in a brief
COLLECTIONS = 12
COLLECTED = 0.05  # of the articles
_BEGIN = dt.datetime(2018, 11, 25, 8, tzinfo=dt.UTC)
_PACE = 2_500_000  # milliseconds between two imports
_SOURCES = (  # what decides which bytes a library has
    *("storage/schema.py", "storage/mapping.py", "storage/applying.py", "storage/index.py"),
    *("storage/body.py", "storage/originals.py", "storage/connection.py"),
    *("domain/record.py", "services/intake.py"),
    *("storage/arrivals.py", "storage/bulk.py", "storage/packing.py", "storage/parcels.py"),
)
_PREFIX = {"heading": "## ", "quote": "> ", "item": "- "}


def main() -> int:
    """Make a library and say where it is."""
    parser = argparse.ArgumentParser(description="Make a realistic library.")
    parser.add_argument("articles", type=int)
    parser.add_argument("--cache", type=Path, help="where made libraries are kept")
    parser.add_argument("--to", type=Path, help="copy it there, to be changed")
    options = parser.parse_args()
    made = library(options.articles, options.cache)
    print(copy_of(made, options.to) if options.to else made)
    return 0


def library(count: int, cache: Path | None = None) -> Path:
    """Return the folder of a library of so many articles, made if need be. Only read what is there."""
    cache = cache or Path(
        platformdirs.user_cache_dir("BriefingDesk", appauthor=False), "benchmarks"
    )
    folder = cache / f"{count}-{_recipe()}.briefinglib"
    if not folder.exists():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        make(part, count)
        part.rename(folder)
    return folder


def cache_folder() -> Path:
    """Return where made libraries are kept if nothing else is said."""
    return Path(platformdirs.user_cache_dir("BriefingDesk", appauthor=False), "benchmarks")


def copy_of(made: Path, folder: Path) -> Path:
    """Copy a library to a new folder, to be changed there."""
    return Path(shutil.copytree(made, folder))


def make(folder: Path, count: int) -> None:
    """Fill a new library."""
    chance = random.Random(SEED)
    clock = [int(_BEGIN.timestamp() * 1000)]

    def new_id() -> str:
        return str(uuid.UUID(int=chance.getrandbits(128), version=4))

    def now() -> int:
        return clock[0]

    def store(
        action: Action, changes: Iterable[Change], intakes: Iterable[Intake] = (), subject: str = ""
    ) -> None:
        made = ChangeSet(new_id(), now(), Origin.WINDOW, action, tuple(changes), subject)
        filled.writer.take_in(made, tuple(intakes))

    filled = Library.open(folder, new_id=new_id, now=now, migrations=_none)
    try:
        shelves = tuple(new_id() for _ in range(COLLECTIONS))
        store(Action.ADD_SAMPLES, diff({}, _collections(shelves)))
        marks: list[str] = []
        stories: list[str] = []
        for first in range(0, count, BATCH):
            numbers = range(first, min(first + BATCH, count))
            clock[0] += _PACE * len(numbers)
            changes, intakes, marked = _articles(numbers, new_id, now(), chance, shelves)
            marks = [*marks, *marked][-40:]
            store(Action.IMPORT_ARTICLE, changes, intakes)
            for number in numbers:
                if number % STORY == STORY - 1 or (number == count - 1 and not stories):
                    story = _story(number, new_id, marks, chance)
                    stories.append(story.id)
                    store(Action.ADD_STORY, diff({}, story_records(story)), (), story.headline)
        for number, first in enumerate(range(0, len(stories), STORIES), 1):
            brief = briefs.new_brief(new_id(), new_id(), f"Morning brief {number}")
            for uid in stories[first : first + STORIES]:
                brief = briefs.add_story(brief, uid, new_id())
            store(Action.NEW_BRIEF, diff({}, brief_records(brief)), (), brief.title)
    finally:
        filled.close()


def document_of(article: Wording) -> Document:
    """Return an article as a file that could be imported: Markdown with front matter."""
    published = article.published.isoformat() if article.published else ""
    if published and article.clock:
        published += f" {article.clock:%H:%M}"
    head = {
        "title": f'"{article.title}"',
        "authors": f"[{', '.join(article.authors)}]",
        "source": article.source,
        "url": article.url,
        "date": published,
        "language": article.language,
    }
    lines = [f"{name}: {value}" for name, value in head.items() if value not in ("", "[]")]
    blocks = [_PREFIX.get(kind, "") + text for kind, text in article.blocks]
    name = article.url.rsplit("/", 1)[-1]
    return Document(f"{name}.md", "\n".join(("---", *lines, "---\n", "\n\n".join(blocks))).encode())


def imported(article: Wording) -> ImportedArticle:
    """Return an article as an importer would have read it."""
    moment = Moment(article.published, article.clock) if article.published else None
    named = {"authors": article.authors, "source": article.source, "published": moment}
    return ImportedArticle(
        title=article.title,
        body=_body(article),
        authors=article.authors,
        source=article.source,
        url=article.url,
        published=moment,
        language=article.language,
        direction=article.direction,
        origins=(
            ("title", "front matter"),
            *((name, "front matter") for name, value in named.items() if value),
        ),
    )


def _recipe() -> str:
    """Return a digest of the code that decides what a library's file holds."""
    here = Path(__file__).parent
    files = [here / name for name in ("wording.py", "words.toml", "libraries.py")]
    files += [ROOT / "briefing_app" / name for name in _SOURCES]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]


def _articles(
    numbers: range,
    new_id: Callable[[], str],
    at: int,
    chance: random.Random,
    shelves: tuple[str, ...],
) -> tuple[list[Change], list[Intake], list[str]]:
    """Return what brings some articles in, and the ids of the passages that are marked in them."""
    changes: list[Change] = []
    intakes: list[Intake] = []
    marked: list[str] = []
    for number in numbers:
        made_up = wording(number)
        article, document = imported(made_up), document_of(made_up)
        version = intake.version_of(
            article,
            document,
            "Markdown",
            article_id=new_id(),
            version_id=new_id(),
            now=dt.datetime.fromtimestamp(at / 1000, dt.UTC),
        )
        extras = {
            "tags": list(made_up.tags),
            "state": made_up.state,
            "collections": [chance.choice(shelves)] if chance.random() < COLLECTED else [],
        }
        changes += [
            replace(change, new={**change.new, **extras})
            if change.entity is Entity.ARTICLE
            else change
            for change in intake.new_article(article, version)
        ]
        intakes.append(Intake(version, (intake.original_of(document),)))
        if number % MARKED == 0:
            records: Records = {}
            for mark in _marks(version.article, version.id, article.body, new_id, chance):
                records |= annotation_records(mark)
                marked.append(mark.id)
            changes += diff({}, records)
    return changes, intakes, marked


def _collections(ids: tuple[str, ...]) -> Records:
    records: Records = {}
    place = ""
    for number, uid in enumerate(ids):
        place = rank.append(place)
        name = word(300 + number).capitalize()
        records |= collection_records(Collection(uid, name, place))
    return records


def _body(article: Wording) -> Body:
    blocks: list[Block] = []
    at = 0
    for kind, text in article.blocks:
        level = {"heading": 2, "item": 1}.get(kind, 0)
        blocks.append(Block(BlockKind(kind), at, at + len(text), level=level))
        at += len(text) + 1
    return Body(text_of(article), tuple(blocks))


def _marks(
    article: str, version: str, body: Body, new_id: Callable[[], str], chance: random.Random
) -> Iterator[Annotation]:
    blocks = [block for block in body.blocks if block.end - block.start > 40]
    for block in chance.sample(blocks, min(len(blocks), chance.randint(1, 5))):
        end = min(block.end, block.start + chance.randint(40, 220))
        target = select(version, body.text, block.start, end)
        comment = f"Ask about the {word(chance.randrange(5000))}." if chance.random() < 0.3 else ""
        yield Annotation(new_id(), article, target, chance.choice(tuple(Role)), comment)


def _story(
    number: int, new_id: Callable[[], str], marks: list[str], chance: random.Random
) -> Story:
    sentences = [text for kind, text in wording(FULL + number).blocks if kind == "paragraph"]
    statements = []
    place = ""
    for at in range(12):
        place = rank.append(place)
        part = MAIN_PARTS[at * len(MAIN_PARTS) // 12]
        evidence = tuple(Evidence(mark) for mark in chance.sample(marks, min(2, len(marks))))
        text = sentences[at % len(sentences)][:240].rstrip()
        cited = evidence if at % 3 else ()
        statements.append(Statement(new_id(), part, usual_kind(part), text, place, cited))
    as_of = Moment((_BEGIN + dt.timedelta(milliseconds=_PACE * number)).date())
    return Story(new_id(), wording(FULL + number).title, as_of, in_order(tuple(statements)))


def _none() -> Upgrade:
    raise LookupError("a new library needs no migration")


if __name__ == "__main__":
    sys.exit(main())
