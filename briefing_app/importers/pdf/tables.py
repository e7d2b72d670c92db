"""Tables: those that are drawn with lines, and those whose short cells stand in columns."""

from __future__ import annotations

import itertools
import statistics
from typing import TYPE_CHECKING

from briefing_app.importers.pdf.boxes import Box, box_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing_app.importers.pdf.drawn import Rule
    from briefing_app.importers.pdf.lines import Line

_NEAR = 3.0  # points within which two lines meet, or are one
_MOST_RULES = 2_000
_MOST_ACROSS, _MOST_DOWN = 60, 1_000  # cells
_LONGEST_CELL = 120  # words; more in a cell is a page made with a table
_BESIDE = 0.15  # of the lines: where more stand side by side in a cell, the cells are others
_ALIKE = (
    0.6  # of the cells between two level lines: where so many have as many lines, those are rows
)
_SHORT, _SHORTER = 4, 2  # words in the usual cell of a table without lines
_FILLED = 0.85  # of its column's width: a cell that wide may be a line of running text
_STEP = 3.0  # times the size: rows farther apart are not of one table

Cells = tuple[tuple[str, ...], ...]


def tables(rows: Sequence[Sequence[Line]], rules: Sequence[Rule]) -> tuple[list[Box], list[Line]]:
    """Return the tables of a page, and the lines that are in none."""
    found: list[Box] = []
    taken: set[int] = set()
    for xs, ys in _grids(rules):
        inside = [
            line for row in rows for line in row if id(line) not in taken and _within(line, xs, ys)
        ]
        if table := _drawn(inside, xs, ys):
            found.append(table)
            taken.update(map(id, inside))
    left = [[line for line in row if id(line) not in taken] for row in rows]
    for part in _parts([row for row in left if row]):
        if table := _undrawn(part):
            found.append(table)
            taken.update(id(line) for row in part for line in row)
    return found, [line for row in rows for line in row if id(line) not in taken]


# drawn with lines


