"""The user's settings, read before the first paint."""
