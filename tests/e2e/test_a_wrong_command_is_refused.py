"""What the command line says to somebody who types something else than it takes."""

from __future__ import annotations

import pytest

import briefing_app


def test_the_version_is_that_of_the_package(briefing):
    assert briefing("--version").out == f"Briefing Desk {briefing_app.__version__}\n"


def test_help_names_the_commands(briefing):
    out = briefing("--help").out

    for name in ("build", "import", "annotate", "export"):
        assert f"\n    {name} " in out


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["bild"], "invalid choice: 'bild'"),
        (["build"], "the following arguments are required: FILE"),
        (["build", "a.txt", "--to", "brief.docx"], "cannot write brief.docx"),
        (["build", "a.txt", "--to", "brief"], "cannot write brief"),
        (["build", "a.txt", "--to", "b.pdf", "--date", "25.1.2026"], "2026-01-25"),
        (["build", "a.txt", "--to", "b.pdf", "--page", "A3"], "invalid choice: 'A3'"),
        (["build", "a.txt", "--to", "b.pdf", "--sty", "x"], "unrecognized arguments: --sty"),
        (["annotate", "abcdef", "--quote", "x", "--as", "idea"], "invalid choice: 'idea'"),
        (["annotate", "abcdef", "--quote", " ", "--as", "story"], "the text is empty"),
        (["statement", "move", "abcdef", "--to", "0"], "the first one is 1"),
        (["brief"], "required: COMMAND"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_says_what_was_wrong(briefing, args, says):
    result = briefing(*args, code=2)

    assert says in result.err
    assert result.out == ""
