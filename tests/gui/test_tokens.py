import pytest

from briefing_app.domain.annotation import Role
from briefing_app.gui import tokens

BODY, TEXT, CONTROL = 7.0, 4.5, 3.0


@pytest.mark.parametrize("theme", [tokens.LIGHT, tokens.DARK], ids=lambda t: t.name)
def test_every_pair_of_colours_can_be_told_apart(theme):
    pale = {
        f"{ink} on {ground}": round(contrast(a, b), 2)
        for ink, a, ground, b, least in pairs(theme)
        if contrast(a, b) < least
    }
    assert pale == {}


def test_an_unknown_colour_is_refused():
    assert tokens.LIGHT.colour("accent") == tokens.LIGHT.accent
    with pytest.raises(KeyError):
        tokens.LIGHT.colour("name")


def pairs(theme):
    def named(ink, ground, least):
        return ink, getattr(theme, ink), ground, getattr(theme, ground), least

    for ground in ("surface", "app", "sunken", "accent_soft", "hover"):
        yield named("text", ground, BODY)
    for ground in ("surface", "app", "sunken"):
        for ink in ("text2", "muted", "accent", "ok", "warn", "danger"):
            yield named(ink, ground, TEXT)
        yield named("control_border", ground, CONTROL)
    for ink in ("accent", "text2", "muted"):
        yield named(ink, "accent_soft", TEXT)
    for ink in ("text2", "accent"):
        yield named(ink, "hover", TEXT)
    yield named("on_accent", "accent", TEXT)
    for role in Role:
        tint, ink = theme.tint[role], theme.role[role]
        yield "text", theme.text, f"tint of {role}", tint, BODY
        yield f"ink of {role}", ink, f"tint of {role}", tint, TEXT
        yield f"ink of {role}", ink, "surface", theme.surface, TEXT
        yield "badge letter", theme.surface, f"ink of {role}", ink, TEXT


def contrast(one, other):
    """Source: WCAG 2.2, relative luminance and contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
