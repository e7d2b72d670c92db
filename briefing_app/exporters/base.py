"""What an exporter is, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing_app.domain.content import Content
    from briefing_app.errors import Remark
    from briefing_app.exporters.style import Style
    from briefing_app.progress import Progress

# Known without loading an exporter: ReportLab is slow to load, and a list of formats costs nothing.
FORMATS = (("PDF", ".pdf"), ("Web page", ".html"), ("Markdown", ".md"), ("Story text", ".txt"))


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file; `pages` is 0 where there are none, `warnings` are for the user."""

    data: bytes
    pages: int = 0
    warnings: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """A form that a brief can leave in.

    `write` gives the same bytes for the same arguments, on any machine.
    """

    label: str
    suffix: str
    write: Callable[[Content, Style, Progress], Written]
