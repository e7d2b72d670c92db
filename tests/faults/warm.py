"""Loads everything by working with a library once: for the process that others are forked from."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from briefing_app.app import open_library
from briefing_app.domain.change import Origin
from tests.faults import typist
from tests.faults.acts import Acts

__all__ = ["typist"]

with tempfile.TemporaryDirectory() as _folder:
    _services = open_library(Path(_folder) / "Warm.briefinglib", Origin.WINDOW)
    _person = Acts(_services, random.Random(1), "Warm")
    for _ in range(30):
        _person.any()
    _services.close()
