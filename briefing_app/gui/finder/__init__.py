"""Ctrl+K: finds articles, stories and highlights, and runs commands."""
