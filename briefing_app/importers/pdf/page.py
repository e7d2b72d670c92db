"""A page read: its letters made into lines, and its lines into boxes in reading order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing_app.importers.pdf.boxes import Box, boxes, in_order, with_labels
from briefing_app.importers.pdf.gutters import Gutter, gutters, joined_across
from briefing_app.importers.pdf.lines import Line, line_of
from briefing_app.importers.pdf.runs import (
    joined,
    rows_of,
    runs_of,
    with_drop_capitals,
    with_raised,
)
from briefing_app.importers.pdf.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing_app.importers.pdf.drawn import Rule
    from briefing_app.importers.pdf.glyphs import Sheet
    from briefing_app.importers.pdf.runs import Run

Row = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page by base line; `aside` are those of text that runs another way.

    `number` counts from 1; `unknown` of its `letters` stand for nothing that the file would say.
    Units: points, of the page held so that most of its text is level.
    """

    number: int
    width: float
    height: float
    rows: tuple[Row, ...] = ()
    aside: tuple[Row, ...] = ()
    rules: tuple[Rule, ...] = ()
    rtl: bool = False
    letters: int = 0
    unknown: int = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of its level lines from the top."""
        return tuple(line for row in self.rows for line in row)

    def without(self, left_out: Callable[[Line], bool]) -> Page:
        """Return it without some of its lines."""
        rows = (tuple(line for line in row if not left_out(line)) for row in self.rows)
        return replace(self, rows=tuple(row for row in rows if row))


def page_of(number: int, sheets: Sequence[Sheet], size: tuple[float, float]) -> Page:
    """Return the lines of a page; its first sheet is what most of its text is on."""
    if not sheets:
        return Page(number, *size)
    main = sheets[0]
    rows = _rows(main)
    aside = [row for sheet in sheets[1:] if sheet.turn >= 0 for row in _rows(sheet)]
    lines = [line for row in rows for line in row]
    return Page(
        number,
        main.width,
        main.height,
        tuple(rows),
        tuple(aside),
        main.rules,
        sum(line.rtl for line in lines) > len(lines) / 2,
        sum(len(sheet.glyphs) for sheet in sheets),
        main.unknown,
    )


def page_with_letters(
    number: int, sheet: Sheet, size: tuple[float, float]
) -> tuple[Page, dict[int, Run]]:
    """Return a page, and the letters of each of its lines by the line's id."""
    runs: dict[int, Run] = {}
    rows: list[Row] = []
    for row in runs_in_rows(sheet):
        lines = [(line_of(run), run) for run in row]
        kept = [(line, run) for line, run in lines if line.text.strip()]
        runs.update((id(line), run) for line, run in kept)
        if kept:
            rows.append(tuple(line for line, _ in kept))
    rtl = sum(line.rtl for row in rows for line in row) > len(runs) / 2
    return Page(number, *size, rows=tuple(rows), rules=sheet.rules, rtl=rtl), runs


def boxes_of(page: Page) -> list[Box]:
    """Return the boxes of a page in reading order."""
    if not page.rows:
        return []
    found, lines = tables(page.rows, page.rules)
    return in_order([*with_labels(boxes(lines)), *found], rtl=page.rtl)


def runs_in_rows(sheet: Sheet) -> list[list[Run]]:
    """Return the letters of a sheet joined to lines, those of one base line from the left."""
    runs = with_drop_capitals(runs_of(sheet.glyphs))
    rows = rows_of(run for row in rows_of(runs) for run in joined(row))
    rows = rows_of(with_raised([run for row in rows for run in row]))
    strips = gutters(rows)
    upright = (rule for rule in sheet.rules if rule.x1 - rule.x0 < rule.y1 - rule.y0)
    drawn = sorted(Gutter(*rule) for rule in upright)
    return [joined_across(row, strips, drawn) for row in rows]


def _rows(sheet: Sheet) -> list[Row]:
    lines = ([line_of(run) for run in row] for row in runs_in_rows(sheet))
    kept = (tuple(line for line in row if line.text.strip()) for row in lines)
    return [row for row in kept if row]
