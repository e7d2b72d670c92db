"""What the window gets after its first paint, as the composition root hands it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from briefing_app.gui.desktop import Desktop
    from briefing_app.gui.doors import Doors
    from briefing_app.gui.furniture import Furniture
    from briefing_app.gui.instance import Doorbell
    from briefing_app.services.suite import Services


@dataclass(frozen=True, slots=True)
class Rest:
    """What is loaded after the first paint only; `app` knows how.

    `open_library` opens the library of a folder; the flag is whether it may be made.
    """

    furniture: type[Furniture]
    desktop: type[Desktop]
    doors: type[Doors]
    doorbell: type[Doorbell]
    tell: Callable[[QWidget, BaseException], None]
    open_library: Callable[[Path, bool], Services]
