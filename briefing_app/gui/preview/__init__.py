"""The pages of a brief as they will be printed."""
