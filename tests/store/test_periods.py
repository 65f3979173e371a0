"""Periods: who is invited, what stays fixed, which changes are allowed, and the moment at which one closes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session, col, func, select

from charter import clock
from charter.catalogue.loading import load_catalogue
from charter.catalogue.schema import CharterFile
from charter.periods import (
    PeriodFound,
    close_period,
    find_period,
    open_period,
    period_by_id,
    reopen_period,
    require_open,
)
from charter.planning import plan_period
from charter.questions import asked_versions
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import ClosedError, FieldError, NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import AskedCommitment, Charter, Commitment, Invitation, Organisation, Period
from db.types import OrganisationKind, PeriodState
from tests import factories
from tests.charter_files import borough, commitment, framework, later_version
from tests.store.databases import one_database

pytestmark = pytest.mark.usefixtures("settings_env")
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)


@pytest.fixture(autouse=True)
def _autumn() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 9, 1, 8, tzinfo=UTC)):
        yield


def plan(session: Session, ref: str = "2026", *, charter_ref: str = "framework-2021", **more: object) -> PeriodFound:
    values: dict[str, object] = {
        "title": f"{ref} review",
        "charter_ref": charter_ref,
        "opens_on": FIRST,
        "closes_on": LAST,
        "list_source": "A list",
        "list_date": FIRST,
    }
    return plan_period(session, viewer=OPERATOR, ref=ref, **(values | more))  # type: ignore[arg-type]


def opened(session: Session, ref: str = "2026", **more: object) -> PeriodFound:
    plan(session, ref, **more)  # type: ignore[arg-type]
    return open_period(session, viewer=OPERATOR, ref=ref)


def load(session: Session, file: CharterFile) -> None:
    load_catalogue(session, viewer=OPERATOR, file=file, name="test.toml")


def invited(session: Session, period: PeriodFound) -> set[str]:
    return set(
        session.exec(
            select(Organisation.ref)
            .join(Invitation, col(Invitation.organisation_id) == Organisation.id)
            .where(Invitation.period_id == period.id)
        )
    )


def test_a_period_goes_from_planned_to_open_to_closed(charters_store: Store) -> None:
    with charters_store.writing() as session:
        assert plan(session).state is PeriodState.PLANNED
        period = open_period(session, viewer=OPERATOR, ref="2026")
        assert (period.state, period.charter_title) == (PeriodState.OPEN, "Framework 2021 and Pact principles")
        assert period_by_id(session, period_id=period.id) == period
        assert close_period(session, viewer=OPERATOR, ref="2026").state is PeriodState.CLOSED
        row = session.exec(select(Period)).one()
        assert row.opened_at is not None
        assert row.closed_at is not None
        assert row.opened_at <= row.closed_at <= clock.now()
        assert (row.list_source, row.list_date, row.threshold) == ("A list", FIRST, 10)


@one_database
def test_no_other_change_of_state_is_taken(charters_store: Store) -> None:
    with charters_store.writing() as session:
        plan(session)
        with pytest.raises(RefusedError, match="is planned, so it cannot become closed"):
            close_period(session, viewer=OPERATOR, ref="2026")
        open_period(session, viewer=OPERATOR, ref="2026")
        with pytest.raises(RefusedError, match="is open already"):
            open_period(session, viewer=OPERATOR, ref="2026")
        session.exec(select(Period)).one().state = PeriodState.PUBLISHED
        for change in (open_period, close_period):
            with pytest.raises(RefusedError, match="is published"):
                change(session, viewer=OPERATOR, ref="2026")


@one_database
def test_only_those_who_run_periods_may_change_them(charters_store: Store) -> None:
    with charters_store.writing() as session:
        opened(session)
        for change in (open_period, close_period):
            with pytest.raises(NotAllowedError):
                change(session, viewer=PUBLIC, ref="2026")
        with pytest.raises(NotAllowedError):
            plan_period(
                session,
                viewer=PUBLIC,
                ref="2027",
                title="2027",
                charter_ref="framework-2021",
                opens_on=FIRST,
                closes_on=LAST,
                list_source="",
                list_date=FIRST,
            )


def test_every_known_group_is_invited_and_every_body_that_is_asked(charters_store: Store) -> None:
    kinds = [kind for kind in OrganisationKind if kind is not OrganisationKind.COUNCIL]
    with charters_store.writing() as session:
        for kind in kinds:
            factories.organisation(session, ref=kind.value, kind=kind)
        factories.organisation(session, ref="ended", ends_on=FIRST - timedelta(days=1))
        factories.organisation(session, ref="ends-today", ends_on=FIRST)
        factories.organisation(session, ref="not-yet", starts_on=FIRST + timedelta(days=1))
        factories.organisation(session, ref="starts-today", starts_on=FIRST)
        factories.organisation(session, ref="made-up", made_up=True)
        found = invited(session, opened(session))
    wanted = {kind.value for kind in kinds} - {"board"} | {"GB-LAE-THR", "ends-today", "starts-today"}
    assert found == wanted


def test_made_up_and_real_never_meet(charters_store: Store) -> None:
    with charters_store.writing() as session:
        factories.organisation(session, ref="real")
        factories.organisation(session, ref="made-up", made_up=True)
        factories.organisation(session, ref="made-up-nhs", made_up=True, kind=OrganisationKind.NHS)
        assert invited(session, opened(session, "demo", made_up=True)) == {"made-up", "made-up-nhs"}
        assert invited(session, opened(session, "2026")) == {"real", "GB-LAE-THR"}


@one_database
@pytest.mark.parametrize(
    ("owed_by", "seen", "asked"),
    [
        ("named_bodies", True, {"council"}),
        ("all_public_bodies", False, {"council", "police"}),
        ("vcfse", True, {"council", "police"}),
        ("vcfse", False, set()),
        ("all_partners", True, {"council", "police"}),
    ],
)
def test_a_public_body_is_invited_where_it_is_asked_something(
    store: Store, owed_by: str, seen: bool, asked: set[str]
) -> None:
    with store.writing() as session:
        load(session, borough(commitment("ELM-1", position=1, owed_by=owed_by, seen=seen, core=False)))
        bodies = {"police": OrganisationKind.POLICE, "council": OrganisationKind.COUNCIL}
        known = set(session.exec(select(Organisation.ref)))
        for ref, kind in bodies.items():
            if ref not in known:
                factories.organisation(session, ref=ref, kind=kind, name="Elmford Council")
        factories.organisation(session, ref="group")
        other = factories.organisation(session, ref="owes-another-charter", kind=OrganisationKind.OTHER_PUBLIC)
        factories.adoption(session, organisation_id=other)
        found = invited(session, opened(session, charter_ref="elmford-2026"))
    everyone = asked | ({"owes-another-charter"} if "police" in asked else set())
    assert found == everyone | {"group"}


def test_the_newest_version_is_asked_and_stays_while_the_period_is_open(charters_store: Store) -> None:
    with charters_store.writing() as session:
        before = asked_versions(session, period_id=opened(session).id)
        load(session, framework(later_version(2, "changed")))
        assert asked_versions(session, period_id=find_period(session, ref="2026").id) == before
        after = asked_versions(session, period_id=opened(session, "2027").id)
    assert {version.ref: version.number for version in before} == {version.ref: 1 for version in after}
    assert {version.ref: version.number for version in after if version.number > 1} == {"ENG-DIA-1": 2}
    assert len(before) == len(after) == 40


def test_a_period_that_opens_again_asks_the_same_of_the_same(charters_store: Store) -> None:
    with charters_store.writing() as session:
        factories.organisation(session, ref="group")
        first = opened(session)
        asked, list_ = asked_versions(session, period_id=first.id), invited(session, first)
        close_period(session, viewer=OPERATOR, ref="2026")
        load(session, framework(later_version(2, "same")))
        factories.organisation(session, ref="later")
        again = reopen_period(session, viewer=OPERATOR, ref="2026", reason="Closed too early")
        assert asked_versions(session, period_id=again.id) == asked
        assert invited(session, again) == list_
        assert session.exec(select(Period)).one().closed_at is None


@one_database
def test_a_one_off_that_is_done_is_not_asked_again(store: Store) -> None:
    with store.writing() as session:
        once = commitment("ELM-1", position=1, continuity="one_off", core=False)
        load(session, borough(once, commitment("ELM-2", position=2)))
        first = asked_versions(session, period_id=opened(session, "first", charter_ref="elmford-2026").id)
        session.exec(select(Commitment).where(Commitment.ref == "ELM-1")).one().done_on = FIRST
        session.exec(select(Commitment).where(Commitment.ref == "ELM-2")).one().done_on = FIRST
        second = asked_versions(session, period_id=opened(session, "second", charter_ref="elmford-2026").id)
    assert [version.ref for version in first] == ["ELM-1", "ELM-2"]
    assert [version.ref for version in second] == ["ELM-2"]


@one_database
def test_a_period_with_nothing_to_ask_does_not_open(store: Store) -> None:
    with store.writing() as session:
        load(session, borough(commitment("ELM-1", position=1, continuity="one_off", core=False)))
        session.exec(select(Commitment)).one().done_on = FIRST
        plan(session, charter_ref="elmford-2026")
    with pytest.raises(RefusedError, match="nothing left to ask"), store.writing() as session:
        open_period(session, viewer=OPERATOR, ref="2026")
    with store.reading() as session:
        assert session.exec(select(func.count()).select_from(AskedCommitment)).one() == 0
        assert find_period(session, ref="2026").state is PeriodState.PLANNED


@one_database
@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"ref": "20/26"}, FieldError, "small letters"),
        ({"ref": "x" * 41}, FieldError, "up to 40"),
        ({"ref": "taken"}, FieldError, "a period taken already"),
        ({"title": " "}, FieldError, "1 to 120"),
        ({"closes_on": FIRST - timedelta(days=1)}, FieldError, "must not come before"),
        ({"charter_ref": "nothing"}, NotFoundError, "no charter nothing"),
        ({"charter_ref": "compact-2006"}, RefusedError, "is not held"),
    ],
)
def test_a_plan_that_cannot_be_taken(
    charters_store: Store, changed: dict[str, object], error: type[Exception], words: str
) -> None:
    with charters_store.writing() as session:
        charter = session.exec(select(Charter.id)).first()
        factories.period(session, ref="taken", charter_id=charter)
    with pytest.raises(error, match=words), charters_store.writing() as session:
        plan(session, **changed)  # type: ignore[arg-type]
    with charters_store.reading() as session:
        assert session.exec(select(Period.ref)).all() == ["taken"]


@one_database
def test_an_unknown_period(store: Store) -> None:
    with store.writing() as session:
        for change in (open_period, close_period):
            with pytest.raises(NotFoundError, match="There is no period 1066"):
                change(session, viewer=OPERATOR, ref="1066")
        with pytest.raises(NotFoundError, match="There is no period 1066"):
            find_period(session, ref="1066")
        with pytest.raises(NotFoundError, match="no such period"):
            period_by_id(session, period_id=1066)


@one_database
@pytest.mark.parametrize(
    ("last_day", "last_moment"),
    [
        (date(2026, 7, 31), datetime(2026, 7, 31, 22, 59, 59, tzinfo=UTC)),  # summer: an hour before midnight in UTC
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)),  # winter
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC)),  # the day on which summer time ends
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC)),  # the day on which it begins
    ],
)
def test_a_period_closes_at_the_end_of_its_last_day_here(
    charters_store: Store, last_day: date, last_moment: datetime
) -> None:
    with charters_store.writing() as session:
        period = opened(session, opens_on=last_day - timedelta(days=20), closes_on=last_day)
    with time_machine.travel(last_moment, tick=False):
        require_open(period)
    with (
        time_machine.travel(last_moment + timedelta(seconds=1), tick=False),
        pytest.raises(ClosedError, match=f"closed on {last_day.day} {last_day:%B} 2026.*kept"),
    ):
        require_open(period)


@one_database
def test_a_planned_and_a_closed_period_take_no_answers(charters_store: Store) -> None:
    with charters_store.writing() as session:
        with pytest.raises(ClosedError, match="opens on 1 September 2026"):
            require_open(plan(session))
        open_period(session, viewer=OPERATOR, ref="2026")
        with pytest.raises(ClosedError, match="takes no more answers"):
            require_open(close_period(session, viewer=OPERATOR, ref="2026"))
