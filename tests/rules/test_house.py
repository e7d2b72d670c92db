"""The house rules that no linter checks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

import briefing_app

PACKAGE = Path(briefing_app.__file__).parent
CHECKOUT = Path(__file__).resolve().parents[2]


def test_every_folder_of_code_is_a_package():
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_module_is_two_ideas():
    long = {
        str(path.relative_to(PACKAGE)): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_every_module_says_what_it_is():
    silent = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if (text := path.read_text(encoding="utf-8").strip())
        and not text.startswith(('"""', 'r"""'))
    ]
    assert silent == []


def test_qt_does_not_lose_references_to_none():
    """PySide6 6.12.0 on Python 3.11 aborts the process after some 570 signals (PYSIDE-3474)."""

    class Source(QObject):
        sent = Signal(int)

    received = []
    source = Source()
    source.sent.connect(received.append)
    for number in range(5000):
        source.sent.emit(number)

    assert len(received) == 5000


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "socket.getaddrinfo('news.example', 80)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
    ],
)
def test_a_test_that_hides_its_connection_fails_all_the_same(tmp_path, attempt):
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    planted = tmp_path / "test_planted.py"
    planted.write_text(
        "import contextlib, socket\n"
        "def test_sneaks_out():\n"
        "    with contextlib.suppress(OSError):\n"
        f"        {attempt}\n"
        "def test_stays_here():\n"
        "    with socket.create_server(('127.0.0.1', 0)) as server:\n"
        "        socket.create_connection(server.getsockname()).close()\n",
        encoding="utf-8",
    )

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.offline", "-p", "no:cacheprovider", planted],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1, run.stdout + run.stderr
    assert "tried to reach the network" in run.stdout
    assert "2 passed, 1 error" in run.stdout


def test_every_exception_from_a_rule_gives_its_code_and_its_reason():
    granted = re.compile(
        r"# (noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|type: ignore\[[\w, -]+\]) +(# )?\(?\w.+"
    )
    bare = [
        f"{path.relative_to(CHECKOUT)}:{number}"
        for path in [*PACKAGE.rglob("*.py"), CHECKOUT / "dev.py", *CHECKOUT.glob("packaging/*.py")]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"# (noqa|type: ignore)", line) and not granted.search(line)
    ]
    assert bare == []
