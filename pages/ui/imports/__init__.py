"""The page of imports: a part for each kind of file that comes in, and the list of those that did."""
