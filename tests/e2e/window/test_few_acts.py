"""How many clicks and keys the daily job takes beyond the prose: ui.md allows 26."""

from __future__ import annotations

from PySide6.QtCore import Qt

from briefing_app.domain.statement import Part
from tests.e2e.window.person import CTRL

Key = Qt.Key
ARTICLES = 10
LIMIT = 26


def test_ten_files_six_points_an_impact_analysis_and_a_pdf_take_few_acts(person, tmp_path):
    files = [tmp_path / f"article {number}.txt" for number in range(ARTICLES)]
    for number, path in enumerate(files):
        path.write_text(f"Report {number}\n\nFirst fact {number}. Second fact {number}.\n")
    person.until(lambda: person.reading().startswith("Abu Dhabi talks"))
    person.acts = 0

    person.drop(*files, on=person.furniture.reader)
    person.until(lambda: person.furniture.strip.text() == "10 imported.")
    with person.answering(lambda _dialog: (person.type("Daily"), person.keys(Key.Key_Return))):
        person.keys((CTRL, Key.Key_N))
    person.until(person.composer.headline.hasFocus)
    person.type("What the reports say")
    for number in (1, 4, 7):
        person.open_article(f"Report {number}")
        for fact in (f"First fact {number}.", f"Second fact {number}."):
            person.select(fact)
            person.keys(Key.Key_K)
    person.until(lambda: len(person.rows(Part.KEY_POINTS)) == 6)
    person.click(person.composer.column.card(Part.IMPACT)._add)
    person.type("Prices rise")
    person.keys(Key.Key_Return)
    person.type("Ships wait")
    person.until(lambda: person.rows(Part.IMPACT) == ["Prices rise", "Ships wait"])
    with person.answering(lambda _dialog: person.keys(Key.Key_Return)):
        person.keys((CTRL, Key.Key_E))
    person.until(lambda: list(tmp_path.glob("Daily *.pdf")))
    assert person.acts <= LIMIT
