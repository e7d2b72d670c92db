"""Letters that stand behind each other on one base line: the raw material of lines."""

from __future__ import annotations

import statistics
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing_app.importers.pdf.glyphs import Glyph

# all in units of the letters' size
NEAR = 0.6  # letters that are nearer belong together without further evidence
SPACED = 1.5  # with one blank of the file between them they may be farther apart
_LEVEL = 0.15  # base lines that differ less are one
_OVER = 0.5  # letters may lie over each other that far

_ACCENTS = {  # a sign set over the letter behind it, as TeX does
    "\u00a8": "\u0308", "\u00b4": "\u0301", "`": "\u0300", "\u02c6": "\u0302", "\u02dc": "\u0303",
    "\u00b8": "\u0327", "\u02c7": "\u030c", "\u02d8": "\u0306", "\u02da": "\u030a",
    "\u02dd": "\u030b", "\u02d9": "\u0307", "\u00af": "\u0304",
}  # fmt: skip


@dataclass(slots=True)
class Run:
    """Letters of one base line, in no particular order; the extent is that of what can be seen."""

    x0: float
    x1: float
    base: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)
    drop: bool = False  # begins with a letter that is some lines tall

    @property
    def top(self) -> float:
        """The upper end of its letters."""
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        """The lower end of its letters."""
        return self.base + 0.2 * self.size

    def take(self, other: Run) -> None:
        """Take over the letters of another run of the same line."""
        self.glyphs.extend(other.glyphs)
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        if other.size > self.size:
            self.base, self.size = other.base, other.size

    @property
    def text(self) -> str:
        """Its letters as they were written down."""
        return "".join(glyph.text for glyph in self.glyphs)


def runs_of(glyphs: Sequence[Glyph]) -> list[Run]:
    """Return the runs of letters as the file wrote them, those that only look doubled taken once."""
    runs: list[Run] = []
    run: Run | None = None
    blanks = 0
    for glyph in glyphs:
        if glyph.text == " ":
            if run:
                run.glyphs.append(glyph)
                blanks += 1
            continue
        if run and _goes_on(run, glyph, blanks):
            _append(run, glyph)
        else:
            run = Run(glyph.x0, glyph.x1, glyph.base, glyph.size, [glyph])
            runs.append(run)
        blanks = 0
    return _without_doubles(runs)


def _goes_on(run: Run, glyph: Glyph, blanks: int) -> bool:
    size = max(run.size, glyph.size)
    if abs(glyph.base - run.base) > 0.08 * size or not 0.85 < glyph.size / run.size < 1.18:
        return False
    if blanks > 2:
        return False
    reach = (SPACED if blanks else NEAR) * size
    return -_OVER * size <= glyph.x0 - run.x1 <= reach or (
        -_OVER * size <= run.x0 - glyph.x1 <= reach and _runs_left(glyph.text)
    )


def _runs_left(text: str) -> bool:
    return unicodedata.bidirectional(text[0]) not in ("L", "ES", "CS", "ET")


def _append(run: Run, glyph: Glyph) -> None:
    last = run.glyphs[-1]
    if unicodedata.category(glyph.text[0]) == "Mn" and last.text != " ":
        run.glyphs[-1] = last._replace(text=last.text + glyph.text)
        return
    mark = _ACCENTS.get(last.text)
    if mark and glyph.text.isalpha() and glyph.x0 < last.x1 - 0.5 * (last.x1 - last.x0):
        run.glyphs[-1] = glyph._replace(
            text=unicodedata.normalize("NFC", glyph.text + mark), x0=min(glyph.x0, last.x0)
        )
    else:
        run.glyphs.append(glyph)
    run.x0, run.x1 = min(run.x0, glyph.x0), max(run.x1, glyph.x1)


