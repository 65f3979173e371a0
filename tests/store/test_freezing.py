"""What is frozen of a period when it is published: who was invited, what each was asked, and what counted."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from charter.figures.inputs import FrozenAnswer, FrozenPeriod
from charter.freezing import freeze, frozen_period, period_now
from charter.periods import find_period
from db.engine import Store
from db.models import Invitation, Organisation, Release, ReleaseAnswer, ReleaseInput, SelfAssessment
from db.types import IncomeBand, Influence, Measure, NoLevel, OrganisationKind, SelfAssessmentState, Side
from tests import factories
from tests.store.databases import one_database
from tests.store.small_year import Elmford, closed_year, elmford

pytestmark = pytest.mark.usefixtures("settings_env")


def frozen(session: Session) -> FrozenPeriod:
    """Freeze the year 2027 as it is now, and read it back."""
    period = find_period(session, ref="2027")
    release = factories.release(session, period_id=period.id, known_sector=period.known_sector)
    freeze(session, period=period_now(session, period=period), release_id=release)
    return frozen_period(session, release=session.get_one(Release, release))


def started(session: Session) -> Elmford:
    where = elmford(session)
    closed_year(session, where, 2027)
    return where


def test_what_counted_is_kept_as_it_was(store: Store) -> None:
    with store.writing() as session:
        where = started(session)
        found = frozen(session)
    everyone = {each.organisation_id: each for each in found.organisations}
    assert set(everyone) == {*where.groups, where.council, where.health}
    assert (found.threshold, found.known_sector, len(found.versions)) == (10, 20, 6)
    first = everyone[where.groups[0]]
    assert (first.side, first.kind, first.income_band, first.ward, first.counted, first.influence) == (
        Side.VCFSE,
        OrganisationKind.INFRASTRUCTURE,
        IncomeBand.UNDER_10K,
        "Old Town",
        True,
        Influence.VERY_POSITIVE,
    )
    assert first.answers["ELM-1"] == FrozenAnswer(Measure.EXPERIENCE, owes=False, level=0)
    assert first.answers["ELM-6"] == FrozenAnswer(Measure.PRACTICE, owes=True, level=4)
    assert everyone[where.groups[10]].answers["ELM-1"].no_level is NoLevel.DOES_NOT_APPLY
    council = everyone[where.council]
    assert (council.name, council.counted) == ("Elmford Council", True)
    assert council.answers["ELM-1"] == FrozenAnswer(Measure.PRACTICE, owes=True, level=3)
    assert council.answers["ELM-6"] == FrozenAnswer(Measure.EXPERIENCE, owes=False, level=2)


def test_a_draft_and_a_practice_that_nobody_reviewed_do_not_count(store: Store) -> None:
    with store.writing() as session:
        where = started(session)
        found = {each.organisation_id: each for each in frozen(session).organisations}
    for key in (where.groups[12], where.groups[13], where.health):
        assert not found[key].counted
        assert found[key].influence is None
        assert {answer.level for answer in found[key].answers.values()} == {None}
    assert set(found[where.health].answers) == {"ELM-1", "ELM-5", "ELM-6"}
    assert set(found[where.groups[13]].answers) == {f"ELM-{number}" for number in range(1, 7)}


def test_a_practice_counts_from_its_review(store: Store) -> None:
    with store.writing() as session:
        where = started(session)
        statement = select(SelfAssessment).where(SelfAssessment.organisation_id == where.health)
        session.exec(statement).one().state = SelfAssessmentState.REVIEWED
        found = {each.organisation_id: each for each in frozen(session).organisations}
    assert found[where.health].counted
    assert found[where.health].answers["ELM-1"].level == 0


@one_database
def test_no_groups_name_is_kept(store: Store) -> None:
    with store.writing() as session:
        started(session)
        frozen(session)
        names = session.exec(select(ReleaseInput.name)).all()
    assert sorted(set(names)) == ["", "Elmford Council", "Elmford NHS"]


@one_database
def test_one_that_was_taken_off_the_list_is_not_there(store: Store) -> None:
    with store.writing() as session:
        where = started(session)
        statement = select(Invitation).where(Invitation.organisation_id == where.groups[3])
        invitation = session.exec(statement).one()
        invitation.removed_at, invitation.removed_reason = datetime(2027, 3, 2, tzinfo=UTC), "Not in the borough"
        session.flush()
        found = {each.organisation_id for each in frozen(session).organisations}
    assert where.groups[3] not in found
    assert len(found) == 15


@one_database
def test_an_experience_is_never_counted_as_a_practice(store: Store) -> None:
    """A group that has become a public body since rated what it saw, and is asked now what it did."""
    with store.writing() as session:
        where = started(session)
        moved = session.get_one(Organisation, where.groups[0])
        moved.kind = OrganisationKind.OTHER_PUBLIC
        statement = select(SelfAssessment).where(SelfAssessment.organisation_id == where.groups[0])
        session.exec(statement).one().state = SelfAssessmentState.REVIEWED
        session.flush()
        found = {each.organisation_id: each for each in frozen(session).organisations}[where.groups[0]]
    assert (found.side, found.counted) == (Side.PUBLIC, True)
    assert found.answers["ELM-5"].level == 2  # all partners owe it: a practice then as now
    assert found.answers["ELM-6"] == FrozenAnswer(Measure.EXPERIENCE, owes=False)


@one_database
def test_each_question_that_was_asked_has_a_row(store: Store) -> None:
    with store.writing() as session:
        started(session)
        frozen(session)
        rows = session.exec(select(ReleaseAnswer)).all()
    assert len(rows) == 14 * 6 + 6 + 3
