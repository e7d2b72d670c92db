"""What keeps the library safe, in the window: backups, restore, check, repair, the second place."""
