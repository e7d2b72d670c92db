"""What repeats on pages, tables, facts, and what programs other than ours write."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib import pdfencrypt

from briefing_app.domain.moment import Moment
from briefing_app.errors import UnreadableSource
from briefing_app.exporters.pdf import exporter
from briefing_app.exporters.style import load_style
from briefing_app.importers.pdf.facts import authors_of, moment_of, title_of
from briefing_app.progress import NoProgress
from tests.unit.exporters.contents import content, seed_story
from tests.unit.importers.pdf.papers import BOLD, canvas, column, lines, saved, sentences
from tests.unit.importers.pdf.papers_read import article, left_out, read, rows

FILES = Path(__file__).with_name("files")


def report(pages=4):
    """A report with a head and a foot on each page, and one paragraph through all of it."""
    paper, out = canvas()
    for number in range(1, pages + 1):
        lines(paper, ["The Daily Report"], 60, 810, size=9)
        lines(paper, [f"12 May 2026 - Page {number} of {pages}"], 400, 30, size=9)
        words = sentences(f"Page {number} of one long paragraph that", 30).removesuffix(".")
        column(paper, words + (" and" if number < pages else "."), 60, 760, 470)
        paper.showPage()
    return saved(paper, out)


def test_heads_feet_and_page_numbers_are_left_out_but_kept():
    found = article(report())
    assert "Daily Report" not in found.body.included_text()
    assert "12 May" not in found.body.included_text()
    assert left_out(found).count("The Daily Report") == 4
    assert "12 May 2026 - Page 3 of 4" in left_out(found)


def test_blocks_know_their_page():
    paper, out = canvas()
    for name in ("One", "Two", "Three"):
        column(paper, sentences(name, 5), 60, 700, 400)
        paper.showPage()
    found = article(saved(paper, out)).body
    assert [(b.page, found.text[b.start : b.start + 3]) for b in found.blocks] == [
        (1, "One"),
        (2, "Two"),
        (3, "Thr"),
    ]


def test_a_paragraph_goes_on_over_the_page_and_its_foot():
    paper, out = canvas()
    text = sentences("One paragraph that is too long for the rest of its page", 60)
    words = text.split(" ")
    for number, part in enumerate((words[:420], words[420:]), 1):
        column(paper, " ".join(part), 60, 760, 470)
        lines(paper, [f"- {number} -"], 290, 30, size=9)
        paper.showPage()
    found = article(saved(paper, out))
    assert rows(found) == [("paragraph", text)]
    assert left_out(found) == ["- 1 -", "- 2 -"]


def test_notes_at_the_foot_do_not_come_between():
    paper, out = canvas()
    text = sentences("One paragraph with a note at the foot of its page", 60)
    words = text.split(" ")
    column(paper, " ".join(words[:425]), 60, 760, 470)
    column(paper, "1 This is the note, in small letters.", 60, 80, 470, size=7)
    paper.showPage()
    column(paper, " ".join(words[425:]), 60, 760, 470)
    found = rows(article(saved(paper, out)))
    assert found == [("paragraph", text), ("paragraph", "1 This is the note, in small letters.")]


def test_a_drawn_table_is_a_table():
    paper, out = canvas()
    column(paper, sentences("Above", 4), 60, 760, 470)
    rows_ = [["City", "Hospitals", "Note"], ["Sumy", "7", "two of them in use"], ["Kyiv", "12", ""]]
    for at in range(4):
        paper.line(60, 640 - 20 * at, 420, 640 - 20 * at)
        paper.line(60 + 120 * at, 640, 60 + 120 * at, 580)
    for down, row in enumerate(rows_):
        for across, cell in enumerate(row):
            lines(paper, [cell], 64 + 120 * across, 626 - 20 * down)
    column(paper, sentences("Below", 4), 60, 540, 470)
    found = rows(article(saved(paper, out)))
    assert [kind for kind, _ in found] == ["paragraph", "table", "paragraph"]
    assert found[1][1] == "City\tHospitals\tNote\nSumy\t7\ttwo of them in use\nKyiv\t12\t"


def test_short_cells_in_columns_are_a_table_without_lines():
    paper, out = canvas()
    for down, row in enumerate(
        (("City", "2024", "2025"), ("Sumy", "7", "9"), ("Kyiv", "12", "14"))
    ):
        for across, cell in enumerate(row):
            lines(paper, [cell], 64 + 120 * across, 626 - 14 * down)
    assert rows(article(saved(paper, out))) == [
        ("table", "City\t2024\t2025\nSumy\t7\t9\nKyiv\t12\t14")
    ]


def test_a_drawn_table_whose_rows_are_not_all_parted_by_lines_has_them_all():
    paper, out = canvas()
    for at in range(4):
        paper.line(60 + 120 * at, 640, 60 + 120 * at, 570)
    for y in (640, 620, 570):
        paper.line(60, y, 420, y)
    for down, row in enumerate(
        (("City", "2024", "2025"), ("Sumy", "7", "9"), ("Kyiv", "12", "14"))
    ):
        for across, cell in enumerate(row):
            lines(paper, [cell], 64 + 120 * across, 626 - 20 * down)
    assert rows(article(saved(paper, out))) == [
        ("table", "City\t2024\t2025\nSumy\t7\t9\nKyiv\t12\t14")
    ]


def test_a_frame_around_a_table_without_lines_is_not_its_cells():
    paper, out = canvas()
    for x in (60, 400, 540):
        paper.line(x, 640, x, 560)
    for y in (640, 600, 560):
        paper.line(60, y, 540, y)
    for down, row in enumerate(
        (("City", "2024", "2025"), ("Sumy", "7", "9"), ("Kyiv", "12", "14"))
    ):
        for across, cell in enumerate(row):
            lines(paper, [cell], 64 + 100 * across, 626 - 14 * down)
    assert rows(article(saved(paper, out))) == [
        ("table", "City\t2024\t2025\nSumy\t7\t9\nKyiv\t12\t14")
    ]


def test_the_title_is_that_of_the_properties_and_stands_once():
    paper, out = canvas()
    paper.setTitle("Grain and war")
    paper.setAuthor("Olena Koval; Jan Maly")
    lines(paper, ["Grain and war"], 60, 780, size=22, font=BOLD)
    column(paper, sentences("Body", 5), 60, 740, 400)
    found = article(saved(paper, out))
    assert (found.title, found.authors) == ("Grain and war", ("Olena Koval", "Jan Maly"))
    assert ("title", "document properties") in found.origins
    assert "Grain and war" not in found.body.included_text()
    assert "Grain and war" in found.body.text


def test_else_it_is_the_largest_text_and_else_the_name_of_the_file():
    paper, out = canvas()
    paper.setTitle("Microsoft Word - draft_3.doc")
    lines(paper, ["Grain and war in the", "shadow of the river"], 60, 780, size=22)
    column(paper, sentences("Body", 5), 60, 700, 400)
    found = article(saved(paper, out))
    assert found.title == "Grain and war in the shadow of the river"
    assert ("title", "largest text") in found.origins
    paper, out = canvas()
    column(paper, sentences("Body", 5), 60, 700, 400)
    assert article(saved(paper, out), "press_review.pdf").title == "press review"


@pytest.mark.parametrize(
    "said",
    ["untitled", "(anonymous)", "Slide 1", "report.indd", "12", "Microsoft Word - a b", "SW0412"],
)
def test_what_programs_put_there_of_themselves_is_no_title(said):
    assert title_of(said, "Some text of the page") == ""


def test_authors_are_people():
    assert authors_of("Olena Koval; Administrator") == ("Olena Koval",)
    assert authors_of("C:\\Users\\x") == authors_of("user") == authors_of("a@b.c") == ()


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("D:20260125045341+01'00'", Moment(dt.date(2026, 1, 25), dt.time(4, 53, 41), 60)),
        ("D:20260125045341Z", Moment(dt.date(2026, 1, 25), dt.time(4, 53, 41), 0, "UTC")),
        ("D:20260125", Moment(dt.date(2026, 1, 25))),
        ("D:2026", None),
        ("D:20261325", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_read_as_it_is_given(said, moment):
    assert moment_of(said) == moment


def test_our_own_brief_comes_back():
    made = exporter.write(content(seed_story()), load_style("house", "A4"), NoProgress())
    found = article(made.data, "brief.pdf")
    text = found.body.included_text()
    for statement in seed_story().statements:
        assert statement.text in text
    assert found.title


def test_what_libreoffice_writes_in_arabic():
    found = article((FILES / "arabic.pdf").read_bytes())
    assert found.title == "عنوان الخبر الأول"
    assert (found.direction, found.language) == ("rtl", "")
    assert [text for _, text in rows(found)] == [
        (
            "قال المتحدث باسم الحكومة يوم 12 يناير 2026 إن عدد اللاجئين بلغ 3,500 شخص "
            "(وفقا لتقرير الأمم المتحدة)، وأضاف أن الأوضاع لا تزال صعبة في المنطقة. وتابع أن شركة "
            "Google Inc. أعلنت عن خطة جديدة بقيمة 25.5 مليون دولار لدعم الاقتصاد المحلي."
        ),
        (
            "ومن المتوقع أن تستمر المفاوضات بين الطرفين خلال الأيام المقبلة، بينما يرى مراقبون أن الحل "
            "لا يزال بعيدا."
        ),
    ]


def test_what_libreoffice_writes_in_arabic_columns():
    found = article((FILES / "arabic_columns.pdf").read_bytes())
    texts = [text for _, text in rows(found)]
    assert len(texts) == 4
    assert "(وفقا لتقرير الأمم المتحدة)، وأضاف أن" in texts[0]
    assert texts[1].startswith("ومن المتوقع أن تستمر المفاوضات بين الطرفين خلال الأيام المقبلة")
    assert texts[3].startswith("وختم الوزير")


def test_what_libreoffice_writes_in_ukrainian_columns():
    found = article((FILES / "ukrainian.pdf").read_bytes())
    assert (found.title, found.authors, found.language) == (
        "Новини дня",
        ("Олена Коваль",),
        "uk-UA",
    )
    kinds = [kind for kind, _ in rows(found)]
    assert kinds[:4] == ["paragraph", "paragraph", "paragraph", "table"]
    assert rows(found)[3][1] == "Місто\tЛікарень\nЧернігів\t12\nСуми\t7"
    assert rows(found)[2][1] == (
        "За словами речниці уряду, найбільше грошей піде на відбудову лікарень та шкіл у північних "
        "областях, де взимку не вистачало тепла."
    )


def locked(user):
    paper, out = canvas(
        encrypt=pdfencrypt.StandardEncryption(user, ownerPassword="owner", canCopy=0)
    )
    column(paper, sentences("Body", 5), 60, 700, 400)
    return saved(paper, out)


def test_a_password_to_open_it_is_told_with_what_to_do():
    with pytest.raises(UnreadableSource, match="password") as caught:
        read(locked("secret"))
    assert "save a copy without" in caught.value.next_step


def test_a_password_that_only_forbids_something_is_none():
    assert sentences("Body", 5) in article(locked("")).body.text


def test_pages_without_text_are_told_with_what_to_do():
    paper, out = canvas()
    paper.rect(60, 60, 400, 600, fill=1)
    with pytest.raises(UnreadableSource, match="pictures") as caught:
        read(saved(paper, out))
    assert "Tesseract" in caught.value.next_step


def test_some_pages_without_text_are_a_warning():
    paper, out = canvas()
    column(paper, sentences("Body", 5), 60, 700, 400)
    for _ in range(3):
        paper.showPage()
        paper.rect(60, 60, 400, 600, fill=1)
    (warning,) = read(saved(paper, out)).warnings
    assert "2-4" in str(warning)


def test_empty_pages_are_told():
    paper, out = canvas()
    paper.showPage()
    with pytest.raises(UnreadableSource, match="empty"):
        read(saved(paper, out))


def test_an_html_page_that_talks_of_pdf_is_not_taken_for_one():
    found = read(
        b"<html><body><p>A file begins with %PDF-1.7 if it is one.</p></body></html>", "a.html"
    )
    assert found.format == "Web page"


def test_what_is_filled_into_a_form_is_read():
    paper, out = canvas()
    lines(paper, ["Name of the applicant:"], 60, 700)
    paper.acroForm.textfield(value="Olena Koval", x=180, y=692, width=200, height=20, fontSize=10)
    column(paper, sentences("Body", 5), 60, 660, 400)
    assert "Olena Koval" in article(saved(paper, out)).body.text


def test_files_inside_are_named():
    paper, out = canvas()
    column(paper, sentences("Body", 5), 60, 700, 400)
    with pypdfium2.PdfDocument(saved(paper, out)) as document:
        document.new_attachment("figures.csv").set_data(b"1,2")
        whole = io.BytesIO()
        document.save(whole)
    (warning,) = read(whole.getvalue()).warnings
    assert "figures.csv" in str(warning)
