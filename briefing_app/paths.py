"""Where things live on this computer."""

from __future__ import annotations

from pathlib import Path

import platformdirs

SUFFIX = ".briefinglib"  # of the folder of a library

_NAME = "BriefingDesk"


def default_library() -> Path:
    """Return the folder of the user's own library (made on first use)."""
    return Path(platformdirs.user_data_dir(_NAME, appauthor=False)) / f"Library{SUFFIX}"


def library_name(folder: Path) -> str:
    """Return what a library is called: its folder without the ending of libraries."""
    return folder.name.removesuffix(SUFFIX) or folder.name


def settings_file() -> Path:
    """Return the file of the user's settings; it may not exist yet."""
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False)) / "settings.toml"


def log_folder() -> Path:
    """Return the folder of the log files; it may not exist yet."""
    return Path(platformdirs.user_log_dir(_NAME, appauthor=False))


def bell_folder() -> Path:
    """Return the folder of the bells of open windows; it may not exist yet."""
    return Path(platformdirs.user_cache_dir(_NAME, appauthor=False)) / "bells"
