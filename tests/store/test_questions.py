"""Who is asked what: rule 1 of the method, with what the store holds of commitments, organisations and adoptions."""

from datetime import date, timedelta

import pytest

from charter.questions import asked_versions, owing_bodies, questions_for, side_of
from db import models
from db.engine import Store
from db.types import Measure, OrganisationKind, OwedBy, Side
from tests import factories
from tests.store.databases import one_database

OPENED = date(2026, 4, 1)
PRACTICE, EXPERIENCE = Measure.PRACTICE, Measure.EXPERIENCE

# Owed by, seen by the other side → what the body that adopted it, another public body, and a group are asked.
RULE_1 = {
    (OwedBy.NAMED_BODIES, True): (PRACTICE, None, EXPERIENCE),
    (OwedBy.NAMED_BODIES, False): (PRACTICE, None, None),
    (OwedBy.ALL_PUBLIC_BODIES, True): (PRACTICE, PRACTICE, EXPERIENCE),
    (OwedBy.ALL_PUBLIC_BODIES, False): (PRACTICE, PRACTICE, None),
    (OwedBy.VCFSE, True): (EXPERIENCE, EXPERIENCE, PRACTICE),
    (OwedBy.VCFSE, False): (None, None, PRACTICE),
    (OwedBy.ALL_PARTNERS, True): (PRACTICE, PRACTICE, PRACTICE),
    (OwedBy.ALL_PARTNERS, False): (PRACTICE, PRACTICE, PRACTICE),
}


@pytest.mark.parametrize(("owed_by", "seen"), RULE_1)
@one_database
def test_rule_1(store: Store, owed_by: OwedBy, seen: bool) -> None:
    with store.writing() as session:
        period = factories.period(session, opens_on=OPENED)
        promise = factories.commitment(session, owed_by=owed_by, seen_by_sector=seen)
        factories.asked(session, period_id=period, version_id=promise.version_id)
        kinds = (OrganisationKind.COUNCIL, OrganisationKind.NHS, OrganisationKind.FAITH)
        council, health, group = (factories.organisation(session, kind=kind) for kind in kinds)
        if owed_by is OwedBy.NAMED_BODIES:
            factories.adoption(session, commitment_id=promise.id, organisation_id=council, adopted_on=OPENED)
        versions, owing = asked_versions(session, period_id=period), owing_bodies(session, on=OPENED)
        found = [
            questions_for(versions, organisation_id=organisation, side=side_of(kind), owing=owing)
            for organisation, kind in zip((council, health, group), kinds, strict=True)
        ]
    assert tuple(asked[0].measure if asked else None for asked in found) == RULE_1[owed_by, seen]
    for asked in found:
        assert all(question.owes is (question.measure is PRACTICE) for question in asked)

        for question in asked:
            words = {PRACTICE: question.version.practice_question, EXPERIENCE: question.version.experience_question}
            assert question.text == words[question.measure]


def test_a_body_owes_from_the_day_on_which_it_adopted(store: Store) -> None:
    with store.writing() as session:
        promise = factories.commitment(session)
        health = factories.organisation(session, kind=OrganisationKind.NHS)
        factories.adoption(session, commitment_id=promise.id, organisation_id=health, adopted_on=OPENED)
        owed = {
            day: owing_bodies(session, on=day).get(promise.id, frozenset())
            for day in (OPENED - timedelta(days=1), OPENED, OPENED + timedelta(days=400))
        }
    assert list(owed.values()) == [frozenset(), {health}, {health}]


def test_a_form_is_in_the_order_of_its_charter_but_core_comes_first(store: Store) -> None:
    with store.writing() as session:
        period = factories.period(session)
        charter = factories.charter(session)
        wanted = [("A", 2, 1, True), ("B", 1, 2, False), ("C", 1, 1, True), ("D", 2, 2, False), ("E", 1, 3, True)]
        themes = {number: factories.theme(session, charter_id=charter, position=number) for number in (2, 1)}
        strands = {number: factories.strand(session, theme_id=theme) for number, theme in themes.items()}
        for ref, theme, position, core in wanted:
            promise = factories.commitment(session, ref=ref, strand_id=strands[theme], core=core)
            factories.asked(session, period_id=period, version_id=promise.version_id)
            session.get_one(models.Commitment, promise.id).position = position
        versions = asked_versions(session, period_id=period)
        asked = questions_for(versions, organisation_id=1, side=Side.VCFSE, owing={})
    assert [version.ref for version in versions] == ["C", "B", "E", "A", "D"]
    assert [question.version.ref for question in asked] == ["C", "E", "A", "B", "D"]


@pytest.mark.parametrize("kind", OrganisationKind)
def test_each_kind_is_on_its_side(kind: OrganisationKind) -> None:
    public = {"council", "nhs", "police", "other_public"}
    if kind is not OrganisationKind.BOARD:
        assert side_of(kind) is (Side.PUBLIC if kind.value in public else Side.VCFSE)
