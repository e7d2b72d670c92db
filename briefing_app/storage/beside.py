"""Lists that a library keeps beside its database: the feeds it follows, the folder it watches.

They are no content: undo, the history and bundles pass them over. Each is a JSON file of its own,
replaced in one step, and one that is damaged counts as empty.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from filelock import Timeout

from briefing_app.storage.backup import part
from briefing_app.storage.copying import make_durable
from briefing_app.storage.failure import gone_library, refusal, storage_failure
from briefing_app.storage.locks import write_lock
from briefing_app.storage.writer import FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing_app.domain.library import ReadOnly

FEEDS, WATCHED = "feeds.json", "watched.json"
NAMES = (FEEDS, WATCHED)


class Beside:
    """One of these lists; every method may be called from any thread."""

    def __init__(self, folder: Path, name: str, read_only: ReadOnly | None) -> None:
        self._folder = folder
        self._file = folder / name
        self._read_only = read_only

    def read(self) -> Any:  # noqa: ANN401 (JSON)
        """Return what the list holds, or None."""
        try:
            return json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return None

    def change(self, edit: Callable[[Any], Any]) -> None:
        """Replace the list by what a function makes of it; other processes wait meanwhile.

        Raises: StorageFailure.
        """
        if self._read_only is not None:
            raise refusal(self._read_only)
        if not (self._folder / FILE).exists():
            raise gone_library(self._folder)
        try:
            with write_lock(self._folder), part(self._folder) as draft:
                draft.write_text(json.dumps(edit(self.read()), indent=1), encoding="ascii")
                make_durable(draft)
                draft.replace(self._file)
        except (OSError, Timeout) as error:
            raise storage_failure(error, self._folder) from error
