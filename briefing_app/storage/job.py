"""What waits to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from sqlalchemy import Connection

    from briefing_app.domain.article import Intake
    from briefing_app.domain.change import ChangeSet


@dataclass(slots=True, eq=False)
class Job:
    """A change set on its way. `due` is when typing is stored; until then more may join it.

    `work` is done in the place of a change set, by a caller who waits for it.
    """

    change_set: ChangeSet
    intakes: tuple[Intake, ...] = ()
    due: float = 0.0
    done: Future[Any] | None = None
    work: Callable[[Connection], Any] | None = None
    since: int | None = None  # what the caller found out was true up to this change
    checked: bool = False
