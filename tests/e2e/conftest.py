"""The program as a user has it: a process with arguments, a library folder and two streams."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SEED = next(CHECKOUT.glob("seeds/*.txt"))


@dataclass(frozen=True)
class Result:
    """What a run left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        """Return the JSON objects that the run printed."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def one(self):
        """Return the only JSON object that the run printed."""
        (only,) = self.lines
        return only


class Briefing:
    """Runs commands in a library of its own, from a folder that is not the checkout."""

    def __init__(self, home):
        self.home = home
        self.library = home / "Test.briefinglib"

    def __call__(self, *args, stdin=b"", code=0):
        """Run a command to its end and check how it ended."""
        run = subprocess.run(
            self.argv(*args),
            cwd=self.home,
            env=self.environment(),
            input=stdin,
            capture_output=True,
            timeout=110,
            check=False,
        )
        result = Result(run.returncode, run.stdout.decode(), run.stderr.decode())
        assert result.code == code, result.out + result.err
        assert "Traceback" not in result.err
        return result

    def json(self, *args, stdin=b"", code=0):
        """Run a command on the library and return the JSON objects that it printed."""
        return self("--library", self.library, *args, "--json", stdin=stdin, code=code)

    def argv(self, *args):
        return [sys.executable, "-m", "briefing_app", *map(str, args)]

    def environment(self):
        """Return an environment without a screen, in which the checkout is found."""
        env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        return {**env, "PYTHONPATH": str(CHECKOUT)}


@pytest.fixture
def briefing(tmp_path):
    return Briefing(tmp_path)


@pytest.fixture(scope="session")
def seed():
    return SEED


@pytest.fixture
def tool():
    """Return the path of an outside program, or skip the test and say why."""

    def find(name):
        found = shutil.which(name)
        if not found:
            pytest.skip(f"{name} is not installed")
        return found

    return find
