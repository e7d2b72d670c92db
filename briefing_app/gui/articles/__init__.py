"""The left pane: shelves, the filter, and the list of articles."""
