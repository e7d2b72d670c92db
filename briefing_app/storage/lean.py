"""Load SQLAlchemy without what it imports and does not use here: 6 MB less.

That is asyncio, for drivers of other databases, and the reader of packages' metadata, which brings the
e-mail package with it. Whoever does want something of them gets the real ones.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from types import ModuleType

UNUSED = ("asyncio", "importlib.metadata")


class _Later(ModuleType):
    """Stands for a module until something of it is wanted."""

    iscoroutine = staticmethod(inspect.iscoroutine)  # what SQLAlchemy takes while it loads

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # what the import system asks of every module
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


def load() -> None:
    """Load SQLAlchemy and its dialect for SQLite; others that import the same get the real ones."""
    if "sqlalchemy" in sys.modules:
        return
    stands = {name: _Later(name) for name in UNUSED if name not in sys.modules}
    sys.modules.update(stands)
    try:
        importlib.import_module("sqlalchemy.dialects.sqlite")
    finally:
        for name, stand in stands.items():
            del sys.modules[name]
            package, _, child = name.rpartition(".")
            if package:  # as an attribute, too, it is loaded when it is wanted
                setattr(sys.modules[package], child, stand)
