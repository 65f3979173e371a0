"""The page of one indicator: what everybody reads of it, and the forms of those who report it."""
