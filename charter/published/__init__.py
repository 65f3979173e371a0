"""What of a release leaves the store: whole points and whole per cent, and never a hidden figure.

Pages, slides and files read releases through this room alone, so that rule 11 of the method holds everywhere.
"""
