"""A test's store is its own: whatever an earlier test did to a copy, nothing of it is in the next one."""

import pytest

from db.engine import Store
from tests import factories
from tests.store.contents import counts
from tests.store.rows import ROWS


@pytest.mark.parametrize("time", [1, 2])
def test_a_store_has_no_row_and_counts_from_one(store: Store, time: int) -> None:
    del time  # the second time finds whatever the first one left
    assert set(counts(store).values()) == {0}
    with store.writing() as session:
        assert factories.organisation(session) == 1
        for table, row in ROWS.items():
            if table != "audit_entry":  # it comes with its detail
                row(session)
    assert 0 not in counts(store).values()


def test_two_stores_of_one_test_are_two(store: Store, charters_store: Store) -> None:
    before = counts(charters_store)
    with store.writing() as session:
        factories.organisation(session)
    assert counts(charters_store) == before
    assert counts(store)["charter"] == 0
