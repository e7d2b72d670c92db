"""The window: the other front, and the only package that knows Qt."""

from briefing_app.gui import imports

imports.restore()
