"""LaTeX as it stands in references, as plain text."""

from __future__ import annotations

import re

from bibtexparser.latexenc import latex_to_unicode

_COMMAND = re.compile(
    r"\\(?:textit|textbf|textsc|textrm|textsf|texttt|textup|emph|mathrm|mathit|mathbf|url|href"
    r"|uppercase|lowercase|enquote|it|bf|sc|em|rm)(?![A-Za-z])\s*"
)
_BREAK = re.compile(r"\\\\|\\(?:newline|par)(?![A-Za-z])|~")
_DOLLARS = re.compile(r"(?<!\\)\$")
_LONGEST = 200_000  # code points; each sign that LaTeX knows is looked for


def plain(text: str) -> str:
    """Return a text without commands: letters with their accents, dashes and quotation marks."""
    if "\\" in text or "{" in text:
        text = _DOLLARS.sub("", _BREAK.sub(" ", _COMMAND.sub("", text)))
        text = latex_to_unicode(text) if len(text) <= _LONGEST else re.sub(r"[{}]", "", text)
    text = text.replace("---", "\u2014").replace("--", "\u2013")
    return text.replace("``", "\u201c").replace("''", "\u201d")
