"""The option `--self-test`: try every part of the program once, in a temporary library.

It gates each build: a part that the packager left out is named here and not on a user's desk.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefing_app.cli.arguments import SUFFIXES
from briefing_app.domain.annotation import Role
from briefing_app.domain.moment import Moment
from briefing_app.errors import BriefingError
from briefing_app.progress import NoProgress
from briefing_app.services.exporting import Options
from briefing_app.services.incoming import documents_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.services.suite import Services

_QUOTE = "the northern route stays closed"
_HTML = f"""<!doctype html><html lang="en"><head><title>Ice closes the route</title>
<meta name="author" content="A. Writer"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Ice closes the route</h1>
<p>The last ferry left on Tuesday before the strait froze over from shore to shore.</p>
<p>Operators expect that {_QUOTE} for at least two weeks, they said on Monday.</p>
<p>Three thousand commuters now travel by bus, and the buses are full in the morning.</p>
</article></body></html>"""
_SAMPLES = {
    "page.html": _HTML,
    "note.md": "---\ntitle: Bridge\nauthor: B. Writer\n---\n# Bridge\n\n*Four* hours longer.\n",
    "mail.eml": "From: A. Writer <a@example.org>\nSubject: A mail\n\nThe mail says one thing.\n",
    "feed.xml": (
        "<rss version='2.0'><channel><title>Feed</title><item><title>An entry</title>"
        "<description>The entry says another thing.</description></item></channel></rss>"
    ),
    "report.rtf": "{\\rtf1\\ansi The report says a third thing.\\par}",
    "list.bib": "@article{a, title={A reference}, author={B. Writer}, year={2026}}",
    "note.txt": "A note\n\nIts text, with two sentences. Here is the second.\n",
    "story.txt": "# Ferries stop\nThe Story:\nThe strait froze.\nKey Points:\n- Ice.",
}
_NOBODY = "https://127.0.0.1:9/"
_DATE = Moment(dt.date(2026, 1, 25))


def run(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Try every part and name those that do not work."""
    del args
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        files = [folder / sample for sample in _SAMPLES]
        for file in files:
            file.write_text(_SAMPLES[file.name], encoding="utf-8")
        trial = _Trial(program, out)
        trial.part("migrations", lambda: program.try_migrations(folder / "old.sqlite3"))
        for file in files:
            trial.part(f"reading {file.name}", partial(trial.read, file))
        with program.library(folder / "New.briefinglib") as library:
            trial.part("import", partial(trial.bring_in, library, files))
            trial.part("web", partial(trial.fetch, library))
            trial.part("search", partial(trial.search, library))
            trial.part("highlight", partial(trial.highlight, library))
            for suffix in SUFFIXES:
                out_file = folder / f"brief{suffix}"
                trial.part(f"export to {suffix}", partial(trial.export, library, out_file))
            trial.part("undo", partial(trial.undo, library))
        trial.part("backup", program.look_after)
        trial.part("window", lambda: program.try_window((folder / "brief.pdf").read_bytes()))
    out.say("Something is missing from this copy." if out.failed else "All parts work.")


@dataclass(slots=True)
class _Trial:
    """A user's first minutes with the program; each step goes on from those before."""

    program: Program
    out: Output
    article: str = ""
    brief: str = ""

    def part(self, name: str, work: Callable[[], None]) -> None:
        """Try one part and say how it went."""
        try:
            work()
        except Exception as error:  # noqa: BLE001 (whatever a broken part raises, it is named)
            reason = f"{type(error).__name__}: {error}"
            self.out.record({"part": name, "ok": False, "reason": reason})
            self.out.fail(reason, name)
        else:
            self.out.record({"part": name, "ok": True, "reason": ""}, f"{name}: ok")

    def read(self, file: Path) -> None:
        """Read a file in the worker, without a library."""
        for _, imported in self.program.read(documents_of([file])):
            if isinstance(imported, BriefingError):
                raise imported
            _expect(bool(imported.articles or imported.stories), "nothing was read")

    def bring_in(self, library: Services, files: list[Path]) -> None:
        """Import files."""
        outcomes = library.importing.bring_in(documents_of(files), NoProgress())
        failed = [outcome.reason for outcome in outcomes if outcome.status == "failed"]
        _expect(not failed, "; ".join(failed))
        self.article = next(o.article for o in outcomes if o.name.endswith("page.html"))

    def fetch(self, library: Services) -> None:
        """Ask this computer for a secure page at a port where nobody answers: nothing goes out."""
        (outcome,) = library.fetching.bring_in([_NOBODY], NoProgress(), private=True)
        _expect("cannot be reached" in outcome.reason, outcome.reason)

    def search(self, library: Services) -> None:
        """Find the article by a word of it."""
        hits = library.searching.find("ferry")
        _expect(any(hit.article == self.article for hit in hits), "the article was not found")

    def highlight(self, library: Services) -> None:
        """Make a key point of a passage."""
        made = library.reading.annotate_quote(self.article, _QUOTE, Role.KEY_POINT)
        library.history.flush()
        self.brief = made.brief
        _expect(bool(made.statement), "no point was made")

    def export(self, library: Services, file: Path) -> None:
        """Write the brief in one format."""
        content = library.exporting.content(self.brief, _DATE)
        rendered = library.exporting.render(content, file.suffix, Options(), NoProgress())
        library.exporting.write_file(file, rendered.data)
        _expect(file.stat().st_size > 0, "the file is empty")

    def undo(self, library: Services) -> None:
        """Take the point back."""
        library.history.undo()
        library.history.flush()
        _expect(not library.reading.annotations(self.article), "the passage is still marked")


def _expect(done: bool, otherwise: str) -> None:
    if not done:
        raise RuntimeError(otherwise)
