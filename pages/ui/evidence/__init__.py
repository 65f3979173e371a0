"""The page of evidence: finding items, one item by itself, and an organisation's own."""
