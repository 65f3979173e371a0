"""Picking, ordering and previewing the slides of a release."""
