"""Reported outcomes: indicators, what is measured and aimed at, and the words that turn the curve."""
