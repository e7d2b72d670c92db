"""What a command says of a file that it has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from briefing_app.cli.output import Output
    from briefing_app.services.exporting import Rendered


def tell_written(path: Path, written: Rendered, out: Output, **more: object) -> None:
    """Say what was written, and warn of what the format could not hold."""
    for warning in written.warnings:
        out.warn(str(warning))
    record = {"path": str(path), "format": path.suffix[1:].lower(), "pages": written.pages or None}
    pages = f", {written.pages} page{'s' if written.pages > 1 else ''}" if written.pages else ""
    out.record(record | more, f"Wrote {path}{pages}")
