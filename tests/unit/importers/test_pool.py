"""Parsing in processes: what hangs, crashes, grows or connects is stopped and named."""

from __future__ import annotations

import io
import os
import socket  # noqa: TID251 (a door of our own, to see that nobody comes)
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

import briefing_app
from briefing_app.errors import Cancelled, UnreadableSource
from briefing_app.importers import frames
from briefing_app.importers.base import Document
from briefing_app.importers.pool import Pool, worker_command
from briefing_app.importers.process import Process
from briefing_app.importers.wire import document_json
from briefing_app.importers.worker import MEMORY
from briefing_app.progress import NoProgress

PLANTED = (sys.executable, "-P", str(Path(__file__).with_name("planted_worker.py")))


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    pool = Pool(PLANTED, seconds=8, log=tmp_path_factory.mktemp("log") / "worker.log")
    yield pool
    pool.close()


def read(pool, name, data=b"x", progress=None):
    return pool.read(Document(name, data), progress or NoProgress())


def text(imported):
    return imported.articles[0].body.text


def test_a_document_is_read_in_another_process_that_is_kept_warm(pool):
    first = int(text(read(pool, "a.whoami")))
    assert first != psutil.Process().pid
    assert int(text(read(pool, "b.whoami"))) == first


def test_a_reader_that_hangs_is_stopped_and_replaced():
    pool = Pool(PLANTED, seconds=5)  # enough to begin, on a busy machine too
    try:
        warm = int(text(read(pool, "a.whoami")))
        with pytest.raises(UnreadableSource, match="more than 5 seconds"):
            read(pool, "a.hang")
        assert not psutil.pid_exists(warm)
        assert int(text(read(pool, "b.whoami"))) != warm
    finally:
        pool.close()


@pytest.mark.parametrize("name", ["a.crash", "a.leave"])
def test_a_reader_that_dies_is_named_and_replaced(pool, name):
    with pytest.raises(UnreadableSource, match="crash"):
        read(pool, name)
    assert text(read(pool, "b.txt", b"Title\n\nfine")) == "fine"


def test_memory_is_bounded(pool):
    with pytest.raises(UnreadableSource, match="memory"):
        read(pool, "a.grow")
    assert MEMORY <= 1_500_000_000
    assert text(read(pool, "b.txt", b"Title\n\nfine")) == "fine"


def test_a_worker_connects_to_nobody(pool):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert text(read(pool, "a.connect", str(port).encode())).startswith("refused")


def test_a_worker_starts_no_other_program(pool):
    assert text(read(pool, "a.run")).startswith("refused")


def test_a_worker_writes_nothing_but_scratch_that_goes_with_it(tmp_path):
    pool = Pool(PLANTED)
    try:
        said = text(read(pool, "a.scribble", str(tmp_path / "outside").encode()))
    finally:
        pool.close()
    assert said.startswith("refused")
    assert list(tmp_path.iterdir()) == []


def test_what_a_library_prints_does_not_come_between_the_answers(pool):
    assert text(read(pool, "a.shout")) == "quiet"
    assert text(read(pool, "b.txt", b"Title\n\nfine")) == "fine"


def test_a_result_beyond_the_limit_is_refused(pool):
    with pytest.raises(UnreadableSource, match="more text than 20 MB"):
        read(pool, "a.flood")
    assert text(read(pool, "b.txt", b"Title\n\nfine")) == "fine"


def test_a_bug_in_a_reader_is_a_reason_and_not_the_end_of_the_worker(pool):
    warm = text(read(pool, "a.whoami"))
    with pytest.raises(UnreadableSource, match="ZeroDivisionError"):
        read(pool, "a.stumble")
    assert text(read(pool, "a.whoami")) == warm


def test_a_reason_crosses_with_its_values(pool):
    with pytest.raises(UnreadableSource, match="a compressed file") as caught:
        read(pool, "a.txt", b"7z\xbc\xaf\x27\x1c")
    assert caught.value.values == {"kind": "a compressed file"}
    assert caught.value.next_step


class Stop:
    """The progress of a user who has had enough."""

    def __init__(self) -> None:
        self.asked = 0

    def step(self, done, total, note=""):
        pass

    def check(self):
        self.asked += 1
        if self.asked > 3:
            raise Cancelled


def test_cancel_kills_the_reader_at_once(pool):
    warm = int(text(read(pool, "a.whoami")))
    started = time.monotonic()
    with pytest.raises(Cancelled):
        read(pool, "a.hang", progress=Stop())
    assert time.monotonic() - started < 20  # and not the whole wait
    assert not psutil.pid_exists(warm)


def test_two_documents_are_read_at_a_time_and_no_more():
    pool = Pool(PLANTED, seconds=20)
    seen = set()

    def work():
        seen.add(text(read(pool, "a.whoami")))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    children = {child.pid for child in psutil.Process().children()}
    try:
        assert 1 <= len(seen) <= 2
        assert {int(pid) for pid in seen} <= children
    finally:
        pool.close()
    assert not any(psutil.pid_exists(int(pid)) for pid in seen)


def test_a_closed_pool_reads_nothing_more():
    pool = Pool(PLANTED)
    pool.close()
    with pytest.raises(UnreadableSource, match="closed"):
        read(pool, "a.whoami")


