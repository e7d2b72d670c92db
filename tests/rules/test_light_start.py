"""What the window does not load: each line here is memory that it would hold as long as it is open."""

from __future__ import annotations

import subprocess
import sys

import pytest


def told(script):
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_the_window_imports_without_reading_what_it_imports():
    script = (
        "import builtins, linecache\n"
        "from briefing_app import app\n"
        "import briefing_app.gui.run\n"
        "app.rest_of_window()\n"
        "print(builtins.__import__ is builtins.__feature_import__, len(linecache.cache) < 40)"
    )
    assert told(script) == ["False", "True"]


@pytest.mark.parametrize(
    "module",
    ["asyncio", "email", "sqlalchemy.orm", "alembic", "rapidfuzz", "psutil", "_hashlib", "_ssl"],
)
def test_a_library_is_opened_without(module, tmp_path):
    script = (
        "import sys; from pathlib import Path\n"
        "from briefing_app.app import open_library\n"
        "from briefing_app.domain.change import Origin\n"
        f"open_library(Path({str(tmp_path / 'Test.briefinglib')!r}), Origin.WINDOW).close()\n"
        f"print({module!r} in sys.modules)"
    )
    assert told(script) == ["False"]


@pytest.mark.parametrize(
    "module",
    [
        "PySide6.QtNetwork",
        "PySide6.QtPrintSupport",
        "_hashlib",
        *("briefing_app.gui.history.dialog", "briefing_app.gui.bundles.arrival"),
        *("briefing_app.gui.dialogs.preferences", "briefing_app.gui.dialogs.trash"),
        *("briefing_app.gui.dialogs.feeds", "briefing_app.gui.dialogs.fromweb"),
        *("briefing_app.importers.web", "ssl"),
        *("briefing_app.gui.dialogs.versions", "briefing_app.gui.upkeep.restoring"),
    ],
)
def test_the_window_is_furnished_without(module):
    script = (
        "import sys; from briefing_app import app\n"
        "import briefing_app.gui.run\n"
        f"app.rest_of_window()\nprint({module!r} in sys.modules)"
    )
    assert told(script) == ["False"]


def test_whoever_wants_what_was_left_out_has_it():
    script = (
        "import briefing_app.storage.library, importlib\n"
        "print(importlib.metadata.version('sqlalchemy') > '2')\n"
        "import asyncio\n"
        "async def one(): return 'one'\n"
        "print(asyncio.run(one()))\n"
        "import hashlib, secrets\n"
        "print(hashlib.sha256(b'').hexdigest()[:6], len(secrets.token_hex(8)))"
    )
    assert told(script) == ["True", "one", "e3b0c4", "16"]
