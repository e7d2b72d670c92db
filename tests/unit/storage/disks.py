"""Small real disks, to fill up. They need a system that lets us mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest


@contextmanager
def small_disk(tmp_path, *, megabytes):
    """Lend a file system of its own, or skip the test where none can be mounted."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not sys.platform.startswith("linux") or os.geteuid() or not (mount and umount):
        pytest.skip("a file system can be mounted by root on Linux only")
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run([umount, "-l", place], check=True)
