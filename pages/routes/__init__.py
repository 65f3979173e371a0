"""The HTTP routes beside the pages, a file per subject."""
