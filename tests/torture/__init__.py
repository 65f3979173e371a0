"""Attacks, kills, faults and bad input in great numbers: `make torture`. `make test` runs each in a short form."""
