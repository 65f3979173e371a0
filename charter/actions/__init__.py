"""Actions: what is to be done, by whom and by when, where it came from, and what committees recommended."""
