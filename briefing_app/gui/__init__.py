"""The window: the other front, and the only package that knows Qt."""
