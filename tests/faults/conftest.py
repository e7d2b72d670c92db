"""The libraries of the unit tests, for faults."""

from __future__ import annotations

from tests.unit.conftest import folder, new_id, open_again, receive, services

__all__ = ["folder", "new_id", "open_again", "receive", "services"]
