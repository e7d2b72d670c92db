"""The application under test, started as `gui/run` starts it."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def qapp_args():
    return ["briefing-desk", "-style", "fusion"]
