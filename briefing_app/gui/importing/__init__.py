"""Bringing files in: what was dropped or pasted, a quiet strip while it runs, and what came of it."""
