"""The demonstration: the same from the same seed, marked as made up, with a story in it, and gone at one press."""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np
import pytest
import sqlalchemy as sa
import time_machine
from sqlmodel import Session, col, func, select

from charter.demonstration.cast import groups
from charter.demonstration.making import DEFAULT_SEED, make_demonstration, rounds
from charter.demonstration.removing import remove_demonstration
from charter.demonstration.story import Story
from charter.releases import ReleaseFound, list_releases
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import NotAllowedError, RefusedError
from db.engine import Store, open_engine
from db.models import (
    Account,
    Answer,
    Assistance,
    Charter,
    Commitment,
    CommitmentVersion,
    Job,
    Organisation,
    Period,
    ReleaseGap,
    ReleaseResponse,
    ReleaseScore,
    SelfAssessment,
    Ward,
)
from db.types import (
    VCFSE_KINDS,
    AssistedHow,
    Breakdown,
    IncomeBand,
    Measure,
    PeriodState,
    Scope,
    SelfAssessmentState,
    Side,
    Withheld,
)
from tests import factories
from tests.conftest import BACKENDS
from tests.store.contents import counts
from tests.store.databases import one_database
from tests.templates import Template, Templates, load_sources

THEMES = ("engagement", "empowerment", "equality")


def digest(session: Session) -> str:
    """Give a digest of who is in the demonstration and what each answered, without what is drawn anew each time."""
    rows = session.execute(
        sa.select(
            col(Organisation.ref),
            col(Organisation.name),
            col(Organisation.kind),
            col(Organisation.income_band),
            col(SelfAssessment.state),
            col(SelfAssessment.influence),
            col(SelfAssessment.contact),
            col(SelfAssessment.engagement_level),
            col(Commitment.ref),
            col(Answer.measure),
            col(Answer.level),
            col(Answer.no_level),
        )
        .select_from(Answer)
        .join(SelfAssessment, col(SelfAssessment.id) == col(Answer.self_assessment_id))
        .join(Period, col(Period.id) == col(SelfAssessment.period_id))
        .join(Organisation, col(Organisation.id) == col(SelfAssessment.organisation_id))
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(Answer.commitment_version_id))
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .order_by(col(Period.opens_on), col(Organisation.ref), col(Commitment.ref))
    ).all()
    assert len(rows) > 15_000
    return hashlib.sha256("\n".join(str(tuple(row)) for row in rows).encode()).hexdigest()


def published(session: Session) -> list[ReleaseFound]:
    """Give the releases, the oldest first."""
    return list(list_releases(session, viewer=PUBLIC))[::-1]


def whole(session: Session, release: ReleaseFound, side: Side, measure: Measure) -> dict[str, float | None]:
    """Give the theme scores of one side."""
    rows = session.exec(
        select(ReleaseScore).where(
            ReleaseScore.release_id == release.id,
            ReleaseScore.scope == Scope.THEME,
            ReleaseScore.side == side,
            ReleaseScore.measure == measure,
            ReleaseScore.breakdown == Breakdown.WHOLE,
        )
    )
    return {row.ref: row.score for row in rows}


def theme_gap(session: Session, release: ReleaseFound, ref: str) -> float:
    statement = select(ReleaseGap).where(ReleaseGap.release_id == release.id, ReleaseGap.scope == Scope.THEME)
    gap = next(row.gap for row in session.exec(statement.where(ReleaseGap.ref == ref)))
    assert gap is not None
    return gap


def falls(values: Iterable[float]) -> bool:
    listed = list(values)
    return all(later < earlier for earlier, later in itertools.pairwise(listed))


@pytest.mark.slow
def test_two_processes_at_once_make_it_once(demonstration: Template) -> None:
    assert demonstration.outcomes == ((0, ""), (0, ""))


