"""A folder whose new files come in by themselves: which are complete, and which came in already."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing_app.storage.beside import Beside

STEADY = 2.0  # seconds that a file stays as it is before it is taken for complete
_STUBBORN = 60.0  # seconds after which one that cannot be opened is handed over all the same
_MOST_FILES, _MOST_FOLDERS = 20_000, 8  # that are remembered
_UNFINISHED = re.compile(
    r"(?i)\.(?:part|partial|crdownload|download|opdownload|tmp|temp|!ut|!qb|aria2|swp|filepart)$|~$"
)

Mark = tuple[int, int]  # size and time of the last change, which tell one state of a file


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is complete, in the state in which it is."""

    path: Path
    mark: Mark


@dataclass(frozen=True, slots=True)
class Look:
    """What a look into the folder has found; `waiting` is whether some files are not complete yet."""

    there: bool
    complete: tuple[Found, ...] = ()
    waiting: bool = False


class Watch:
    """Looks into one folder, again and again; folders in it are left alone."""

    def __init__(
        self, folder: Path, taken: dict[str, Mark], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.folder = folder
        self._taken = taken
        self._clock = clock
        self._seen: dict[str, tuple[Mark, float]] = {}

    def look(self) -> Look:
        """Return the files that have become complete since they were saved here.

        A file is given back again and again until `note` hears of it.
        """
        try:
            there = _files(self.folder)
        except OSError:
            self._seen.clear()  # what is there later may be other files
            return Look(there=False)
        now = self._clock()
        names = there.keys()
        complete: list[Found] = []
        waiting = False
        seen: dict[str, tuple[Mark, float]] = {}
        for name, mark in there.items():
            if self._taken.get(name) == mark or _is_unfinished(name, names):
                continue
            before = self._seen.get(name)
            since = before[1] if before and before[0] == mark else now
            seen[name] = (mark, since)
            if mark[0] and now - since >= STEADY and self._opens(name, now - since):
                complete.append(Found(self.folder / name, mark))
            else:
                waiting = True
        self._seen = seen
        return Look(there=True, complete=tuple(complete), waiting=waiting)

    def note(self, found: Iterable[Found]) -> None:
        """Remember files that came in, or were tried: they are not given back again."""
        self._taken |= {one.path.name: one.mark for one in found}

    def _opens(self, name: str, age: float) -> bool:
        """Tell whether nobody holds a file closed, as some programs do while they write it."""
        if age >= _STUBBORN:
            return True
        try:
            with (self.folder / name).open("rb"):
                return True
        except OSError:
            return False


class Watching:
    """Remembers for one library which folder is watched and what came in from there."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside

    def folder(self) -> Path | None:
        """Return the folder that the window watches."""
        found = _table(self._beside.read()).get("folder")
        return Path(found) if isinstance(found, str) and found else None

    def choose(self, folder: Path | None) -> None:
        """Have the window watch a folder, or none. Raises: StorageFailure."""
        name = str(folder.absolute()) if folder else ""
        self._beside.change(lambda found: {**_table(found), "folder": name})

    def is_known(self, folder: Path) -> bool:
        """Tell whether the folder was watched before."""
        return str(folder.absolute()) in self._folders()

    def begin(self, folder: Path) -> Watch:
        """Return what looks into a folder, with all that came in from there before."""
        rows = _table(self._folders().get(str(folder.absolute())))
        taken = {name: (row[0], row[1]) for name, row in rows.items() if _is_mark(row)}
        return Watch(folder.absolute(), taken)

    def waiting_in(self, folder: Path) -> tuple[Found, ...]:
        """Return the files that lie in a folder and never came in; none if it cannot be read."""
        taken = _table(self._folders().get(str(folder.absolute())))
        try:
            there = _files(folder)
        except OSError:
            return ()
        return tuple(
            Found(folder / name, mark)
            for name, mark in there.items()
            if list(mark) != taken.get(name) and not _is_unfinished(name, there.keys())
        )

    def note(self, folder: Path, found: Iterable[Found]) -> None:
        """Remember that files of a folder came in, or are to be left. Raises: StorageFailure."""
        home = str(folder.absolute())
        marks = {one.path.name: list(one.mark) for one in found}

        def edit(stored: Any) -> Any:  # noqa: ANN401 (JSON)
            table = _table(stored)
            folders = _table(table.get("taken"))
            rows = _table(folders.pop(home, None))
            for name in marks:
                rows.pop(name, None)
            folders[home] = dict([*rows.items(), *marks.items()][-_MOST_FILES:])
            return {**table, "taken": dict([*folders.items()][-_MOST_FOLDERS:])}

        self._beside.change(edit)

    def _folders(self) -> dict[str, Any]:
        return _table(_table(self._beside.read()).get("taken"))


def _files(folder: Path) -> dict[str, Mark]:
    """Return the files of a folder in order of their age, the oldest first. Raises: OSError."""
    found: list[tuple[str, Mark]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if not entry.name.startswith((".", "~$")) and entry.is_file():
                    # not the entry's own: Windows keeps old sizes there
                    state = Path(entry.path).stat()
                    found.append((entry.name, (state.st_size, state.st_mtime_ns)))
            except OSError:  # it went just now
                continue
    return dict(sorted(found, key=lambda one: (one[1][1], one[0])))


def _is_unfinished(name: str, names: Iterable[str]) -> bool:
    """Tell by its name, or by one beside it, whether a file is still being saved."""
    return bool(_UNFINISHED.search(name)) or f"{name}.part" in names


def _is_mark(row: object) -> bool:
    return isinstance(row, list) and len(row) == 2 and all(type(one) is int for one in row)


def _table(found: object) -> dict[str, Any]:
    return dict(found) if isinstance(found, dict) else {}
