"""Which tests of the store run on one database, and which on both."""

import pytest

# Every test of the store runs on SQLite and on PostgreSQL, where what it holds can differ between them: constraints and
# what a broken one is called, migrations, locks and races, transactions, SQL that counts, sorts, searches or compares,
# how words, moments and numbers are kept, publishing, verifying, backup and restore. What Python decides by itself
# cannot differ: who may do a thing, what is refused before anything is written, what is said of it, how files and
# letters look. That runs on SQLite alone, beside a test of the same verb that runs on both.
one_database = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
