"""Tell whether a folder is kept in step with a cloud, which copies files while they are written."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import PurePath

# how the folder of a service begins, in lower case; OneDrive and Box add the name of the company
_NAMES = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("google-drive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("icloud drive", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("box sync", "Box"),
    ("pcloud", "pCloud"),
    ("seafile", "Seafile"),
    ("megasync", "MEGA"),
    ("syncthing", "Syncthing"),
)
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# what a service leaves in the folder that it keeps in step
_MARKERS = (
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".sync_*.db", "Nextcloud"),
    (".nextcloudsync.log", "Nextcloud"),
    ("._sync_*.db", "ownCloud"),
    (".owncloudsync.log", "ownCloud"),
    (".stfolder", "Syncthing"),
    (".tmp.drivedownload", "Google Drive"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
)
_ENDS = ("", " ", "-", "_", "(", "@")  # what may follow a name: "Dropbox (Company)"


def cloud_of(folder: Path) -> str:
    """Return the name of the cloud service that keeps a folder in step, or an empty string."""
    return service_of(folder.resolve(), os.environ, _holds)


def service_of(
    folder: PurePath, environment: Mapping[str, str], holds: Callable[[PurePath, str], bool]
) -> str:
    """Return the name of the cloud service that a folder is kept in step with, or an empty string.

    `holds` tells whether a folder has an entry of a pattern.
    """
    for name in _VARIABLES:
        root = environment.get(name)
        if root and folder.is_relative_to(root):
            return "OneDrive"
    for before, part in zip(("", *folder.parts), folder.parts, strict=False):
        if found := _by_name(part.lower()):
            return found
        if before == "CloudStorage":  # where macOS keeps what any service brings
            return part.partition("-")[0]
    for parent in (folder, *folder.parents):
        for pattern, service in _MARKERS:
            if holds(parent, pattern):
                return service
    return ""


def _by_name(part: str) -> str:
    for name, service in _NAMES:
        if part.startswith(name) and part[len(name) : len(name) + 1] in _ENDS:
            return service
    return ""


def _holds(folder: PurePath, pattern: str) -> bool:
    with contextlib.suppress(OSError):
        return next(Path(folder).glob(pattern), None) is not None
    return False
