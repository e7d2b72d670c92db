"""Lists of addresses: bookmarks and subscriptions."""
