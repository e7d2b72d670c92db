"""Bundles in the window: what to put in one, and what one would bring."""
