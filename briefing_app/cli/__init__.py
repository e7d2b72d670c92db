"""The command line: one of the two fronts."""