def test_it_has_350_groups_and_three_published_periods_and_an_open_one(demo_read: Store) -> None:
    with demo_read.reading() as session:
        groups = select(func.count()).select_from(Organisation).where(col(Organisation.kind).in_(VCFSE_KINDS))
        assert session.exec(groups).one() == 350
        states = session.exec(select(Period.state).order_by(col(Period.opens_on))).all()
        assert states == [PeriodState.PUBLISHED] * 3 + [PeriodState.OPEN]
        sent = session.exec(
            select(SelfAssessment.state)
            .join(Period, col(Period.id) == SelfAssessment.period_id)
            .join(Organisation, col(Organisation.id) == SelfAssessment.organisation_id)
            .where(Period.state == PeriodState.OPEN, col(Organisation.kind).in_(VCFSE_KINDS))
        ).all()
        assert Counter(sent) == {SelfAssessmentState.SUBMITTED: 200, SelfAssessmentState.DRAFT: 40}
        refs = [release.ref for release in published(session)]
        first, second, third = (one.ref for one in rounds()[:3])
        assert refs == [f"{first}.1", f"{first}.2", f"{second}.1", f"{third}.1"]


def test_everything_in_it_is_marked_as_made_up(demo_read: Store) -> None:
    with demo_read.reading() as session:
        real = session.exec(select(Organisation).where(col(Organisation.made_up).is_(False))).all()
        assert [organisation.ref for organisation in real] == ["GB-LAE-THR"]
        named = session.exec(select(Organisation.name).where(Organisation.made_up)).all()
        assert len(named) == 353
        assert all(name.endswith("(made up)") for name in named)
        assert all(session.exec(select(Period.made_up)).all())
        assert all(session.exec(select(Ward.made_up)).all())
        assert all(session.exec(select(Account.made_up)).all())
        assert all(release.made_up for release in published(session))


def test_no_one_in_it_answers_twice_and_no_answer_lies_in_the_future(demo_read: Store) -> None:
    with demo_read.reading() as session:
        answers = session.exec(select(func.max(Answer.saved_at))).one()
        assert answers is not None
        assert answers.astimezone(UTC) <= datetime.now(UTC)
        reviewed = session.exec(
            select(SelfAssessment).where(SelfAssessment.state == SelfAssessmentState.REVIEWED)
        ).all()
        assert len(reviewed) == 9
        assert all(row.reviewed_at is not None for row in reviewed)


def test_its_story_themes_are_unequal_and_the_engagement_gap_narrows(demo_read: Store) -> None:
    with demo_read.reading() as session:
        releases = list({release.period_id: release for release in published(session)}.values())
        for release in releases:
            scores = whole(session, release, Side.VCFSE, Measure.EXPERIENCE)
            assert set(scores) == set(THEMES)
            given = [score for score in scores.values() if score is not None]
            assert max(given) - min(given) > 12
            assert min(scores, key=lambda ref: scores[ref] or 0) == "empowerment"
        gaps = [theme_gap(session, release, "engagement") for release in releases]
        assert falls(gaps)
        assert gaps[0] - gaps[-1] > 8


def test_its_story_small_groups_answer_less_often(demo_read: Store) -> None:
    with demo_read.reading() as session:
        for release in published(session):
            rows = session.exec(
                select(ReleaseResponse).where(
                    ReleaseResponse.release_id == release.id, ReleaseResponse.breakdown == Breakdown.INCOME
                )
            )
            rates = {row.group_code: row.submitted / row.invited for row in rows}
            assert rates[IncomeBand.OVER_100K] > rates[IncomeBand.FROM_10K_TO_100K] > rates[IncomeBand.UNDER_10K]


def test_its_story_some_groups_are_too_small_to_be_shown(demo_read: Store) -> None:
    with demo_read.reading() as session:
        for release in published(session):
            reasons = session.exec(
                select(ReleaseScore.withheld).where(
                    ReleaseScore.release_id == release.id,
                    ReleaseScore.scope == Scope.COMMITMENT,
                    ReleaseScore.breakdown == Breakdown.KIND,
                )
            ).all()
            assert {None, Withheld.FEW_OR_UNIFORM, Withheld.PROTECTS_ANOTHER} <= set(reasons)


def test_the_same_seed_gives_the_same_answers_on_both_databases(templates: Templates) -> None:
    """Both were made by processes of their own, each with references, links and passwords of its own."""
    found = set()
    for backend in BACKENDS:
        opened = Store(open_engine(templates.readable(templates.demonstration(backend))))
        with opened.reading() as session:
            found.add(digest(session))
        opened.engine.dispose()
    assert len(found) == 1


