"""Saved pages and copied parts of pages: which blocks they hold, and which are the article."""
