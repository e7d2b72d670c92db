"""Write the man page from the parser, so that it says what the program does.

python packaging/linux/man_page.py > packaging/linux/briefing-app.1
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT))

from briefing_app.cli.parser import make_parser  # noqa: E402 (the checkout goes first)

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = r"""
.TH BRIEFING\-APP 1 "" "Briefing Desk" "User commands"
.SH NAME
briefing\-app, briefing\-desk \- turn articles into a briefing, offline
.SH SYNOPSIS
.B briefing\-app
.RB [ \-\-library
.IR DIR ]
.RI [ COMMAND " ...]"
.br
.B briefing\-desk
.SH DESCRIPTION
Briefing Desk imports articles, turns highlighted passages into key points, takeaways and impact
items, and prints them as a brief.
.B briefing\-desk
opens the window.
.B briefing\-app
does the same work as a command; without one it opens the window.
.PP
An id may be shortened to its first characters, six at least, where only one thing has them.
""".strip()

TAIL = r"""
.SH EXIT STATUS
0 if all is done, 1 if something failed and is named on standard error, 2 for wrong usage.
.SH FILES
.TP
.I ~/.local/share/BriefingDesk/Library.briefinglib
The library, unless \-\-library names another.
.TP
.I ~/.config/BriefingDesk/settings.toml
How the window stood, and what was chosen in it.
.SH EXAMPLES
.nf
briefing\-app build story.txt \-\-to brief.pdf

briefing\-app import page.html \-\-json
briefing\-app annotate 4f3c2a1b \-\-quote "The strait froze." \-\-as key\-point \-\-json
briefing\-app export 9e8d7c6b \-\-to brief.pdf
.fi
""".strip()


def page() -> str:
    """Return the man page."""
    parser = make_parser()
    lines = [HEAD, ".SH OPTIONS", *_arguments(parser), ".SH COMMANDS"]
    for name, command in _commands(parser):
        lines += [f".SS {_roff(name)}", f".B briefing\\-app {_roff(name)}", _usage(command), ".PP"]
        lines += [_roff(command.description or ""), *_arguments(command)]
    return "\n".join((*lines, TAIL, ""))


def _commands(
    parser: argparse.ArgumentParser, above: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Go through the commands that do something, those of groups included."""
    for action in _actions(parser):
        for name, command in (action.choices or {}).items() if _is_group(action) else ():
            if any(_is_group(inner) for inner in _actions(command)):
                yield from _commands(command, f"{above}{name} ")
            else:
                yield f"{above}{name}", command


def _usage(parser: argparse.ArgumentParser) -> str:
    r"""Return the arguments of a command on one line: \fIARTICLE\fR [\fB--comment\fR ...]."""
    words = []
    for action in _actions(parser):
        if action.option_strings:
            word = f"{_bold(action.option_strings[-1])}{_value(action)}"
            words.append(word if action.required else f"[{word}]")
        elif not _is_group(action):
            words.append(_value(action).strip() + ("..." if action.nargs == "+" else ""))
    return " ".join(words)


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in _actions(parser):
        if not _is_group(action):
            name = _bold(action.option_strings[-1]) if action.option_strings else ""
            yield from (".TP", f"{name}{_value(action)}".strip(), _roff(action.help or ""))


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    known = parser._actions  # noqa: SLF001 (argparse has no public way to ask)
    return [action for action in known if "-h" not in action.option_strings]


def _is_group(action: argparse.Action) -> bool:
    return isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 (argparse names no public type)


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    named = action.metavar if isinstance(action.metavar, str) else ""
    return f" \\fI{_roff(named or '|'.join(map(str, action.choices or ())))}\\fR"


def _bold(text: str) -> str:
    return f"\\fB{_roff(text)}\\fR"


def _roff(text: str) -> str:
    """Return text that roff prints as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr] # a real stream
    sys.stdout.write(page())
