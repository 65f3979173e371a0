"""What leaving a charter does: a public body is not asked by the reviews that open after, and a group still is."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from charter import clock
from charter.asking import asked_of_whom
from charter.commitments import find_commitment
from charter.forms import read_form
from charter.freezing import period_now
from charter.invitations import find_addable
from charter.organisations.signing import leave, sign
from charter.periods import find_period, open_period
from charter.rules.access import OPERATOR, PUBLIC
from db.engine import Store
from db.models import Charter, Commitment, Invitation, Organisation, Period
from db.types import OwedBy, PeriodState
from tests import factories
from tests.store.asked_forms import AskedForm, ask
from tests.store.test_running_periods import COORDINATOR

pytestmark = pytest.mark.usefixtures("settings_env")
SIGNED = date(2020, 1, 1)


@pytest.fixture
def form(store: Store) -> AskedForm:
    """An open review, a council and a group that signed its charter, and a later review that is planned."""
    made = ask(store)
    with store.writing() as session:
        charter = session.get_one(Period, made.period_id).charter_id
        promise = factories.commitment(
            session, ref="NAMED-1", strand_id=strand_of(session), owed_by=OwedBy.NAMED_BODIES
        )
        factories.adoption(session, commitment_id=promise.id, organisation_id=made.council_id, adopted_on=SIGNED)
        # It was to open yesterday: a review opens when somebody presses, and asks whoever is there then.
        dates = {"opens_on": clock.today() - timedelta(days=1), "closes_on": clock.today() + timedelta(days=30)}
        factories.period(session, ref="next", charter_id=charter, state=PeriodState.PLANNED, **dates)
        for key in (made.council_id, made.group_id):
            sign(session, viewer=COORDINATOR, organisation_id=key, charter_ref=ref_of(session), signed_on=SIGNED)
    return made


def strand_of(session: Session) -> int:
    return session.exec(select(Commitment.strand_id).order_by(col(Commitment.id))).first() or 0


def ref_of(session: Session) -> str:
    return session.exec(select(Charter.ref)).one()


def leaves(session: Session, organisation_id: int) -> None:
    where = {"organisation_id": organisation_id, "charter_ref": ref_of(session)}
    leave(session, viewer=COORDINATOR, left_on=clock.today(), reason="Why not", **where)  # type: ignore[arg-type]


def listed(session: Session, period_ref: str) -> list[str]:
    """Give who is on a period's list, by name."""
    rows = session.exec(
        select(Organisation.name)
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .join(Period, col(Period.id) == col(Invitation.period_id))
        .where(Period.ref == period_ref)
        .order_by(col(Organisation.name))
    )
    return list(rows)


def test_a_body_that_left_is_not_asked_by_a_review_that_opens_after(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        before = [each.name for each in asked_of_whom(session, viewer=COORDINATOR, ref="next")]
        assert before == ["", "Riverbank Council"]
        leaves(session, form.council_id)
        assert [each.name for each in asked_of_whom(session, viewer=COORDINATOR, ref="next")] == [""]
        period = open_period(session, viewer=OPERATOR, ref="next")
        assert listed(session, "next") == ["Chess Club", "Tea Club"]
        bodies = [each.organisation_id for each in period_now(session, period=period).organisations]
        assert form.council_id not in bodies, "it is not named as a body that did not answer"
        assert find_addable(session, viewer=COORDINATOR, period_id=period.id, search="council") == ()
        left = clock.today()
        assert [body.left_on for body in find_commitment(session, viewer=PUBLIC, ref="NAMED-1").owing] == [left]


def test_a_review_that_is_open_goes_on_asking_a_body_that_left(store: Store, form: AskedForm) -> None:
    who = {"viewer": form.partner_of(form.council_id), **form.whose(form.council_id)}
    with store.writing() as session:
        before = read_form(session, **who)  # type: ignore[arg-type]
        leaves(session, form.council_id)
        after = read_form(session, **who)  # type: ignore[arg-type]
        assert after == before
        ref = session.get_one(Period, form.period_id).ref
        assert "Riverbank Council" in [each.name for each in asked_of_whom(session, viewer=COORDINATOR, ref=ref)]


def test_a_body_that_signs_again_is_asked_again_and_a_group_that_left_always_is(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        for key in (form.council_id, form.group_id):
            leaves(session, key)
        where = {"organisation_id": form.council_id, "charter_ref": ref_of(session)}
        sign(session, viewer=COORDINATOR, signed_on=clock.today(), **where)  # type: ignore[arg-type]
        period = find_period(session, ref="next")
        open_period(session, viewer=OPERATOR, ref=period.ref)
        assert listed(session, "next") == ["Chess Club", "Riverbank Council", "Tea Club"]


def test_leaving_another_charter_changes_nothing_of_this_one(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        where = {"organisation_id": form.council_id, "charter_ref": "another"}
        factories.charter(session, ref="another")
        sign(session, viewer=COORDINATOR, signed_on=SIGNED, **where)  # type: ignore[arg-type]
        leave(session, viewer=COORDINATOR, left_on=clock.today(), reason="Why", **where)  # type: ignore[arg-type]
        open_period(session, viewer=OPERATOR, ref="next")
        assert "Riverbank Council" in listed(session, "next")
