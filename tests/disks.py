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


@contextmanager
def read_only(folder):
    """Show a folder read-only at its place, or skip the test where that cannot be done.

    Permissions stop nobody who is root, which tests may be: the mount does.
    """
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not sys.platform.startswith("linux") or os.geteuid() or not (mount and umount):
        pytest.skip("a folder can be mounted read-only by root on Linux only")
    words = [[mount, "--bind", folder, folder], [mount, "-o", "remount,ro,bind", folder]]
    for number, line in enumerate(words):
        if subprocess.run(line, capture_output=True, check=False).returncode:
            if number:
                subprocess.run([umount, "-l", folder], check=True)
            pytest.skip("no folder can be mounted read-only here")
    try:
        yield folder
    finally:
        subprocess.run([umount, "-l", folder], check=True)
