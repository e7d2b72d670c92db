import pytest

from briefing_app.assets import resource
from briefing_app.domain.moment import Moment, parse_iso, parse_stamp
from briefing_app.errors import ExportFailure
from briefing_app.exporters import datafile, style
from briefing_app.exporters.labels import Labels, load_labels

HOUSE = resource("styles", "house.toml")


def edited(tmp_path, old, new):
    text = HOUSE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "house.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_house_style_is_there_on_both_papers():
    a4, letter = style.load_style("house", "A4"), style.load_style("house", "Letter")
    assert (round(a4.width), round(a4.height)) == (595, 842)
    assert (letter.width, letter.height) == (612, 792)
    assert a4.text.body.size >= 9


def test_a_style_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ExportFailure, match="baroque") as failure:
        style.load_style("baroque")
    assert "house" in failure.value.next_step


@pytest.mark.parametrize("name", ["../labels/en", "/etc/passwd", ""])
def test_a_style_is_a_name_and_never_a_path(name):
    with pytest.raises(ExportFailure, match="There is no style"):
        style.load_style(name)


def test_a_paper_that_is_not_there_is_named():
    with pytest.raises(ExportFailure, match="A5") as failure:
        style.load_style("house", "A5")
    assert "Letter" in failure.value.next_step


def test_a_missing_key_is_named_with_its_table(tmp_path):
    path = edited(tmp_path, "top = 27\n", "")
    with pytest.raises(ExportFailure, match=r"house\.toml: the key “margins\.top” is missing"):
        datafile.read(path, style._StyleFile)


def test_an_unknown_key_is_named_with_its_table(tmp_path):
    path = edited(tmp_path, "top = 27\n", "top = 27\ntopp = 3\n")
    with pytest.raises(ExportFailure, match=r"no such key as “margins\.topp”"):
        datafile.read(path, style._StyleFile)


def test_a_value_of_another_kind_is_named(tmp_path):
    path = edited(tmp_path, "top = 27", 'top = "wide"')
    with pytest.raises(ExportFailure, match=r"“wide” does not fit the key “margins\.top”"):
        datafile.read(path, style._StyleFile)


def test_an_unknown_face_is_named_with_those_that_are_known(tmp_path):
    path = edited(tmp_path, 'face = "serif"', 'face = "comic"')
    with pytest.raises(ExportFailure, match="comic") as failure:
        datafile.read(path, style._StyleFile)
    assert "serif-semibold" in failure.value.next_step


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('ink = "#1B1F24"', 'ink = "black"', "colours.ink"),
        ('colour = "muted"', 'colour = "pink"', "text.byline.colour"),
    ],
)
def test_a_colour_that_is_none_is_named(tmp_path, old, new, named):
    found = datafile.read(edited(tmp_path, old, new), style._StyleFile)
    with pytest.raises(ExportFailure, match=named):
        style._check_colours("house.toml", found)


def test_a_file_that_is_not_toml_is_named(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text("= nonsense", encoding="utf-8")
    with pytest.raises(ExportFailure, match=r"house\.toml cannot be read"):
        datafile.read(path, style._StyleFile)


@pytest.mark.parametrize("path", sorted(resource("labels").glob("*.toml")), ids=lambda p: p.stem)
def test_every_language_has_all_words_and_twelve_months(path):
    labels = datafile.read(path, Labels)
    assert labels.language == path.stem
    assert labels.direction in ("ltr", "rtl")
    assert len(set(labels.dates.months)) == 12
    assert "{page}" in labels.words.page
    assert "{pages}" in labels.words.page
    assert {"{day}", "{month}", "{year}"} <= set(labels.dates.date.replace(".", " ").split())


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (parse_stamp("Sun Jan 25 04:53:41 UTC 2026"), "25 January 2026, 04:53 UTC"),
        (parse_iso("2026-01-25T06:30+01:00"), "25 January 2026, 06:30 UTC+01:00"),
        (parse_iso("2026-01-25T06:30-03:30"), "25 January 2026, 06:30 UTC-03:30"),
        (parse_iso("2026-01-25T06:30"), "25 January 2026, 06:30"),
        (parse_iso("2026-01-25"), "25 January 2026"),
    ],
)
def test_a_moment_is_printed_as_it_was_given(moment, text):
    assert isinstance(moment, Moment)
    assert load_labels("en").date_time(moment) == text