def test_the_program_itself_is_the_worker(tmp_path):
    pool = Pool(worker_command(), log=tmp_path / "logs" / "worker.log")
    try:
        assert text(read(pool, "a.txt", b"Title\n\nfine")) == "fine"
    finally:
        pool.close()


def test_a_frozen_window_starts_its_worker_from_the_console_program(tmp_path, monkeypatch):
    window, console = tmp_path / "briefing-desk.exe", tmp_path / "briefing-app.exe"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(window))
    assert worker_command() == (str(window), "--worker")  # one program under one name
    console.touch()
    assert worker_command() == (str(console), "--worker")


def test_a_worker_without_streams_takes_the_pipes_themselves():
    """Where Python finds no console it has no sys.stdin, though pipes were handed over."""
    script = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None\n"
        "from briefing_app import app; sys.exit(app.main(['--worker']))"
    )
    request = io.BytesIO()
    frames.write(request, document_json(Document("a.txt", b"")), b"Title\n\nfine")
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=request.getvalue(),
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(briefing_app.__file__).parents[1])},
    )
    assert done.returncode == 0, done.stderr
    fields, _ = frames.read(io.BytesIO(done.stdout))
    assert fields["imported"]["articles"][0]["title"] == "Title"


def test_a_warm_pool_reads_the_first_document_in_a_process_that_is_there():
    pool = Pool(PLANTED, seconds=20)
    try:
        others = set(psutil.Process().children())
        pool.warm(NoProgress())
        (child,) = set(psutil.Process().children()) - others
        assert int(text(read(pool, "a.whoami"))) == child.pid
    finally:
        pool.close()


def test_a_worker_that_gets_nothing_to_do_goes_and_another_one_comes():
    pool = Pool(PLANTED, seconds=20, warm=0.05)
    try:
        others = set(psutil.Process().children())
        first = int(text(read(pool, "a.whoami")))
        gone, _ = psutil.wait_procs(set(psutil.Process().children()) - others, timeout=20)
        assert gone or not psutil.pid_exists(first)
        assert int(text(read(pool, "a.whoami"))) != first
    finally:
        pool.close()


def test_warming_loads_all_that_reads_pages():
    script = (
        "import sys\n"
        "from briefing_app.importers import pool, registry\n"
        "from briefing_app.progress import NoProgress\n"
        "registry.read(pool._PAGE, NoProgress())\n"
        "print({'trafilatura', 'newspaper', 'readability'} - set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(briefing_app.__file__).parents[1])},
    )
    assert done.stdout.strip() == b"set()"


def test_warming_can_be_stopped_at_once():
    pool = Pool((sys.executable, "-c", "import time; time.sleep(60)"), seconds=30)
    started = time.monotonic()
    try:
        with pytest.raises(Cancelled):
            pool.warm(Stop())
        assert time.monotonic() - started < 20  # and not the whole wait
    finally:
        pool.close()


def test_a_worker_that_cannot_be_started_is_a_reason_and_no_fault(tmp_path):
    pool = Pool((str(tmp_path / "absent"),))
    try:
        with pytest.raises(UnreadableSource, match="could not be started"):
            read(pool, "a.txt")
    finally:
        pool.close()


def test_files_are_read_without_a_log_where_there_can_be_none(tmp_path):
    (tmp_path / "file").touch()
    pool = Pool(PLANTED, log=tmp_path / "file" / "worker.log")
    try:
        assert text(read(pool, "a.whoami"))
    finally:
        pool.close()


def test_a_worker_ends_when_nobody_asks_any_more():
    done = subprocess.run(
        worker_command(),
        input=b"",
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(briefing_app.__file__).parents[1])},
    )
    assert (done.returncode, done.stdout) == (0, b"")


def test_frames_come_back_as_they_were_written():
    stream = io.BytesIO()
    frames.write(stream, {"a": "ü"}, b"\x00\xff")
    frames.write(stream, {"b": 1})
    stream.seek(0)
    assert frames.read(stream) == ({"a": "ü"}, b"\x00\xff")
    assert frames.read(stream) == ({"b": 1}, b"")
    assert frames.read(stream) is None


@pytest.mark.parametrize(
    "data", [b"\0\0", b"\0\0\0\x05\0\0\0\0{}", b"\0\0\0\x02\0\0\0\0[]", b"\0\0\0\x02\0\0\0\0{x"]
)
def test_half_a_frame_is_broken(data):
    with pytest.raises(frames.Broken):
        frames.read(io.BytesIO(data))


def test_a_frame_beyond_the_limit_is_not_read():
    with pytest.raises(frames.TooLarge):
        frames.read(io.BytesIO(b"\x7f\0\0\0\0\0\0\0"), (1000, 1000))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not known who is starved")
@pytest.mark.parametrize(
    ("doing", "seconds", "starved"),
    [("while True: pass", 1e6, True), ("while True: pass", 0, False), ("input()", 1e6, False)],
)
def test_only_a_worker_at_work_that_had_too_little_time_gets_more(
    tmp_path, doing, seconds, starved
):
    ready = tmp_path / "ready"
    code = f"open({str(ready)!r}, 'w').close()\n{doing}"
    process = Process((sys.executable, "-c", code), tmp_path, None)
    try:
        end = time.monotonic() + 30
        while not (ready.exists() and process._is_starved(0, seconds) is starved):
            assert time.monotonic() < end
            time.sleep(0.02)
    finally:
        process.kill()
