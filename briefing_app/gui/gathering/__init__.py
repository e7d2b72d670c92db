"""What is done to the chosen articles: triage, tags, collections, one or 100,000 at a time."""
