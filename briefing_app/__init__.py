"""Turn articles into a briefing: read, highlight, compose, print."""

__version__ = "0.1.0"
