"""The forms that a brief can leave in. Importing this loads ReportLab: do it in a job."""

from __future__ import annotations

from briefing_app.exporters import html, markdown, storytext
from briefing_app.exporters.base import FORMATS, Exporter
from briefing_app.exporters.pdf import exporter as pdf

_WRITERS = {
    ".pdf": pdf.write,
    ".html": html.write,
    ".md": markdown.write,
    ".txt": storytext.write,
}

EXPORTERS = tuple(Exporter(label, suffix, _WRITERS[suffix]) for label, suffix in FORMATS)
