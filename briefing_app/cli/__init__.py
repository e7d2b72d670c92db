"""The command line: the second front of the same services."""
