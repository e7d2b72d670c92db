"""Folders that a cloud keeps in step."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from briefing_app.storage.cloud import cloud_of, service_of


def nothing(_folder, _pattern):
    return False


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/ada/Dropbox/News.briefinglib", "Dropbox"),
        ("/home/ada/Dropbox (Office)/News.briefinglib", "Dropbox"),
        ("/home/ada/Nextcloud/News.briefinglib", "Nextcloud"),
        ("/home/ada/ownCloud/News.briefinglib", "ownCloud"),
        ("/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/News.briefinglib", "iCloud"),
        ("/Users/ada/Library/CloudStorage/OneDrive-Office/News.briefinglib", "OneDrive"),
        ("/Users/ada/Library/CloudStorage/Box-Box/News.briefinglib", "Box"),
        ("/Users/ada/Google Drive/News.briefinglib", "Google Drive"),
        ("/home/ada/Documents/News.briefinglib", ""),
        ("/home/ada/Dropboxes of the past/News.briefinglib", ""),
        ("/home/ada/nextcloudish/News.briefinglib", ""),
    ],
)
def test_a_cloud_is_known_by_the_name_of_its_folder(folder, service):
    assert service_of(PurePosixPath(folder), {}, nothing) == service


def test_a_cloud_of_windows_is_known_by_its_name_or_by_what_the_system_says():
    folder = PureWindowsPath("C:\\Users\\ada\\OneDrive - Office\\News.briefinglib")
    assert service_of(folder, {}, nothing) == "OneDrive"
    moved = PureWindowsPath("D:\\Work\\News.briefinglib")
    assert service_of(moved, {"OneDriveCommercial": "D:\\Work"}, nothing) == "OneDrive"
    assert service_of(moved, {"OneDrive": "D:\\Other"}, nothing) == ""
    drive = PureWindowsPath("G:\\My Drive\\News.briefinglib")
    assert service_of(drive, {}, nothing) == "Google Drive"


@pytest.mark.parametrize(
    ("entry", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".sync_a1b2c3.db", "Nextcloud"),
        ("._sync_a1b2c3.db", "ownCloud"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_cloud_is_known_by_what_it_leaves_in_its_folder(tmp_path, entry, service):
    shared = tmp_path / "Shared"
    folder = shared / "Desk" / "News.briefinglib"
    folder.mkdir(parents=True)
    assert cloud_of(folder) == ""
    (shared / entry).write_bytes(b"")
    assert cloud_of(folder) == service


def test_a_folder_of_the_tests_is_in_no_cloud(tmp_path):
    assert cloud_of(Path(tmp_path)) == ""
