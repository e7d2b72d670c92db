"""What every test gets: no network, and a home folder of its own."""

from __future__ import annotations

import signal

import pytest
from hypothesis import settings

# no test is timed: a busy machine is no failure
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ["tests.offline", "tests.dialogs"]


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard():
    """Hear Ctrl+C where the tests run behind a script that does not: processes inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    """Keep the settings, the logs and the library of whoever runs the tests out of reach."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
