"""Read a data file (TOML) into a frozen value, strictly: a wrong key is named, never ignored."""

from __future__ import annotations

import dataclasses
import tomllib
import types
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from briefing_app.errors import QT_TRANSLATE_NOOP, ExportFailure

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


def read(path: Path, shape: type[T]) -> T:
    """Return the value that a TOML file holds.

    `shape` is a dataclass whose fields are texts, numbers, tuples of texts, further such dataclasses,
    or dictionaries of them.
    Raises: ExportFailure that names the file and the key that is missing, unknown or of another kind.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "The file {file} cannot be read: {reason}"),
            file=path.name,
            reason=error,
        ) from error
    return _Reader(path.name).value(shape, table)


@dataclasses.dataclass(frozen=True, slots=True)
class _Reader:
    file: str

    def value(self, shape: type[T], table: dict[str, Any], within: str = "") -> T:
        """Return one dataclass value from its table."""
        hints = get_type_hints(shape)
        for key in table:
            if key not in hints:
                raise ExportFailure(
                    QT_TRANSLATE_NOOP("errors", "{file}: there is no such key as “{key}”."),
                    hint=QT_TRANSLATE_NOOP("errors", "Known here: {known}"),
                    file=self.file,
                    key=within + key,
                    known=", ".join(hints),
                )
        for key in hints:
            if key not in table:
                raise ExportFailure(
                    QT_TRANSLATE_NOOP("errors", "{file}: the key “{key}” is missing."),
                    file=self.file,
                    key=within + key,
                )
        return shape(
            **{key: self._field(hint, table[key], within + key) for key, hint in hints.items()}
        )

    def _field(self, hint: Any, raw: object, key: str) -> object:  # noqa: ANN401 (any type form)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type) and isinstance(raw, dict):
            return self.value(hint, raw, f"{key}.")
        if get_origin(hint) is dict and isinstance(raw, dict):
            inner = get_args(hint)[1]
            return {name: self._field(inner, item, f"{key}.{name}") for name, item in raw.items()}
        if get_origin(hint) is tuple and isinstance(raw, list):
            return tuple(self._field(get_args(hint)[0], item, key) for item in raw)
        if hint is float and isinstance(raw, int | float) and not isinstance(raw, bool):
            return float(raw)
        if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
            if type(raw) is hint:
                return raw
            if isinstance(raw, str) and issubclass(hint, StrEnum):
                return self._choice(hint, raw, key)
        raise ExportFailure(
            QT_TRANSLATE_NOOP("errors", "{file}: “{value}” does not fit the key “{key}”."),
            file=self.file,
            key=key,
            value=raw,
        )

    def _choice(self, hint: type[StrEnum], raw: str, key: str) -> str:
        """Return a member of an enumeration of texts."""
        try:
            return hint(raw)
        except ValueError:
            raise ExportFailure(
                QT_TRANSLATE_NOOP("errors", "{file}: “{value}” does not fit the key “{key}”."),
                hint=QT_TRANSLATE_NOOP("errors", "Known here: {known}"),
                file=self.file,
                key=key,
                value=raw,
                known=", ".join(str(choice) for choice in hint),
            ) from None