def test_another_seed_gives_other_groups_and_other_answers() -> None:
    casts = [tuple(groups(np.random.default_rng([seed, 0]))) for seed in (DEFAULT_SEED, DEFAULT_SEED, DEFAULT_SEED + 1)]
    assert casts[0] == casts[1]
    assert casts[0] != casts[2]
    places = [[Story(seed, casts[0]).answering(number) for number in range(4)] for seed in (1, 1, 2)]
    assert places[0] == places[1]
    assert places[0] != places[2]


def test_removing_it_leaves_the_ground_truth(demo_store: Store, charters_store: Store) -> None:
    with demo_store.writing() as session:
        assert remove_demonstration(session, viewer=OPERATOR) == 353
    with charters_store.writing() as session:
        load_sources(session)
    log = {"audit_entry", "audit_detail", "store_fact"}
    left, fresh = counts(demo_store), counts(charters_store)
    assert {table: count for table, count in left.items() if table not in log} == {
        table: count for table, count in fresh.items() if table not in log
    }
    with demo_store.writing() as session:
        assert remove_demonstration(session, viewer=OPERATOR) == 0


@one_database
def test_removing_it_leaves_what_is_real_and_pointed_at_it(demo_store: Store) -> None:
    with demo_store.writing() as session:
        made_up = session.exec(select(Organisation.id).where(Organisation.made_up)).first()
        account = session.exec(select(Account.id).where(Account.made_up)).first()
        ward = session.exec(select(Ward.id).where(Ward.made_up)).first()
        real = factories.organisation(session, part_of_id=made_up, successor_id=made_up, ward_id=ward)
        job = factories.add(session, Job, {"kind": "publish", "subject": "2026", "account_id": account})
        helped = factories.self_assessment(session, organisation_id=real)
        typed = {"self_assessment_id": helped, "account_id": account, "how": AssistedHow.TELEPHONE}
        assistance = factories.add(session, Assistance, typed)
        person = factories.account(session)
        factories.grant(session, account_id=person, organisation_id=made_up)
    with demo_store.writing() as session:
        remove_demonstration(session, viewer=OPERATOR)
    with demo_store.reading() as session:
        kept = session.get_one(Organisation, real)
        assert (kept.part_of_id, kept.successor_id, kept.ward_id) == (None, None, None)
        assert session.get_one(Job, job).account_id is None
        assert session.get_one(Assistance, assistance).account_id is None
        assert session.exec(select(Account.id)).all() == [person]


@one_database
def test_it_is_added_once_and_only_by_those_who_may(demo_store: Store) -> None:
    before = counts(demo_store)
    with pytest.raises(RefusedError, match="there already"), demo_store.writing() as session:
        make_demonstration(session, viewer=OPERATOR)
    with pytest.raises(NotAllowedError), demo_store.writing() as session:
        remove_demonstration(session, viewer=PUBLIC)
    assert counts(demo_store) == before


@one_database
@pytest.mark.usefixtures("settings_env")
def test_it_does_not_take_the_place_of_a_real_period(charters_store: Store) -> None:
    with charters_store.writing() as session:
        charter = session.exec(select(Charter.id).where(Charter.ref == "framework-2021")).one()
        factories.period(session, ref=rounds()[-1].ref, charter_id=charter)
    before = counts(charters_store)
    with pytest.raises(RefusedError, match="of its own"), charters_store.writing() as session:
        make_demonstration(session, viewer=OPERATOR)
    assert counts(charters_store) == before


@pytest.mark.parametrize("today", [datetime(2027, 1, 2, 9, tzinfo=UTC), datetime(2028, 2, 29, 9, tzinfo=UTC)])
@pytest.mark.usefixtures("settings_env")
def test_its_periods_are_in_order_on_any_day(today: datetime) -> None:
    with time_machine.travel(today):
        found = rounds()
    assert [one.ref for one in found] == [str(today.year - back) for back in (3, 2, 1, 0)]
    assert all(first.closes_on < second.opens_on for first, second in itertools.pairwise(found))
    assert found[-1].opens_on <= today.date() <= found[-1].closes_on
