"""Reading promises and charters: each wording once, who owes what, and what stands beside the promises."""

from datetime import date

import pytest

from charter.charters import list_charters, list_milestones, list_statements
from charter.commitments import find_commitment, list_commitments
from charter.rules.access import PUBLIC
from charter.rules.refusals import NotFoundError
from db.engine import Store
from db.types import OwedBy
from tests import factories


def test_a_promise_with_its_wordings_and_who_owes_it(charters_store: Store) -> None:
    with charters_store.reading() as session:
        found = find_commitment(session, viewer=PUBLIC, ref="ENG-DIA-1")
        together = find_commitment(session, viewer=PUBLIC, ref="PACT-3")
        with pytest.raises(NotFoundError, match="There is no promise NOPE-1"):
            find_commitment(session, viewer=PUBLIC, ref="NOPE-1")
    assert (found.newest.title, found.newest.number) == ("A wider mix of people heard", 1)
    assert [(body.name, body.since) for body in found.owing] == [("Thurrock Council", date(2021, 1, 1))]
    assert together.newest.owed_by is OwedBy.ALL_PARTNERS
    assert (together.owing, together.scored) == ((), False)


def test_two_wordings_and_two_bodies_are_each_read_once(store: Store) -> None:
    with store.writing() as session:
        ids = factories.commitment(session, ref="VOI-1")
        factories.version(session, commitment_id=ids.id, number=2, title="Newer", meaning_said_by="Ada; Grace")
        for day in (1, 2):
            factories.adoption(session, commitment_id=ids.id, adopted_on=date(2026, 1, day))
    with store.reading() as session:
        found = find_commitment(session, viewer=PUBLIC, ref="VOI-1")
        listed = list_commitments(session, viewer=PUBLIC)
    assert [wording.number for wording in found.wordings] == [2, 1]
    assert [body.since.day for body in found.owing] == [1, 2]
    assert [(each.ref, each.title) for each in listed] == [("VOI-1", "Newer")]


def test_the_charters_and_what_stands_beside_their_promises(charters_store: Store) -> None:
    with charters_store.reading() as session:
        charters = list_charters(session, viewer=PUBLIC)
        milestones = list_milestones(session, viewer=PUBLIC)
        statements = list_statements(session, viewer=PUBLIC)
        promises = list_commitments(session, viewer=PUBLIC)
    assert [charter.ref for charter in charters] == ["compact-2006", "framework-2021", "resilience-charter-2025"]
    assert [charter.follows for charter in charters] == [None, charters[0].title, charters[1].title]
    assert charters[2].not_held
    assert len(promises) == 40
    assert [each.charter_ref for each in milestones] == sorted(each.charter_ref for each in milestones)
    assert {each.kind.value for each in statements} == {
        "content",
        "achievement",
        "equality_commitment",
        "equality_outcome",
    }
