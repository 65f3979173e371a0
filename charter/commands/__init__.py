"""The command line, a file per subject. `charter.__main__` joins them."""
