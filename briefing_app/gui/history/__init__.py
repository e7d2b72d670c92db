"""The history of a brief or a story: a line of moments, and how it stood at each."""
