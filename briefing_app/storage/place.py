"""Where a library lies: on a disk of this computer, or on a share of another one.

A write-ahead log needs memory that all processes share, which a network share has not: there SQLite
keeps a rollback journal instead. Source: sqlite.org/wal.html, "all processes using a database must be
on the same host".
"""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath, PurePosixPath

WAL, ROLLBACK = "wal", "delete"

OVERRIDE = "BRIEFINGDESK_JOURNAL"  # "wal" or "delete", where the program is wrong about a place

# file systems whose files another computer may write to at the same time, as Linux and macOS name them
REMOTE = frozenset(
    {
        *("9p", "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2"),
        *("fhgfs", "fuse", "gfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncp", "ncpfs", "nfs"),
        *("nfs3", "nfs4", "ocfs2", "orangefs", "prl_fs", "pvfs2", "smb2", "smb3", "smbfs"),
        *("virtiofs", "vboxsf", "vmhgfs", "webdav"),
    }
)
# file systems of FUSE that are a disk of this computer all the same
LOCAL_FUSE = frozenset(
    {
        *("fuseblk", "fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext2", "fuse.ext4"),
        *("fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.veracrypt", "fuse.fuse-overlayfs"),
    }
)

_DRIVE_REMOTE = 4  # of GetDriveTypeW


def journal_mode(folder: Path) -> str:
    """Return how SQLite is to keep a commit whole in a folder: `WAL` or `ROLLBACK`."""
    chosen = os.environ.get(OVERRIDE, "").lower()
    if chosen in (WAL, ROLLBACK):
        return chosen
    return ROLLBACK if is_remote(folder) else WAL


def is_remote(folder: Path) -> bool:
    """Tell whether a folder lies on another computer."""
    where = folder.absolute()
    if sys.platform == "win32":
        return is_remote_on_windows(str(where), _drive_type(where))
    return is_remote_kind(_kind(where.resolve()))


def is_remote_kind(kind: str) -> bool:
    """Tell by the name of a file system whether it is another computer's."""
    name = kind.lower()
    return name in REMOTE or (name.startswith("fuse.") and name not in LOCAL_FUSE)


def is_remote_on_windows(path: str, drive_type: int) -> bool:
    """Tell by a path and the type of its drive whether it is another computer's."""
    unc = path.startswith("\\\\") and not path.startswith(("\\\\?\\", "\\\\.\\"))
    return unc or path.upper().startswith("\\\\?\\UNC\\") or drive_type == _DRIVE_REMOTE


def kind_of(mounts: str, folder: PurePath) -> str:
    r"""Return the file system of a folder by a table of mounts; of two at one place the later counts.

    Shape: `mounts` is as in /proc/mounts, with blanks in paths as ``\\040``.
    """
    found, depth = "", -1
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = PurePosixPath(_plain(parts[1]))
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = parts[2], len(point.parts)
    return found


def _plain(text: str) -> str:
    for code, mark in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, mark)
    return text


def _kind(folder: Path) -> str:
    """Return the name of the file system of a folder, or an empty string where none is told."""
    try:
        if sys.platform == "darwin":
            return _kind_on_macos(folder)
        return kind_of(Path("/proc/self/mounts").read_text("utf-8", "replace"), folder)
    except OSError:
        return ""


def _kind_on_macos(folder: Path) -> str:
    """Ask statfs, whose structure names the file system. Source: sys/mount.h of macOS, 64 bits."""
    import ctypes  # noqa: PLC0415 (loaded on macOS only)

    library = ctypes.CDLL(None, use_errno=True)
    there = ctypes.create_string_buffer(4096)
    # an Intel Mac keeps the structure of 32 bits under the plain name
    ask = getattr(library, "statfs$INODE64", None) or library.statfs
    if ask(os.fsencode(folder), there) != 0:
        return ""
    name = there.raw[72:88]  # f_fstypename, 16 bytes
    return name.split(b"\0", 1)[0].decode("ascii", "replace")


def _drive_type(folder: Path) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes  # noqa: PLC0415 (loaded on Windows only)

    return int(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor))
