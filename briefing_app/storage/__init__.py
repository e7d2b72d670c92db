"""Keep values in a library folder. The only package that knows SQL."""

from briefing_app.storage import lean

lean.load()