def _grids(rules: Sequence[Rule]) -> Iterable[tuple[list[float], list[float]]]:
    """Return the places of the upright and the level lines of each set that hangs together."""
    rules = rules[:_MOST_RULES]
    group = list(range(len(rules)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    upright = [at for at, rule in enumerate(rules) if _is_upright(rule)]
    level = [at for at, rule in enumerate(rules) if not _is_upright(rule)]
    for one in upright:
        for two in level:
            if _meet(rules[one], rules[two]):
                group[root(one)] = root(two)
    sets: dict[int, tuple[list[float], list[float]]] = {}
    for at, rule in enumerate(rules):
        xs, ys = sets.setdefault(root(at), ([], []))
        if _is_upright(rule):
            xs.append(rule.x0)
        else:
            ys.append(rule.y0)
    for xs, ys in sets.values():
        across, down = _merged(xs), _merged(ys)
        if 3 <= len(across) <= _MOST_ACROSS and 3 <= len(down) <= _MOST_DOWN:
            yield across, down


def _is_upright(rule: Rule) -> bool:
    return rule.x1 - rule.x0 < rule.y1 - rule.y0


def _meet(upright: Rule, level: Rule) -> bool:
    return (
        level.x0 - _NEAR <= upright.x0 <= level.x1 + _NEAR
        and upright.y0 - _NEAR <= level.y0 <= upright.y1 + _NEAR
    )


def _merged(places: list[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return kept


def _within(line: Line, xs: list[float], ys: list[float]) -> bool:
    middle = (line.top + line.bottom) / 2
    return xs[0] - _NEAR <= line.x0 and line.x1 <= xs[-1] + _NEAR and ys[0] <= middle <= ys[-1]


def _drawn(lines: Sequence[Line], xs: list[float], ys: list[float]) -> Box | None:
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        middle = (line.top + line.bottom) / 2
        row = sum(y <= middle for y in ys) - 1
        column = max(0, min(sum(x <= line.x0 + _NEAR for x in xs), len(xs) - 1) - 1)
        cells.setdefault((row, column), []).append(line)
    if _beside(cells.values()) > _BESIDE * len(lines):
        return None  # a frame around a table without lines
    filled = {down for down, _ in cells}, {across for _, across in cells}
    if min(map(len, filled)) < 2 or len(cells) < 0.25 * len(filled[0]) * len(filled[1]):
        return None
    order = sorted(filled[1], reverse=_is_rtl(lines))
    rows = [
        tuple(row.get(column, "") for column in order)
        for down in sorted(filled[0])
        for row in _band(
            {column: cells[down, column] for column in order if (down, column) in cells}
        )
    ]
    if any(len(text.split()) > _LONGEST_CELL for row in rows for text in row):
        return None
    return box_of(lines, tuple(rows))


def _band(cells: dict[int, list[Line]]) -> list[dict[int, str]]:
    """Return the rows between two level lines: one, or one for each line of its cells."""
    for cell in cells.values():
        cell.sort(key=lambda line: (line.base, line.x0))
    depth = max(map(len, cells.values()))
    level = [cell for cell in cells.values() if len(cell) == depth]
    if depth > 1 and len(level) > 1 and len(level) >= _ALIKE * len(cells) and _is_level(level):
        bases = [line.base for line in level[0]]
        rows: list[dict[int, str]] = [{} for _ in bases]
        for column, cell in cells.items():
            for line in cell:
                row = min(range(depth), key=lambda at: abs(bases[at] - line.base))
                rows[row][column] = " ".join((rows[row].get(column, ""), line.text.strip())).strip()
        return rows
    return [{at: " ".join(line.text.strip() for line in cell) for at, cell in cells.items()}]


def _is_level(cells: Sequence[Sequence[Line]]) -> bool:
    return all(
        abs(one.base - two.base) < 0.3 * one.size
        for cell in cells
        for one, two in zip(cells[0], cell, strict=True)
    )


def _beside(cells: Iterable[Sequence[Line]]) -> int:
    """Return how many lines have another one beside them in their cell."""
    count = 0
    for cell in cells:
        bases = sorted(line.base for line in cell)
        count += sum(b - a < 0.3 * cell[0].size for a, b in itertools.pairwise(bases))
    return count


def _is_rtl(lines: Sequence[Line]) -> bool:
    return sum(line.rtl for line in lines) > len(lines) / 2


# without lines


def _parts(rows: Sequence[Sequence[Line]]) -> Iterable[list[Sequence[Line]]]:
    """Return the runs of rows that have several parts each; one with a single part may lie between."""
    part: list[Sequence[Line]] = []
    for row in rows:
        near = part and row[0].base - part[-1][0].base <= _STEP * row[0].size
        if not near or (len(row) < 2 and len(part[-1]) < 2):
            yield from _closed(part)
            part = []
        if len(row) >= 2 or part:
            part.append(row)
    yield from _closed(part)


def _closed(part: list[Sequence[Line]]) -> Iterable[list[Sequence[Line]]]:
    """Return a run without single parts at its end, if it is long enough."""
    while part and len(part[-1]) < 2:
        del part[-1]
    if sum(len(row) > 1 for row in part) >= 3:
        yield part


def _undrawn(part: Sequence[Sequence[Line]]) -> Box | None:
    lines = [line for row in part if len(row) > 1 for line in row]
    columns = _columns(lines)
    if len(columns) < 2:
        return None
    grid: list[dict[int, Line]] = []
    for row in part:
        placed = _placed(row, columns)
        if len(placed) < len(row):
            return None
        grid.append(placed)
    full = [row for row in grid if len(row) > 1]
    words = statistics.median(len(line.text.split()) for line in lines)
    filled = sum(
        line.x1 - line.x0 >= _FILLED * (columns[at][1] - columns[at][0])
        for row in full
        for at, line in row.items()
    )
    texts = filled > len(lines) / 2
    if words > (_SHORTER if texts else _SHORT) or _is_sparse(full, len(columns)):
        return None
    order = sorted(range(len(columns)), reverse=_is_rtl(lines))
    return box_of(
        lines,
        tuple(tuple(row[at].text.strip() if at in row else "" for at in order) for row in grid),
    )


def _placed(row: Sequence[Line], columns: Sequence[tuple[float, float]]) -> dict[int, Line]:
    """Return the lines of a row by their column; one that stands in none is missing."""
    placed: dict[int, Line] = {}
    for line in row:
        for at, (x0, x1) in enumerate(columns):
            if x0 - _NEAR <= line.x0 <= x1 and (at not in placed):
                placed[at] = line
                break
    return placed


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the widths that cells take up together."""
    columns: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: line.x0):
        if columns and line.x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], line.x1))
        else:
            columns.append((line.x0, line.x1))
    return columns


def _is_sparse(grid: Sequence[dict[int, Line]], columns: int) -> bool:
    return sum(map(len, grid)) < 0.55 * len(grid) * columns
