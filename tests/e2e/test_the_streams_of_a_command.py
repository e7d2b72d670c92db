"""What becomes of a command whose input is closed, whose reader leaves, or whom Ctrl+C stops."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a matter of POSIX streams and signals")


@pytest.fixture
def pile(tmp_path):
    """A folder with more notes than an import can read before it is stopped."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_bytes(b"Note %d\n\nText of it.\n" % number)
    return folder


def start(briefing, *args, **streams):
    return subprocess.Popen(
        briefing.argv("--library", briefing.library, *args),
        cwd=briefing.home,
        env=briefing.environment(),
        **streams,
    )


@POSIX
def test_ctrl_c_stops_an_import_and_what_was_told_is_kept(briefing, pile):
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with start(briefing, "import", pile, "--json", **streams) as run:
        told = [json.loads(run.stdout.readline())["article"]]
        run.send_signal(signal.SIGINT)
        rest, err = run.communicate(timeout=60)

    told += [json.loads(line)["article"] for line in rest.splitlines()]
    assert run.returncode == 130
    assert b"Traceback" not in err
    assert len(told) < 400
    assert set(told) <= {row["id"] for row in briefing.json("articles").lines}


@POSIX
def test_a_reader_that_leaves_is_no_crash(briefing, pile):
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with start(briefing, "import", pile, **streams) as run:
        run.stdout.readline()
        run.stdout.close()
        err = run.stderr.read()

    assert run.returncode == 1
    assert err == b""


@POSIX
def test_a_closed_standard_input_is_named(briefing):
    command = " ".join([*briefing.argv("build", "-", "--to", "brief.txt"), "<&-"])

    run = subprocess.run(
        ["sh", "-c", command],
        cwd=briefing.home,
        env=briefing.environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert run.stderr == "standard input: It is closed.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is not there")
def test_a_full_disk_behind_the_output_is_named(briefing):
    briefing.json("brief", "new", "One")
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            briefing.argv("--library", briefing.library, "briefs"),
            cwd=briefing.home,
            env=briefing.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert run.returncode == 1
    assert "The output cannot be written: No space left on device." in run.stderr
    assert "Traceback" not in run.stderr


def test_a_stream_without_an_end_does_not_fill_the_memory(briefing):
    result = briefing("build", "-", "--to", "brief.txt", stdin=b"# " * 11_000_000, code=1)

    assert "standard input: It is larger than 20 MB." in result.err


@POSIX
@pytest.mark.parametrize(("answer", "kept"), [(b"n\n", True), (b"\n", True), (b"y\n", False)])
def test_at_a_terminal_one_is_asked_before_a_file_is_replaced(briefing, seed, answer, kept):
    import pty

    brief = briefing.json("import", seed).one["brief"]
    copy = briefing.home / "copy.txt"
    copy.write_bytes(b"old")
    ours, theirs = pty.openpty()
    try:
        with start(
            briefing, "export", brief, "--to", "copy.txt", stdin=theirs, stderr=subprocess.PIPE
        ) as run:
            os.write(ours, answer)
            err = run.stderr.read().decode()
    finally:
        os.close(ours)
        os.close(theirs)

    assert "copy.txt exists already. Replace it? [y/N]" in err
    assert run.returncode == (1 if kept else 0)
    assert (copy.read_bytes() == b"old") is kept
