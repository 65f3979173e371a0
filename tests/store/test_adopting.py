"""What a public body owes by name: adopting promises from a day on, taking that back, and one-offs that are done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from charter import clock
from charter.organisations.adopting import adopt, list_named, record_done, take_back_adoption
from charter.organisations.signing import leave, sign
from charter.questions import newest_versions, owing_bodies
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import Adoption, AuditEntry, Charter, Commitment, Period, Strand
from db.types import Continuity, OwedBy, PeriodState, Role
from tests import factories
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database

COORDINATOR = Viewer(account_id=None, grants=frozenset({Grant(Role.COORDINATOR)}))
NOBODY = (PUBLIC, Viewer(grants=frozenset({Grant(Role.REVIEWER), Grant(Role.ADMINISTRATOR), Grant(Role.PARTNER, 1)})))
pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def form(store: Store) -> AskedForm:
    """A review that opened ten days ago, and two promises that bodies owe by name, one of them a one-off."""
    made = ask(store)
    with store.writing() as session:
        strand = session.exec(select(Strand.id).order_by(col(Strand.id))).first()
        for ref, continuity in (("KEEP-1", Continuity.STANDING), ("ONCE-1", Continuity.ONE_OFF)):
            factories.commitment(
                session, ref=ref, strand_id=strand, continuity=continuity, owed_by=OwedBy.NAMED_BODIES, title=ref
            )
    return made


def adopts(session: Session, form: AskedForm, *refs: str, days: int = 0, viewer: Viewer = COORDINATOR) -> None:
    on = clock.today() + timedelta(days=days)
    adopt(session, viewer=viewer, organisation_id=form.council_id, refs=refs, adopted_on=on)


def since(session: Session, form: AskedForm) -> dict[str, bool]:
    named = list_named(session, viewer=COORDINATOR, organisation_id=form.council_id)
    return {one.ref: one.since is not None for one in named}


def test_a_body_owes_what_it_adopted_from_that_day_on(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        adopts(session, form, "KEEP-1", "ONCE-1")
        today = clock.today()
        owing = owing_bodies(session, on=today)
        assert [form.council_id in owing.get(key or 0, ()) for key in keys(session)] == [True, True]
        assert owing_bodies(session, on=today - timedelta(days=1)) == {}
        named = list_named(session, viewer=COORDINATOR, organisation_id=form.council_id)
        found = [(one.ref, one.one_off, one.since) for one in named]
        assert found == [("KEEP-1", False, today), ("ONCE-1", True, today)]
        entry = session.exec(select(AuditEntry)).one()
        assert entry.act == "promises_adopted"


def keys(session: Session) -> list[int | None]:
    named = col(Commitment.ref).in_(("KEEP-1", "ONCE-1"))
    return list(session.exec(select(Commitment.id).where(named).order_by(col(Commitment.ref))))


def test_an_adoption_is_taken_back_while_no_review_has_asked(store: Store, form: AskedForm) -> None:
    whose = {"viewer": COORDINATOR, "organisation_id": form.council_id}
    with store.writing() as session:
        adopts(session, form, "KEEP-1")
        take_back_adoption(session, ref="KEEP-1", **whose)  # type: ignore[arg-type]
        assert since(session, form) == {"KEEP-1": False, "ONCE-1": False}
        with pytest.raises(NotFoundError, match="does not owe KEEP-1 by name"):
            take_back_adoption(session, ref="KEEP-1", **whose)  # type: ignore[arg-type]
        adopts(session, form, "KEEP-1")
        session.get_one(Period, form.period_id).opens_on = clock.today()
        with pytest.raises(FieldError, match="has asked what was owed then"):
            take_back_adoption(session, ref="KEEP-1", **whose)  # type: ignore[arg-type]
        acts = session.exec(select(AuditEntry.act).order_by(col(AuditEntry.number))).all()
        assert acts == ["promises_adopted", "adoption_taken_back", "promises_adopted"]


def test_a_one_off_that_is_done_is_not_asked_about_and_can_be_set_right(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        charter = session.get_one(Period, form.period_id).charter_id
        day = clock.today() - timedelta(days=3)
        record_done(session, viewer=COORDINATOR, ref="ONCE-1", done_on=day)
        assert "ONCE-1" not in [one.ref for one in newest_versions(session, charter_id=charter)]
        named = list_named(session, viewer=COORDINATOR, organisation_id=form.council_id)
        assert [one.done_on for one in named] == [None, day]
        with pytest.raises(RefusedError, match="written down already"):
            record_done(session, viewer=COORDINATOR, ref="ONCE-1", done_on=day)
        record_done(session, viewer=OPERATOR, ref="ONCE-1", done_on=None)
        assert "ONCE-1" in [one.ref for one in newest_versions(session, charter_id=charter)]
        acts = session.exec(select(AuditEntry.act).order_by(col(AuditEntry.number))).all()
        assert acts == ["promise_done", "promise_not_done"]


def leaves(session: Session, form: AskedForm) -> None:
    charter = session.get_one(Charter, session.get_one(Period, form.period_id).charter_id).ref
    where = {"organisation_id": form.council_id, "charter_ref": charter}
    sign(session, viewer=COORDINATOR, signed_on=clock.today(), **where)  # type: ignore[arg-type]
    leave(session, viewer=COORDINATOR, left_on=clock.today(), reason="Why", **where)  # type: ignore[arg-type]


def groups_adopt(session: Session, form: AskedForm) -> None:
    on = clock.today()
    adopt(session, viewer=COORDINATOR, organisation_id=form.group_id, refs=["KEEP-1"], adopted_on=on)


def leaves_and_adopts(session: Session, form: AskedForm) -> None:
    leaves(session, form)
    adopts(session, form, "KEEP-1")


def adopts_twice(session: Session, form: AskedForm) -> None:
    adopts(session, form, "KEEP-1")
    adopts(session, form, "ONCE-1", "KEEP-1")


def standing_is_done(session: Session, form: AskedForm) -> None:
    del form
    record_done(session, viewer=COORDINATOR, ref="KEEP-1", done_on=clock.today())


def done_tomorrow(session: Session, form: AskedForm) -> None:
    del form
    record_done(session, viewer=COORDINATOR, ref="ONCE-1", done_on=clock.today() + timedelta(days=1))


@pytest.mark.parametrize(
    ("act", "error", "words"),
    [
        (adopts, FieldError, "at least one promise"),
        (lambda session, form: adopts(session, form, "KEEP-1", days=-10), FieldError, "has asked what was owed then"),
        (lambda session, form: adopts(session, form, "KEEP-1", days=400), FieldError, "up to a year"),
        (lambda session, form: adopts(session, form, "KEEP-1", "NO-1"), NotFoundError, "no promise NO-1"),
        (adopts_twice, RefusedError, "owes KEEP-1 already"),
        (leaves_and_adopts, RefusedError, "has left this charter"),
        (groups_adopt, RefusedError, "Only a public body"),
        (standing_is_done, RefusedError, "kept up for good"),
        (done_tomorrow, FieldError, "has not come yet"),
    ],
)
@one_database
def test_what_cannot_be_is_refused_and_nothing_is_written(
    store: Store, form: AskedForm, act: Callable[[Session, AskedForm], None], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words), store.writing() as session:
        act(session, form)
    with store.reading() as session:
        assert session.exec(select(Adoption)).all() == []
        assert {row.done_on for row in session.exec(select(Commitment))} == {None}


@one_database
def test_a_review_that_is_planned_or_of_the_demonstration_does_not_stand_in_the_way(
    store: Store, form: AskedForm
) -> None:
    with store.writing() as session:
        charter = session.get_one(Period, form.period_id).charter_id
        later = clock.today() + timedelta(days=5)
        factories.period(session, charter_id=charter, state=PeriodState.PLANNED, opens_on=later, closes_on=later)
        demo = factories.period(session, charter_id=charter, state=PeriodState.OPEN, opens_on=later, closes_on=later)
        session.get_one(Period, demo).made_up = True
        adopts(session, form, "KEEP-1")
        assert since(session, form) == {"KEEP-1": True, "ONCE-1": False}


@pytest.mark.parametrize("viewer", NOBODY)
@one_database
def test_only_the_coordinator_writes_it_down(store: Store, form: AskedForm, viewer: Viewer) -> None:
    whose = {"viewer": viewer, "organisation_id": form.council_id}
    with store.writing() as session:
        for act in (
            lambda: list_named(session, **whose),  # type: ignore[arg-type]
            lambda: adopts(session, form, "KEEP-1", viewer=viewer),
            lambda: take_back_adoption(session, ref="KEEP-1", **whose),  # type: ignore[arg-type]
            lambda: record_done(session, viewer=viewer, ref="ONCE-1", done_on=clock.today()),
        ):
            with pytest.raises(NotAllowedError):
                act()
