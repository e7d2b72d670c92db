"""Where a library lies, by what the systems tell of a place."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest

from briefing_app.storage import place

MOUNTS = """\
sysfs /sys sysfs rw,nosuid 0 0
/dev/sda2 / ext4 rw,relatime 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
//office/share /mnt/office\\040share cifs rw 0 0
/dev/sdb1 /mnt/stick fuseblk rw 0 0
ada@host: /home/ada/remote fuse.sshfs rw 0 0
/dev/mapper/home /home/ada/private ext4 rw 0 0
/dev/sdc1 /mnt/over ext4 rw 0 0
server:/over /mnt/over nfs rw 0 0
short line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/Library.briefinglib", "ext4"),
        ("/home/ada/Library.briefinglib", "nfs4"),
        ("/homes/Library.briefinglib", "ext4"),  # no part of /home
        ("/mnt/office share/News.briefinglib", "cifs"),
        ("/mnt/stick/News.briefinglib", "fuseblk"),
        ("/home/ada/remote/News.briefinglib", "fuse.sshfs"),
        ("/home/ada/private/News.briefinglib", "ext4"),
        ("/mnt/over/News.briefinglib", "nfs"),  # what was mounted over it last
    ],
)
def test_a_folder_is_of_the_nearest_mount(folder, kind):
    assert place.kind_of(MOUNTS, PurePosixPath(folder)) == kind


@pytest.mark.parametrize(
    ("kind", "remote"),
    [
        *((kind, True) for kind in ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav")),
        *((kind, True) for kind in ("fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "9p", "NFS")),
        *((kind, False) for kind in ("ext4", "btrfs", "xfs", "apfs", "hfs", "exfat", "tmpfs", "")),
        *((kind, False) for kind in ("fuseblk", "fuse.ntfs-3g", "fuse.gocryptfs", "overlay")),
    ],
)
def test_a_share_is_known_by_the_name_of_its_file_system(kind, remote):
    assert place.is_remote_kind(kind) is remote


@pytest.mark.parametrize(
    ("path", "drive", "remote"),
    [
        ("C:\\Users\\ada\\Library.briefinglib", 3, False),
        ("Z:\\News.briefinglib", 4, True),
        ("\\\\server\\share\\News.briefinglib", 0, True),
        ("\\\\?\\UNC\\server\\share\\News.briefinglib", 0, True),
        ("\\\\?\\C:\\News.briefinglib", 3, False),
        ("E:\\News.briefinglib", 2, False),
    ],
)
def test_a_share_of_windows_is_known_by_its_path_or_its_drive(path, drive, remote):
    assert place.is_remote_on_windows(path, drive) is remote


def test_a_library_on_a_disk_of_this_computer_keeps_a_write_ahead_log(tmp_path):
    assert place.journal_mode(tmp_path) == ("delete" if place.is_remote(tmp_path) else "wal")


def test_the_user_knows_better(tmp_path, monkeypatch):
    monkeypatch.setenv(place.OVERRIDE, "delete")
    assert place.journal_mode(tmp_path) == "delete"
    monkeypatch.setenv(place.OVERRIDE, "WAL")
    assert place.journal_mode(tmp_path) == "wal"
    monkeypatch.setenv(place.OVERRIDE, "off")  # which would lose a commit
    assert place.journal_mode(tmp_path) in ("wal", "delete")


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="a table of Linux")
def test_the_kind_of_a_real_folder_is_found(tmp_path):
    assert place._kind(tmp_path.resolve()) != ""
    assert os.fspath(tmp_path)
