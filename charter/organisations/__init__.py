"""Organisations: kept, found, merged, and what each has signed, with the wards that they lie in."""
