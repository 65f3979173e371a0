"""Concerns: raising one, what each side says to it, who decides, and what comes of it."""
