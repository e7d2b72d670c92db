"""Instants as this computer writes them, in its own zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale

if TYPE_CHECKING:
    import datetime as dt


def stamp(at: dt.datetime) -> str:
    """Return day and time, short."""
    return QLocale().toString(_here(at), QLocale.FormatType.ShortFormat)


def _here(at: dt.datetime) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(at.timestamp() * 1000))
