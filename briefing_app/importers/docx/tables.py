"""Tables as the converter's document has them, made into rows of plain cells.

A cell holds paragraphs there, and a row whose cells hold blocks is taken apart into them. That is
right for a table that only places things on the page; the cells of one that holds data become lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mammoth import documents, transforms
from mammoth.documents import Document, Table, TableCell, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mammoth.documents import Element

_LONGEST_CELL = 1500  # code points; a longer one is a column of text
_WIDEST = 200  # columns


def with_plain_tables(document: Document) -> Document:
    """Return a document with the tables of data made plain."""
    return transforms.element_of_type(Table, _plain)(document)


def _plain(table: Table) -> Table:
    rows = [row for row in table.children if isinstance(row, TableRow)]
    if max((len(row.children) for row in rows), default=0) < 2 or not all(
        map(_is_data, _cells(rows))
    ):
        return table
    covered: dict[int, int] = {}  # column -> rows that a cell from above still covers
    return table.copy(children=[_plain_row(row, covered) for row in rows])


def _cells(rows: Sequence[TableRow]) -> Iterator[TableCell]:
    return (cell for row in rows for cell in row.children)


def _is_data(cell: TableCell) -> bool:
    only_text = all(isinstance(block, documents.Paragraph) for block in cell.children)
    return only_text and sum(map(_length, cell.children)) <= _LONGEST_CELL


def _length(element: Element) -> int:
    return len(getattr(element, "value", "")) + sum(map(_length, getattr(element, "children", ())))


def _plain_row(row: TableRow, covered: dict[int, int]) -> TableRow:
    """Return a row with a cell for each column, those that others reach into being empty."""
    cells: list[Element] = []

    def pass_covered() -> None:
        while covered.get(len(cells), 0) > 0:
            covered[len(cells)] -= 1
            cells.append(documents.table_cell([]))

    for cell in row.children:
        pass_covered()
        width = max(1, min(int(cell.colspan), _WIDEST - len(cells)))
        for column in range(len(cells), len(cells) + width):
            covered[column] = max(0, int(cell.rowspan) - 1)
        cells.append(documents.table_cell(_line(cell)))
        cells += [documents.table_cell([]) for _ in range(width - 1)]
    pass_covered()
    return row.copy(children=cells)


def _line(cell: TableCell) -> list[Element]:
    """Return what stands in a cell's paragraphs, with a blank between two of them."""
    inside: list[Element] = []
    for paragraph in cell.children:
        if inside and paragraph.children:
            inside.append(documents.text(" "))
        inside += paragraph.children
    return inside
