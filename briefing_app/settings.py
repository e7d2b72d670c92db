"""What the user chose and how the window stood: one table, one file, read before the first paint."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

log = logging.getLogger(__name__)
T = TypeVar("T")
_ESCAPED = {at: f"\\u{at:04x}" for at in (*range(0x20), ord('"'), ord("\\"), 0x7F)}


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 (the name lupdate looks for)
    """Mark a title for translation and return it unchanged."""
    del context
    return text


def _setting(default: T, title: str, choices: tuple[str, ...] = ()) -> T:
    return field(default=default, metadata={"title": title, "choices": choices})


@dataclass(frozen=True, slots=True)
class Values:
    """All settings; the type of a default is the kind of the setting."""

    theme: str = _setting(
        "system", QT_TRANSLATE_NOOP("settings", "Theme"), ("system", "light", "dark")
    )
    open_next: bool = _setting(
        default=True, title=QT_TRANSLATE_NOOP("settings", "Open the next article after triage")
    )
    reading_after: int = _setting(
        3, QT_TRANSLATE_NOOP("settings", "Seconds until an opened article counts as Reading")
    )
    sort: str = _setting(
        "added",
        QT_TRANSLATE_NOOP("settings", "Order of the articles"),
        ("added", "newest", "oldest", "title", "outlet"),
    )
    private_addresses: bool = _setting(
        default=False,
        title=QT_TRANSLATE_NOOP(
            "settings", "Fetch also from this computer and from its own network"
        ),
    )
    library: str = _setting("", QT_TRANSLATE_NOOP("settings", "Library"))
    recent: tuple[str, ...] = _setting((), QT_TRANSLATE_NOOP("settings", "Recent libraries"))
    backup_place: str = _setting("", QT_TRANSLATE_NOOP("settings", "Second place for backups"))
    warned_of_copy: str = _setting(
        "", QT_TRANSLATE_NOOP("settings", "Day of the last word about an old copy")
    )
    warned_of_cloud: tuple[str, ...] = _setting(
        (), QT_TRANSLATE_NOOP("settings", "Libraries whose cloud was warned of")
    )
    last_brief: str = _setting("", QT_TRANSLATE_NOOP("settings", "Last brief"))
    last_article: str = _setting("", QT_TRANSLATE_NOOP("settings", "Last article"))
    import_folder: str = _setting("", QT_TRANSLATE_NOOP("settings", "Folder of the last import"))
    export_folder: str = _setting("", QT_TRANSLATE_NOOP("settings", "Folder of the last export"))
    tesseract: str = _setting("", QT_TRANSLATE_NOOP("settings", "Place of Tesseract"))
    recognition: tuple[str, ...] = _setting(
        (), QT_TRANSLATE_NOOP("settings", "Languages that Tesseract reads")
    )
    split_senders: tuple[str, ...] = _setting(
        (), QT_TRANSLATE_NOOP("settings", "Senders whose newsletters are split")
    )
    geometry: str = _setting("", QT_TRANSLATE_NOOP("settings", "Place of the window"))
    panes: tuple[int, ...] = _setting((), QT_TRANSLATE_NOOP("settings", "Widths of the panes"))
    sidebar: bool = _setting(default=True, title=QT_TRANSLATE_NOOP("settings", "Show the articles"))


class Settings:
    """The settings in force, and their file.

    What the file holds beyond the table is kept and written back: a newer version may have put it
    there. A value of the wrong kind is passed over. Neither stops the program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now, self._unknown = _sort_out(_read(path))
        self._written = self.now

    def change(self, **changes: object) -> None:
        """Set values. Raises: TypeError for a setting or a value that the table does not know."""
        for name, value in changes.items():
            if not _fits(name, value):
                raise TypeError(f"{name} = {value!r} is not a setting")
        self.now = replace(self.now, **changes)  # type: ignore[arg-type] # checked above

    def save(self) -> bool:
        """Write the file if anything changed; False (and a line in the log) if that failed."""
        if self.now == self._written:
            return True
        try:
            _write(self.path, {**self._unknown, **_plain(self.now)})
        except OSError as error:
            log.warning("the settings were not saved in %s: %s", self.path, error)
            return False
        self._written = self.now
        return True


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("the settings in %s cannot be read: %s", path, error)
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".unreadable.toml"))
        return {}


def _sort_out(found: Mapping[str, Any]) -> tuple[Values, dict[str, Any]]:
    known: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    names = {each.name for each in fields(Values)}
    for name, value in found.items():
        given = tuple(value) if isinstance(value, list) else value
        if name not in names:
            log.warning("unknown setting: %s", name)
            unknown[name] = value
        elif _fits(name, given):
            known[name] = given
        else:
            log.warning("%s = %r is not a value of that setting", name, value)
    return Values(**known), unknown


def _fits(name: str, value: object) -> bool:
    setting = {each.name: each for each in fields(Values)}.get(name)
    if setting is None:
        return False
    choices = setting.metadata["choices"]
    if choices:
        return value in choices
    if isinstance(value, tuple):
        member = int if setting.type == "tuple[int, ...]" else str
        return isinstance(setting.default, tuple) and all(type(one) is member for one in value)
    return type(value) is type(setting.default)


def _plain(values: Values) -> dict[str, Any]:
    """Return what differs from the defaults, so that a later default reaches who never chose."""
    return {
        each.name: value
        for each in fields(values)
        if (value := getattr(values, each.name)) != each.default
    }


def _write(path: Path, values: Mapping[str, Any]) -> None:
    """Replace the file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{_toml_key(name)} = {_toml(value)}\n" for name, value in values.items())
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _toml_key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "a").isalnum() else _toml(name)


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value.translate(_ESCAPED)}"'
        case list() | tuple():
            return f"[{', '.join(_toml(one) for one in value)}]"
        case dict():
            pairs = (f"{_toml_key(str(name))} = {_toml(one)}" for name, one in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case _:
            return repr(value)  # integers, and floats with inf and nan, as TOML writes them
