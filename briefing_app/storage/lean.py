"""Load SQLAlchemy without asyncio, which it imports for drivers that are not used here.

It would take 4 MB of memory. Whoever does want something of it gets the real one.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from types import ModuleType


class _Later(ModuleType):
    """Stands for a module until something of it is wanted."""

    iscoroutine = staticmethod(inspect.iscoroutine)  # what SQLAlchemy takes while it loads

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # what the import system asks of every module
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


def load() -> None:
    """Load SQLAlchemy and its dialect for SQLite; others that import asyncio get the real one."""
    if "asyncio" in sys.modules or "sqlalchemy" in sys.modules:
        return
    sys.modules["asyncio"] = _Later("asyncio")
    try:
        importlib.import_module("sqlalchemy.dialects.sqlite")
    finally:
        del sys.modules["asyncio"]
