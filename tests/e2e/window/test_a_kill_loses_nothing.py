"""The program as a process of its own, worked with from outside like any window on the screen."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
PATIENCE = 40  # s; a busy machine is no failure


@pytest.fixture
def desk(tmp_path):
    for tool in ("xdotool", "xprop", "Xvfb", "openbox"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    desk = Desk(tmp_path)
    yield desk
    desk.stop()


class Desk:
    """A screen with a window manager, a home folder, and the program in its window."""

    def __init__(self, home):
        self.home = home
        self.library = home / "Test.briefinglib"
        self._processes = []
        read, write = os.pipe()
        self._spawn("Xvfb", "-displayfd", str(write), "-screen", "0", "1500x950x24", fds=(write,))
        os.close(write)
        with os.fdopen(read) as number:
            self.display = f":{number.readline().strip()}"
        self._spawn("openbox")
        until(self._managed)

    def open_window(self):
        """Start the program and wait until its window has the keyboard."""
        self.program = self._spawn(
            sys.executable, "-m", "briefing_app", "--library", str(self.library)
        )
        window = until(
            lambda: self.xdotool("search", "--onlyvisible", "--name", "Briefing Desk$").split()
        )[0]
        until(lambda: self.xdotool("getactivewindow").strip() == window)

    def xdotool(self, *words):
        return self.tool("xdotool", *words)

    def tool(self, *words):
        """Run a tool on this screen; what it prints, or nothing where it fails."""
        run = subprocess.run(
            words, env=self.environment(), capture_output=True, check=False, timeout=PATIENCE
        )
        return run.stdout.decode() if run.returncode == 0 else ""

    def command(self, *words):
        """Run one of the program's commands beside its window; the lines that it prints."""
        run = subprocess.run(
            [
                sys.executable,
                "-m",
                "briefing_app",
                "--library",
                str(self.library),
                *words,
                "--json",
            ],
            env=self.environment(),
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        assert run.returncode == 0, run.stderr.decode()
        return [json.loads(line) for line in run.stdout.decode().splitlines()]

    def kill(self):
        """End the program as a power cut does."""
        os.kill(self.program.pid, signal.SIGKILL)
        self.program.wait(PATIENCE)

    def stop(self):
        for process in reversed(self._processes):
            if process.poll() is None:
                process.kill()
            process.wait(PATIENCE)

    def environment(self):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("XDG_", "QT_", "WAYLAND_"))
        }
        return {
            **kept,
            "HOME": str(self.home),
            "DISPLAY": getattr(self, "display", ""),
            "PYTHONPATH": str(CHECKOUT),
        }

    def _spawn(self, *words, fds=()):
        process = subprocess.Popen(
            words,
            cwd=self.home,
            env=self.environment(),
            pass_fds=fds,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def _managed(self):
        return "window id" in self.tool("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")


def test_what_was_typed_is_there_after_a_kill_and_commands_work_beside_the_window(desk):
    desk.open_window()
    brief = until(lambda: desk.command("briefs"))[0]
    until(lambda: desk.command("articles"))
    # a command beside the open window: another article
    (desk.home / "late.txt").write_text("Snow closes the pass\n\nThe pass was closed at dawn.\n")
    (outcome,) = desk.command("import", str(desk.home / "late.txt"))
    assert outcome["status"] == "new"
    # the keyboard into the composer's first row, a row behind it, and words into that
    desk.xdotool("key", "--delay", "50", "F6", "F6", "ctrl+End", "Return")
    desk.xdotool("type", "--delay", "5", "Written a moment before the lights went out")
    until(lambda: "Written a moment before the lights went out" in texts(desk, brief["id"]))
    desk.kill()
    assert "Written a moment before the lights went out" in texts(desk, brief["id"])
    assert {each["title"] for each in desk.command("articles")} >= {"Snow closes the pass"}
    desk.open_window()
    assert "Written a moment before the lights went out" in texts(desk, brief["id"])


def texts(desk, brief):
    (shown,) = desk.command("brief", "show", brief)
    return [each["text"] for story in shown["stories"] for each in story["statements"]]


def until(seen):
    """Wait until something is there, and return it."""
    end = time.monotonic() + PATIENCE
    while not (value := seen()):
        assert time.monotonic() < end, "this did not happen in time"
        time.sleep(0.05)
    return value
