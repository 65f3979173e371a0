"""What an item is evidence for: reported outcomes, actions and answers, of its own organisation alone."""

import pytest
from sqlmodel import Session, select

from charter.evidence.citations import (
    Citations,
    answers_citing,
    citable,
    cited_by,
    evidence_of_action,
    evidence_of_indicator,
    speak_for,
)
from charter.evidence.fields import Tags
from charter.evidence.items import remove_evidence
from charter.rules.access import PUBLIC
from charter.rules.refusals import EditedElsewhereError, NotFoundError
from db.engine import Store
from db.models import Action, EvidenceTag, Indicator, Measurement
from db.types import EvidenceSeenBy, OrganisationKind, Role
from tests import factories
from tests.store import reviewing
from tests.store.portfolio import Portfolio, portfolio
from tests.store.test_evidence import cite


@pytest.fixture
def kept(store: Store) -> Portfolio:
    return portfolio(store)


def _measured(session: Session, organisation_id: int) -> tuple[str, int]:
    """Give an indicator's reference, and a reported outcome's key."""
    theme = factories.theme(session)
    ref = f"indicator-{factories.number()}"
    values = {"organisation_id": organisation_id, "theme_id": theme, "ref": ref, "title": "People who took part"}
    indicator = factories.add(session, Indicator, values)
    return ref, factories.add(session, Measurement, {"indicator_id": indicator})


def _acted(session: Session, organisation_id: int) -> tuple[str, int]:
    ref = f"AC-{factories.digest()[:8]}"
    return ref, factories.add(session, Action, {"organisation_id": organisation_id, "ref": ref, "heading": "Do it"})


def test_a_reported_outcome_and_an_action_cite_an_item(kept: Portfolio) -> None:
    key = kept.add_for(EvidenceSeenBy.PUBLIC)
    hidden = kept.add_for(EvidenceSeenBy.PRIVATE)
    with kept.store.writing() as session:
        indicator, value = _measured(session, kept.form.council_id)
        action_ref, action = _acted(session, kept.form.council_id)
        own = citable(session, viewer=kept.council, organisation_id=kept.form.council_id)
        assert ([each.id for each in own.values], [each.id for each in own.actions]) == ([value], [action])
        for each in (key, hidden):
            speak_for(
                session,
                viewer=kept.council,
                evidence_id=each,
                seen=Citations(),
                value_ids=[value],
                action_ids=[action],
            )
    item = kept.item(key)
    with kept.store.reading() as session:
        for viewer, count in ((kept.council, 2), (PUBLIC, 1)):
            assert len(evidence_of_indicator(session, viewer=viewer, indicator_ref=indicator)) == count
            assert len(evidence_of_action(session, viewer=viewer, action_ref=action_ref)) == count
        assert cited_by(session, viewer=kept.council, item=item) == own
        # What is not published yet is not told to those who read what is published.
        assert cited_by(session, viewer=PUBLIC, item=item) == Citations()
    with kept.store.writing() as session:
        speak_for(session, viewer=kept.council, evidence_id=key, seen=own, value_ids=[], action_ids=[action])
        assert cited_by(session, viewer=kept.council, item=item) == Citations((), own.actions)


def test_an_item_speaks_for_nothing_of_anothers_and_for_what_the_page_showed(kept: Portfolio) -> None:
    key = kept.add()
    with kept.store.writing() as session:
        other = factories.organisation(session, kind=OrganisationKind.NHS)
        _, theirs = _measured(session, other)
        _, own = _measured(session, kept.form.council_id)
    for viewer, values, refusal in (
        (kept.council, [theirs], NotFoundError),
        (kept.council, [99_999], NotFoundError),
        (kept.group, [own], NotFoundError),
        (PUBLIC, [own], NotFoundError),
    ):
        with pytest.raises(refusal), kept.store.writing() as session:
            speak_for(session, viewer=viewer, evidence_id=key, seen=Citations(), value_ids=values, action_ids=[])
    with kept.store.writing() as session:
        speak_for(session, viewer=kept.council, evidence_id=key, seen=Citations(), value_ids=[own], action_ids=[])
    with pytest.raises(EditedElsewhereError), kept.store.writing() as session:
        speak_for(session, viewer=kept.council, evidence_id=key, seen=Citations(), value_ids=[], action_ids=[])


def test_taken_away_it_speaks_for_nothing_any_more(kept: Portfolio) -> None:
    key = kept.add(tags=Tags(groups=("Carers",)))
    with kept.store.writing() as session:
        ref, value = _measured(session, kept.form.council_id)
        speak_for(session, viewer=kept.council, evidence_id=key, seen=Citations(), value_ids=[value], action_ids=[])
        remove_evidence(session, viewer=kept.council, evidence_id=key)
        assert evidence_of_indicator(session, viewer=kept.council, indicator_ref=ref) == ()
        assert session.exec(select(EvidenceTag)).all() == []


def test_which_answers_point_to_an_item_is_told_to_those_who_may_see_the_answers(kept: Portfolio) -> None:
    key = kept.add_for(EvidenceSeenBy.PUBLIC)
    cite(kept.store, kept.form, key)
    item, told = kept.item(key), (("Review", "listen"),)
    reviewer, coordinator = reviewing.reviewer(kept.form), reviewing.holding(kept.form, Role.COORDINATOR)
    with kept.store.reading() as session:
        assert answers_citing(session, viewer=kept.council, item=item) == told
        for viewer in (PUBLIC, kept.group, reviewer, coordinator):
            assert answers_citing(session, viewer=viewer, item=item) == (), "nobody else reads a draft"
    reviewing.send_with(kept.store, kept.form, seen=1)
    with kept.store.reading() as session:
        for viewer in (kept.council, reviewer, coordinator):
            assert answers_citing(session, viewer=viewer, item=item) == told
        for viewer in (PUBLIC, kept.group):
            assert answers_citing(session, viewer=viewer, item=item) == ()
