"""Load SQLAlchemy and filelock without what they import and do not use here: 10 MB less.

That is asyncio, for drivers of other databases; the reader of packages' metadata, which brings the
e-mail package with it; and hashing and secrets, which bring OpenSSL. Whoever does want something of
them gets the real ones.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from types import ModuleType

UNUSED = ("asyncio", "importlib.metadata", "hashlib", "secrets")


class _Later(ModuleType):
    """Stands for a module until something of it is wanted."""

    iscoroutine = staticmethod(inspect.iscoroutine)  # what SQLAlchemy takes while it loads

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # what the import system asks of every module
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


def load() -> None:
    """Load both, and the dialect for SQLite; others that import the same get the real ones."""
    if "sqlalchemy" in sys.modules:
        return
    stands = {name: _Later(name) for name in UNUSED if name not in sys.modules}
    sys.modules.update(stands)
    try:
        importlib.import_module("sqlalchemy.dialects.sqlite")
        importlib.import_module("filelock")
    finally:
        for name, stand in stands.items():
            del sys.modules[name]
            package, _, child = name.rpartition(".")
            if package:  # as an attribute, too, it is loaded when it is wanted
                setattr(sys.modules[package], child, stand)
