"""Who is to be told of something, and telling them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Call = TypeVar("_Call")


def subscribe(calls: list[_Call], call: _Call) -> Callable[[], None]:
    """Add a listener; return what takes it off again."""
    calls.append(call)
    return lambda: calls.remove(call)


def tell(call: Callable[..., None], *what: object) -> None:
    """Call a listener; one that fails is reported as a bug, and the writer goes on."""
    try:
        call(*what)
    except Exception as error:  # noqa: BLE001 (what listens must not end the thread that writes)
        threading.excepthook(
            threading.ExceptHookArgs((type(error), error, error.__traceback__, None))
        )