def _without_doubles(runs: list[Run]) -> list[Run]:
    """Leave out runs that repeat another in nearly its place: a shadow, or bold by hand."""
    kept: list[Run] = []
    places: dict[tuple[str, int, int, int], Run] = {}
    for run in runs:
        text, near = run.text.replace(" ", ""), 0.2 * run.size
        size, x, y = round(run.size), int(run.x0 / near), int(run.base / near)
        around = ((text, size, x + right, y + down) for right in (0, -1, 1) for down in (0, -1, 1))
        twin = next((places[cell] for cell in around if cell in places), None)
        if twin is None or abs(twin.x0 - run.x0) > near or abs(twin.base - run.base) > near:
            places[text, size, x, y] = run
            kept.append(run)
        else:
            twin.glyphs = [glyph._replace(bold=True) for glyph in twin.glyphs]
    return kept


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the runs by base line from the top, those of one line from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.base, run.x0)):
        if rows and run.base - rows[-1][-1].base <= _LEVEL * min(run.size, rows[-1][-1].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run.x0)
    return rows


def joined(row: Iterable[Run]) -> list[Run]:
    """Join the runs of a row that are near each other, or lie in each other's gaps."""
    whole: list[Run] = []
    for run in row:
        last = whole[-1] if whole else None
        if last and run.x0 - last.x1 <= NEAR * min(last.size, run.size) and _fits(last, run):
            last.take(run)
        else:
            whole.append(run)
    return whole


def _fits(last: Run, run: Run) -> bool:
    """Tell whether the letters of two runs do not lie on each other."""
    if not 0.4 < run.size / last.size < 2.5:
        return False
    over = last.x1 - run.x0
    if over <= 0.3 * min(run.size, last.size):
        return True
    covered = sum(
        max(0.0, min(one.x1, other.x1) - max(one.x0, other.x0))
        for one in run.glyphs
        if one.text != " "
        for other in last.glyphs
        if other.text != " " and other.x1 > one.x0
    )
    return covered < 0.3 * (run.x1 - run.x0)


def with_raised(runs: list[Run]) -> list[Run]:
    """Join small raised or lowered letters to the line that they stand beside."""
    if not runs:
        return runs
    least = 0.85 * statistics.median(run.size for run in runs)
    tall = [run for run in runs if run.size >= least or len(run.glyphs) > 12]
    if len(tall) == len(runs):
        return runs
    known = set(map(id, tall))
    left: list[Run] = []
    for run in runs:
        if id(run) in known:
            continue
        host = next((host for host in tall if _raised(run, host)), None)
        if host is None:
            left.append(run)
        else:
            host.take(run)
    return sorted([*tall, *left], key=lambda run: (run.base, run.x0))


def _raised(run: Run, host: Run) -> bool:
    middle = (run.top + run.bottom) / 2
    if run.size >= 0.85 * host.size or not host.top - 0.2 * host.size <= middle <= host.bottom:
        return False
    reach = 0.35 * host.size
    return host.x0 - reach <= run.x1 and run.x0 <= host.x1 + reach


def with_drop_capitals(runs: list[Run]) -> list[Run]:
    """Put a capital that is some lines tall before the first of the lines beside it."""
    if not runs:
        return runs
    usual = statistics.median(run.size for run in runs)
    kept = list(runs)
    for run in runs:
        letters = run.text.strip()
        if len(letters) > 2 or run.size < 1.8 * usual or not letters.isalpha():
            continue
        head = run.base - 0.72 * run.size
        line = min(
            (
                other
                for other in kept
                if other is not run
                and other.size < 0.7 * run.size
                and -0.3 * run.size < other.x0 - run.x1 < 0.6 * run.size
                and abs(other.base - 0.7 * other.size - head) < 0.8 * other.size
            ),
            key=lambda other: other.base,
            default=None,
        )
        if line:
            kept.remove(run)
            first = line.x0
            line.glyphs.extend(
                glyph._replace(x0=first, x1=first, base=line.base, size=line.size)
                for glyph in run.glyphs
                if glyph.text != " "
            )
            line.drop = True
    return kept
