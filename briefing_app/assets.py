"""Find the files that ship with the program.

A checkout keeps them in the top-level folders ``resources/`` and ``seeds/``; wheels and frozen
builds carry the same trees as ``briefing_app/_resources`` and ``briefing_app/_seeds``
(pyproject.toml, ``force-include``). ReportLab and Qt both want real paths, so these return `Path`,
not streams.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, e.g. ``resource("styles", "house.toml")``.

    Raises: FileNotFoundError if the build left it out; that is a packaging bug.
    """
    return _find("resources", parts)


def seed(*parts: str) -> Path:
    """Return the path of a shipped sample, or of their folder.

    Raises: FileNotFoundError if the build left it out; that is a packaging bug.
    """
    return _find("seeds", parts)


def _find(tree: str, parts: tuple[str, ...]) -> Path:
    packaged = _PACKAGE / f"_{tree}"
    root = packaged if packaged.is_dir() else _PACKAGE.parent / tree
    path = root.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"missing from this build: {path}")
    return path
