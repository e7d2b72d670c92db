"""The reader: an article as it is read, its highlights, and the keys that make points of them."""
