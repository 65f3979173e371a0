"""The page of open data: what there is, and how to read it."""
