"""The right pane: a brief's stories, put together row by row."""
