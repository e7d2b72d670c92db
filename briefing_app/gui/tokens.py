"""The colours, sizes and spaces of the window: one source for palette, style sheet and delegates."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing_app.domain.annotation import Role

# Units: px at 100 %
CAPS, META, UI, EDIT, BRIEF_TITLE, READER, ARTICLE_TITLE = 11, 12, 13, 14, 17, 17, 27
SPACE = (0, 4, 8, 12, 16, 24, 32, 48)
CHIP_RADIUS, CONTROL_RADIUS, CARD_RADIUS = 4, 6, 10
LIST_ROW, TOOLBAR, TEXT_MEASURE = 96, 52, 660

CHROME = "Inter"
CONTENT = "Source Serif 4"


@dataclass(frozen=True, slots=True)
class RoleColours:
    """A colour for each role; `tint` goes behind text, `ink` is for letters, badges and marks."""

    story: str
    key_point: str
    takeaway: str
    impact: str
    highlight: str

    def __getitem__(self, role: Role) -> str:
        return str(getattr(self, role.name.lower()))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, as ``#RRGGBB``."""

    name: str
    app: str
    surface: str
    sunken: str
    border: str
    control_border: str
    text: str
    text2: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    hover: str
    scroll: str
    ok: str
    warn: str
    danger: str
    role: RoleColours
    tint: RoleColours

    def colour(self, name: str) -> str:
        """Return a colour by its name, e.g. for an icon. Raises: KeyError for an unknown one."""
        if name not in {field.name for field in fields(self)} - {"name", "role", "tint"}:
            raise KeyError(name)
        return str(getattr(self, name))


LIGHT = Tokens(
    name="light",
    app="#F1F3F6",
    surface="#FFFFFF",
    sunken="#F7F8FA",
    border="#DCE1E8",
    control_border="#7C8899",
    text="#18202B",
    text2="#4A5666",
    muted="#5F6B7B",
    accent="#1D56B3",
    on_accent="#FFFFFF",
    accent_soft="#E4EDFA",
    hover="#EBEFF4",
    scroll="#B8C1CD",
    ok="#17693A",
    warn="#8A4B06",
    danger="#A81E1E",
    role=RoleColours("#44546A", "#1D4FB0", "#7E4A00", "#7A1F86", "#0B6158"),
    tint=RoleColours("#E6EBF2", "#D9E6FF", "#FFE9BD", "#F5DFF8", "#D5F1ED"),
)

DARK = Tokens(
    name="dark",
    app="#12151A",
    surface="#1A1E25",
    sunken="#15191F",
    border="#2C333D",
    control_border="#748193",
    text="#E7EAEF",
    text2="#B4BDC9",
    muted="#96A1B0",
    accent="#86B4FF",
    on_accent="#0B1420",
    accent_soft="#1F3050",
    hover="#232932",
    scroll="#3D4653",
    ok="#6FCF97",
    warn="#F0B35B",
    danger="#FF8F8F",
    role=RoleColours("#B6C4D8", "#9CC2FF", "#F2C46D", "#E3A6EE", "#6FD3C5"),
    tint=RoleColours("#2B3442", "#20345A", "#453612", "#43264C", "#163C38"),
)
