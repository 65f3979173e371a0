"""Two people who want the same at once: the second is told in words, and nothing is there twice."""

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, func, select

from charter import clock
from charter.accounts import add_account
from charter.actions.making import say_how_it_stands
from charter.invitations import add_invitation
from charter.organisations.champions import name_champion
from charter.organisations.fields import Fields
from charter.organisations.keeping import add_organisation, edit_organisation, fields_of
from charter.organisations.merging import merge
from charter.organisations.signing import sign
from charter.organisations.wards import add_ward
from charter.planning import plan_period
from charter.right_of_reply import look_first
from charter.rules.access import OPERATOR
from charter.rules.refusals import FieldError, RefusedError
from charter.sources.organisations import import_organisations, on_the_list, read_organisations
from charter.store import reading, writing
from charter.taken import told_when_taken
from charter.you_said import Planned
from db.engine import Store
from db.errors import ConstraintViolatedError
from db.models import (
    Account,
    AccountGrant,
    Action,
    Champion,
    Charter,
    Invitation,
    Organisation,
    Period,
    Signatory,
    Ward,
)
from db.types import ActionStatus, OrganisationKind, Role
from tests import factories
from tests.store.asked_forms import AskedForm, ask_in
from tests.store.closed_reviews import YEAR, closed
from tests.store.promising import promise

Act = Callable[[Session], object]
_WAIT = 10  # seconds


@pytest.fixture
def form(site_store: Store) -> AskedForm:
    with site_store.writing() as session:
        return ask_in(session)


def waits(store: Store) -> bool:
    """Tell whether the second looks before it waits for the first. On SQLite it waits before it has read anything."""
    return store.engine.dialect.name == "postgresql"


