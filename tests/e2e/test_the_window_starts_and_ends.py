"""The program without a command: a window, or a sentence where there is no display."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

import pytest

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="a matter of X11, Wayland and signals")


@LINUX
def test_without_a_display_it_says_so_and_what_works_all_the_same(briefing):
    env = briefing.environment()
    env.pop("QT_QPA_PLATFORM", None)

    run = subprocess.run(
        briefing.argv(), cwd=briefing.home, env=env, capture_output=True, text=True, check=False
    )

    assert run.returncode == 1
    assert "The window needs a display" in run.stderr
    assert "briefing-app --help" in run.stderr


@LINUX
def test_ctrl_c_ends_the_window_in_good_order(briefing):
    env = {**briefing.environment(), "QT_QPA_PLATFORM": "offscreen"}
    argv = briefing.argv("--library", briefing.library)
    with subprocess.Popen(argv, cwd=briefing.home, env=env, stderr=subprocess.PIPE) as run:
        deadline = time.monotonic() + 60
        while not briefing.json("briefs").lines:  # the samples are there: the window stands
            assert time.monotonic() < deadline
        run.send_signal(signal.SIGINT)
        err = run.communicate(timeout=30)[1]

    assert run.returncode == 0
    assert b"Traceback" not in err
    assert [row["title"] for row in briefing.json("briefs").lines] == ["Sample brief"]
