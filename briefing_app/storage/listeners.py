"""Who wants to be told: any thread may listen, and one that fails harms nobody else."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Call = TypeVar("_Call")


def subscribe(calls: list[_Call], call: _Call) -> Callable[[], None]:
    """Add a listener; return what ends that."""
    calls.append(call)
    return lambda: calls.remove(call)


def tell(call: Callable[..., None], *what: object) -> None:
    """Call a listener; one that fails is reported as a bug, and the thread that tells goes on."""
    try:
        call(*what)
    except Exception as error:  # noqa: BLE001 (what listens must not end the thread that tells)
        threading.excepthook(
            threading.ExceptHookArgs((type(error), error, error.__traceback__, None))
        )