def blocked(store: Store) -> bool:
    """Tell whether the second waits for the first."""
    if not waits(store):
        return True
    with store.engine.connect() as connection:
        return bool(connection.execute(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one())


def at_once(store: Store, act: Act, second: Act | None = None) -> str:
    """Let a second person do what a first one is just doing, and give what the second is told."""
    told: list[str] = []

    def other() -> None:
        try:
            with writing() as session:
                (second or act)(session)
            told.append("")
        except RefusedError as refusal:
            told.append(str(refusal))

    later = threading.Thread(target=other)
    with writing() as session:
        act(session)
        later.start()
        deadline = time.monotonic() + _WAIT
        while not blocked(store) and later.is_alive() and time.monotonic() < deadline:
            time.sleep(0.01)
    later.join()
    (said,) = told
    return said


def count(table: type, *conditions: object) -> int:
    with reading() as session:
        return session.exec(select(func.count()).select_from(table).where(*conditions)).one()  # type: ignore[arg-type]


def test_one_reference_is_given_to_one_organisation_and_one_period(site_store: Store, form: AskedForm) -> None:
    typed = Fields("Grays Gardeners", OrganisationKind.COMMUNITY, ref="GB-CHC-1000000")
    used = "Somebody else has just used this reference" if waits(site_store) else "has this reference already"
    assert used in at_once(site_store, lambda session: add_organisation(session, viewer=OPERATOR, typed=typed))
    assert count(Organisation, Organisation.ref == typed.ref) == 1

    def edit(session: Session) -> None:
        seen = fields_of(session.get_one(Organisation, form.group_id))
        other = Fields(seen.name, seen.kind, ref="GB-CHC-1000001")
        edit_organisation(session, viewer=OPERATOR, organisation_id=form.group_id, seen=seen, typed=other)

    new = Fields("Another", OrganisationKind.FAITH, ref="GB-CHC-1000001")
    assert used in at_once(site_store, edit, lambda session: add_organisation(session, viewer=OPERATOR, typed=new))

    def plan(session: Session) -> None:
        days = {"opens_on": date(2030, 1, 1), "closes_on": date(2030, 2, 1), "list_date": date(2030, 1, 1)}
        charter = session.exec(select(Charter.ref)).first() or ""
        words = {"ref": "2030", "title": "2030", "charter_ref": charter, "list_source": "A list"}
        plan_period(session, viewer=OPERATOR, **words, **days)  # type: ignore[arg-type]

    assert at_once(site_store, plan).startswith(used if waits(site_store) else "There is a period 2030 already")
    assert count(Period, Period.ref == "2030") == 1


def test_one_person_has_one_account_and_one_role_once(site_store: Store, form: AskedForm) -> None:
    with reading() as session:
        ref = session.get_one(Organisation, form.group_id).ref
    with writing() as session:
        factories.organisation(session, ref="another")

    def invite(session: Session, to: str = ref) -> None:
        add_account(session, viewer=OPERATOR, email="ana@x.example", role=Role.PARTNER, organisation_ref=to)

    def review(session: Session) -> None:
        add_account(session, viewer=OPERATOR, email="ana@x.example", role=Role.REVIEWER)

    # Where the second waits for the first to be over before it looks, it finds the person, and gives the role.
    found = "has just added a person with this e-mail address" if waits(site_store) else ""
    assert found in at_once(site_store, invite)
    assert count(Account, Account.email == "ana@x.example") == 1
    found = "has just given this person this role" if waits(site_store) else ""
    assert found in at_once(site_store, lambda session: invite(session, "another"))
    # With this role the password ends, for which the second waits: it finds the role that the first has given.
    assert at_once(site_store, review) == ""
    with writing() as session:
        review(session)
    assert count(AccountGrant) == 3


def test_what_stands_for_one_day_or_one_charter_stands_there_once(site_store: Store, form: AskedForm) -> None:
    with writing() as session:
        charter = session.get_one(Charter, session.get_one(Period, form.period_id).charter_id).ref
        body = factories.organisation(session, kind=OrganisationKind.NHS)
        new = factories.organisation(session)
    today = clock.today()

    def ward(day: date) -> Act:
        return lambda session: add_ward(session, viewer=OPERATOR, code="W1", name="Old Town", starts_on=day)

    def champion(session: Session) -> None:
        name_champion(session, viewer=OPERATOR, organisation_id=body, name="Ada", email="", since=today)

    def signature(session: Session) -> None:
        sign(session, viewer=OPERATOR, organisation_id=new, charter_ref=charter, signed_on=today)

    def place(session: Session) -> None:
        add_invitation(session, viewer=OPERATOR, period_id=form.period_id, organisation_id=new)

    assert "in force on that day already" in at_once(site_store, ward(today), ward(today - timedelta(days=1)))
    assert "was the champion on that day" in at_once(site_store, champion)
    assert "already" in at_once(site_store, signature)
    assert "on the list" in at_once(site_store, place)
    for table, where in ((Ward, True), (Champion, True), (Signatory, True)):
        assert count(table, sa.literal(where)) == 1
    assert count(Invitation, Invitation.organisation_id == new) == 1


def test_one_duplicate_is_merged_once_and_one_list_comes_in_once(site_store: Store, form: AskedForm) -> None:
    def join(session: Session) -> None:
        merge(session, viewer=OPERATOR, organisation_id=form.other_id, into_id=form.group_id, reason="The same")

    with reading() as session:
        known = on_the_list(session, viewer=OPERATOR)
    found = read_organisations(b"name,kind\nGrays Gardeners,community\nTea Garden,faith\n", known=known)

    def bring(session: Session) -> None:
        import_organisations(session, viewer=OPERATOR, found=found)

    assert "was merged into another organisation" in at_once(site_store, join)
    assert at_once(site_store, bring) == ""
    assert count(Organisation, Organisation.name == "Grays Gardeners") == 1


def test_any_other_rule_of_the_store_stays_what_it_is() -> None:
    with pytest.raises(ConstraintViolatedError), told_when_taken():
        raise ConstraintViolatedError("uq_mail_message_id")
    with pytest.raises(FieldError) as told, told_when_taken():
        raise ConstraintViolatedError("uq_organisation_ref")
    assert told.value.field == "ref"


def test_a_promise_and_what_is_said_of_its_action_are_both_kept(site_store: Store) -> None:
    with site_store.writing() as session:
        made = closed(session)
        look_first(session, viewer=made.council, period_ref=YEAR, organisation_id=made.where.council)
        first = promise(session, made)
        ref = session.exec(select(Action.ref)).one()

    def say(session: Session) -> None:
        say_how_it_stands(session, viewer=made.council, ref=ref, status=ActionStatus.DONE, seen_revision=1)

    def change(session: Session) -> None:
        promise(session, made, action=Planned("Hold two meetings"), seen_revision=first)

    assert at_once(site_store, say, change) == ""
    with reading() as session:
        row = session.exec(select(Action)).one()
        assert (row.heading, row.status, row.revision) == ("Hold two meetings", ActionStatus.DONE, 3)
