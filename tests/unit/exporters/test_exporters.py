from briefing_app.domain.content import Content, ContentSection
from briefing_app.domain.statement import Part
from briefing_app.exporters import storytext
from briefing_app.exporters.base import FORMATS
from briefing_app.exporters.registry import EXPORTERS
from briefing_app.exporters.style import load_style
from briefing_app.progress import NoProgress
from tests.unit.exporters.contents import DAY, content, row, seed_bytes, seed_story, story


def test_the_registry_holds_every_form_that_is_offered():
    assert tuple((exporter.label, exporter.suffix) for exporter in EXPORTERS) == FORMATS


def test_every_form_gives_the_same_bytes_twice():
    for exporter in EXPORTERS:
        made = content(seed_story(), story(row(Part.KEY_POINTS, "x")), title="Brief")
        first = exporter.write(made, load_style(), NoProgress())
        assert first.data
        assert exporter.write(made, load_style(), NoProgress()) == first


def test_the_sample_story_comes_back_byte_for_byte():
    done = storytext.write(content(seed_story()), load_style(), NoProgress())
    assert done.data == seed_bytes()
    assert done.warnings == ()


def test_what_the_text_form_cannot_hold_is_named():
    made = Content(
        "Brief",
        DAY,
        (
            ContentSection(
                "Europe",
                (story(row(Part.KEY_POINTS, "x", "n1", "n2"), row(Part.NOT_KNOWN, "when")),),
            ),
        ),
    )
    done = storytext.write(made, load_style(), NoProgress())
    assert tuple(map(str, done.warnings)) == (
        "Left out, as the text form has no sections: Europe",
        "Left out of “A headline”: 2 links to passages",
        "Left out of “A headline”: not known",
    )
