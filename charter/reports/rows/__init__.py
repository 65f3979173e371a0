"""The public tables of a release, a file per subject: what stands in each, and its rows."""
