"""What one can do with a library; both fronts use it."""
