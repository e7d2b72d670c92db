"""What the window gets after its first paint, as the composition root hands it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from briefing_app.domain.change import ChangeSet
    from briefing_app.gui.desktop import Desktop
    from briefing_app.gui.doors import Doors
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.instance import Doorbell
    from briefing_app.services.suite import Services
    from briefing_app.services.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class Rest:
    """What is loaded after the first paint only; `app` knows how.

    `open_library` opens the library of a folder; the flag is whether it may be made. `open_carrying`
    opens a copy, with edits that its original could not take. `upkeep_of` keeps one safe, open or not.
    """

    furniture: type[Furniture]
    desktop: type[Desktop]
    doors: type[Doors]
    doorbell: type[Doorbell]
    tell: Callable[[QWidget, BaseException], None]
    open_library: Callable[[Path, bool], Services]
    open_carrying: Callable[[Path, tuple[ChangeSet, ...]], Services]
    safety: Callable[..., QObject]
    upkeep_of: Callable[[Path], Upkeep]
