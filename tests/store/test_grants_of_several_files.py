"""One grant in several files: which of them tells of it, whichever is taken back, and made-up ones beside real ones."""

from decimal import Decimal

import pytest

from charter.imports.taking_back import take_back
from charter.rules.access import Viewer
from db.engine import Store
from db.types import Role
from tests import factories
from tests.grant_files import grant
from tests.store.bringing import bring, sums
from tests.store.closed_reviews import person
from tests.store.test_importing_grants import REASON, held


@pytest.fixture
def coordinator(store: Store) -> Viewer:
    """Make a coordinator, and a group that was given grants."""
    with store.writing() as session:
        factories.organisation(session, ref="GB-CHC-1000001", name="Elmford Gardeners")
        return person(session, Role.COORDINATOR)


def test_of_three_files_the_first_holds_again_once_the_other_two_are_taken_back(
    store: Store, coordinator: Viewer
) -> None:
    bring(store, coordinator, grant(1))
    second = bring(store, coordinator, grant(1, amountAwarded=1500)).ref
    third = bring(store, coordinator, grant(1, amountAwarded=2000)).ref
    for ref, amount in ((second, 2000), (third, 1000)):
        with store.writing() as session:
            take_back(session, viewer=coordinator, ref=ref, reason=REASON)
        assert held(store) == [("360G-elm-1", Decimal(amount))]
    assert sums(store)["360giving-all"] == {2024: Decimal(1000)}


def test_a_made_up_file_never_changes_a_real_grant(store: Store, coordinator: Viewer) -> None:
    with store.writing() as session:
        made_up = Viewer(account_id=factories.account(session, made_up=True), grants=coordinator.grants)
        factories.organisation(session, ref="GB-CHC-4444444", name="Made-up gardeners", made_up=True)
    bring(store, coordinator, grant(1))
    recipient = {"id": "GB-CHC-4444444", "name": "Made-up gardeners"}
    theirs = (grant(1, recipient=recipient, amountAwarded=9), grant(2, recipient=recipient))
    done = bring(store, made_up, *theirs)
    assert (done.new, done.changed, done.already, done.left) == (1, 0, 0, 1)
    assert "Made-up groups and real ones are kept apart." in done.findings[0].reason
    assert held(store) == [("360G-elm-1", Decimal(1000)), ("360G-elm-2", Decimal(1000))]
