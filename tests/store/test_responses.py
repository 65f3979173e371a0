"""Who has answered and who has not: counts, the list, the days, the call list, and what waits this week."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from charter import clock
from charter.charts.submissions import submission_bars, submission_words
from charter.pages_of_rows import Slice
from charter.responses.calling import call_list
from charter.responses.counting import count_responses, count_table
from charter.responses.days import day_frame, day_table, sent_by_day
from charter.responses.letters import letter_words
from charter.responses.listing import Response, count_matching, list_responses, list_wards
from charter.responses.wanted import Order, Status, Wanted, Written
from charter.rules.access import PUBLIC, Grant, Viewer
from charter.rules.refusals import NotAllowedError
from charter.week import Line, WeekLine, this_week
from db.engine import Store
from db.models import Invitation, Mail, Organisation, Period
from db.types import (
    Breakdown,
    IncomeBand,
    MailKind,
    MailState,
    OrganisationKind,
    PeriodState,
    Role,
    SelfAssessmentState,
    Side,
)
from tests import factories
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database

pytestmark = pytest.mark.usefixtures("settings_env")
COORDINATOR = Viewer(account_id=None, grants=frozenset({Grant(Role.COORDINATOR)}))
OTHERS = (PUBLIC, Viewer(grants=frozenset({Grant(Role.REVIEWER), Grant(Role.ADMINISTRATOR), Grant(Role.PARTNER, 1)})))


@pytest.fixture
def form(store: Store) -> AskedForm:
    """Give three groups and a council: Tea Club has sent, Chess Club has a draft, Quiet Group has not begun."""
    made = ask(store)
    with store.writing() as session:
        ward = factories.ward(session, name="Old Town")
        quiet = factories.organisation(
            session,
            ref="QUIET",
            name="Quiet Group",
            ward_id=ward,
            income_band=IncomeBand.UNDER_10K,
            phone="01632 960001",
        )
        factories.invitation(session, period_id=made.period_id, organisation_id=quiet)
        removed = factories.organisation(session, name="Removed Group")
        factories.invitation(
            session,
            period_id=made.period_id,
            organisation_id=removed,
            removed_at=factories.MOMENT,
            removed_reason="It has closed",
        )
        for key, state in (
            (made.group_id, SelfAssessmentState.SUBMITTED),
            (made.council_id, SelfAssessmentState.SUBMITTED),
        ):
            factories.self_assessment(
                session, period_id=made.period_id, organisation_id=key, state=state, submitted_at=clock.now()
            )
        factories.self_assessment(session, period_id=made.period_id, organisation_id=made.other_id)
        session.get_one(Organisation, made.other_id).email = "chess@example.org"
    return made


def mail(session: Session, organisation_id: int, kind: MailKind, state: MailState, *, at: datetime) -> None:
    invitation = session.exec(select(Invitation.id).where(Invitation.organisation_id == organisation_id)).one()
    values = {
        "kind": kind,
        "state": state,
        "address": "group@example.org",
        "invitation_id": invitation,
        "message_id": f"<{factories.number()}@example.org>",
        "created_at": at,
        "changed_at": at,
    }
    factories.add(session, Mail, values)


def found(session: Session, form: AskedForm, wanted: Wanted) -> Slice[Response]:
    return list_responses(session, viewer=COORDINATOR, period_id=form.period_id, wanted=wanted)


def names(session: Session, form: AskedForm, **wanted: object) -> list[str]:
    return [row.name for row in found(session, form, Wanted(**wanted)).rows]  # type: ignore[arg-type]


def line(session: Session, which: Line) -> WeekLine:
    lines: Sequence[WeekLine] = this_week(session, viewer=COORDINATOR).lines
    return next(each for each in lines if each.line is which)


def test_invited_started_and_submitted_are_counted_by_kind_income_and_ward(store: Store, form: AskedForm) -> None:
    with store.reading() as session:
        counted = count_responses(session, viewer=COORDINATOR, period_id=form.period_id)
    groups = counted.groups
    assert (groups.invited, groups.started, groups.submitted, groups.missing) == (3, 1, 1, 2)
    assert (counted.bodies.invited, counted.bodies.submitted) == (1, 1)
    kinds = {each.label: (each.invited, each.submitted) for each in counted.by[Breakdown.KIND]}
    assert kinds == {"Voluntary groups": (1, 0), "Community groups": (2, 1)}
    assert {each.label: each.invited for each in counted.by[Breakdown.INCOME]} == {
        "Under £10,000": 1,
        "Income not known": 2,
    }
    wards = count_table(counted.by[Breakdown.WARD], Breakdown.WARD)
    assert wards.to_dict("list") == {
        "Ward": ["Old Town", "Ward not known"],
        "Sent": ["0 of 1", "1 of 2"],
        "Begun, not sent": ["0", "1"],
        "Not begun": ["1", "0"],
    }


def test_the_list_says_where_each_stands_and_leaves_out_who_was_removed(store: Store, form: AskedForm) -> None:
    with store.reading() as session:
        rows = found(session, form, Wanted()).rows
    assert [(row.name, row.status) for row in rows] == [
        ("Chess Club", Status.STARTED),
        ("Quiet Group", Status.NOT_STARTED),
        ("Riverbank Council", Status.SENT),
        ("Tea Club", Status.SENT),
    ]
    assert (rows[1].ward, rows[1].phone, rows[1].submitted_at) == ("Old Town", "01632 960001", None)
    assert rows[3].submitted_at is not None


def test_the_list_is_filtered_by_each_of_its_fields(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        mail(session, form.other_id, MailKind.REMINDER, MailState.SENT, at=clock.now())
        assert names(session, form, status=Status.MISSING) == ["Chess Club", "Quiet Group"]
        assert names(session, form, status=Status.STARTED) == ["Chess Club"]
        assert names(session, form, status=Status.NOT_STARTED) == ["Quiet Group"]
        assert names(session, form, status=Status.SENT, side=Side.VCFSE) == ["Tea Club"]
        assert names(session, form, side=Side.PUBLIC) == ["Riverbank Council"]
        assert names(session, form, kind=OrganisationKind.COMMUNITY) == ["Chess Club", "Tea Club"]
        assert names(session, form, income=IncomeBand.UNDER_10K) == ["Quiet Group"]
        assert names(session, form, income=IncomeBand.NOT_KNOWN) == ["Chess Club", "Tea Club"], "a body has no band"
        assert names(session, form, ward="Old Town") == ["Quiet Group"]
        assert names(session, form, search="club chess") == ["Chess Club"]
        assert names(session, form, written=Written.REMINDED) == ["Chess Club"]
        assert "Chess Club" not in names(session, form, written=Written.NOT_REMINDED)
        assert names(session, form, written=Written.NEVER) == ["Quiet Group", "Riverbank Council", "Tea Club"]
        assert "Chess Club" not in names(session, form, written=Written.NO_ADDRESS)
        assert list_wards(session, viewer=COORDINATOR, period_id=form.period_id) == ("Old Town",)


def test_when_somebody_was_last_reminded_is_of_what_arrived(store: Store, form: AskedForm) -> None:
    now = clock.now().replace(microsecond=0)
    with store.writing() as session:
        mail(session, form.other_id, MailKind.INVITATION, MailState.SENT, at=now - timedelta(days=9))
        mail(session, form.other_id, MailKind.REMINDER, MailState.SENT, at=now - timedelta(days=5))
        mail(session, form.other_id, MailKind.REMINDER, MailState.WRITTEN, at=now - timedelta(days=3))
        mail(session, form.other_id, MailKind.REMINDER, MailState.BOUNCED, at=now)
        (row,) = found(session, form, Wanted(written=Written.TROUBLE)).rows
        assert (row.name, row.trouble) == ("Chess Club", True)
        assert row.reminded_at == now - timedelta(days=3)
        assert row.invited_at == now - timedelta(days=9)
        assert line(session, Line.BOUNCED).count == 1
        mail(session, form.other_id, MailKind.NEW_LINK, MailState.SENT, at=now + timedelta(seconds=1))
        assert names(session, form, written=Written.TROUBLE) == []
        assert line(session, Line.BOUNCED).count == 0


def test_the_list_is_put_in_each_order(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        mail(session, form.other_id, MailKind.REMINDER, MailState.SENT, at=clock.now())
        assert names(session, form, order=Order.LAST_REMINDED)[-1] == "Chess Club"
        assert names(session, form, order=Order.WARD)[0] == "Quiet Group"
        assert set(names(session, form, order=Order.NEWEST)[:2]) == {"Riverbank Council", "Tea Club"}


@one_database
def test_three_hundred_and_fifty_are_read_page_by_page_and_none_twice(demo_read: Store) -> None:
    with demo_read.reading() as session:
        period = session.exec(select(Period).where(Period.state == PeriodState.OPEN)).one()
        pages = [
            list_responses(session, viewer=COORDINATOR, period_id=period.id or 0, wanted=Wanted(), page=number)
            for number in range(1, 15)
        ]
        total = count_matching(session, viewer=COORDINATOR, period_id=period.id or 0, wanted=Wanted())
    seen = [row.invitation_id for page in pages for row in page.rows]
    assert len(seen) == len(set(seen)) == total == pages[0].total
    assert total > 340


def test_answers_are_counted_by_the_day_on_which_they_were_sent(store: Store, form: AskedForm) -> None:
    with store.reading() as session:
        days = sent_by_day(session, viewer=COORDINATOR, period_id=form.period_id)
    assert [each.sent for each in days] == [0] * 10 + [1]
    assert (days[-1].day, days[-1].so_far) == (clock.today(), 1)
    frame = day_frame(days)
    specification = submission_bars(frame).to_dict()
    (values,) = specification["datasets"].values()
    assert [row["sent"] for row in values] == [0] * 10 + [1]
    assert values[-1]["words"].endswith("1 sent, 1 so far")
    assert "1 in all" in submission_words(frame)
    assert day_table(days)["Sent so far"].tolist() == ["1"]


@one_database
def test_no_day_is_drawn_before_anybody_has_sent(store: Store) -> None:
    made = ask(store)
    with store.reading() as session:
        assert sent_by_day(session, viewer=COORDINATOR, period_id=made.period_id) == ()


def test_the_call_list_holds_the_groups_that_have_not_sent(store: Store, form: AskedForm) -> None:
    with store.reading() as session:
        rows = call_list(session, viewer=COORDINATOR, period_id=form.period_id).rows
        assert [row.name for row in rows] == ["Chess Club", "Quiet Group"]
        of_ward = call_list(session, viewer=COORDINATOR, period_id=form.period_id, ward="Old Town").rows
    assert [row.name for row in of_ward] == ["Quiet Group"]


@one_database
@pytest.mark.parametrize("who", OTHERS, ids=["public", "others"])
def test_only_the_coordinator_sees_who_answered(store: Store, form: AskedForm, who: Viewer) -> None:
    key = form.period_id
    with store.reading() as session:
        for refused in (
            lambda: count_responses(session, viewer=who, period_id=key),
            lambda: list_responses(session, viewer=who, period_id=key, wanted=Wanted()),
            lambda: count_matching(session, viewer=who, period_id=key, wanted=Wanted()),
            lambda: list_wards(session, viewer=who, period_id=key),
            lambda: sent_by_day(session, viewer=who, period_id=key),
            lambda: call_list(session, viewer=who, period_id=key),
            lambda: letter_words(session, viewer=who, period_ref="x", kind=MailKind.REMINDER),
            lambda: this_week(session, viewer=who),
        ):
            with pytest.raises(NotAllowedError):
                refused()


@one_database
def test_what_a_letter_says_names_no_group_and_holds_no_link(store: Store, form: AskedForm) -> None:
    with store.reading() as session:
        ref = session.get_one(Period, form.period_id).ref
        for kind in (MailKind.INVITATION, MailKind.REMINDER):
            subject, words = letter_words(session, viewer=COORDINATOR, period_ref=ref, kind=kind)
            assert subject
            assert "(the group’s own link)" in words
            assert "/link/" not in words
