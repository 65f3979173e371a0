"""Concerns on the screen: the list, one of them with all that was said, what each side may do, and yearly totals."""
