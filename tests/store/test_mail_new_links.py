"""A link that was lost: a new one goes to the address that is held, and nobody learns which addresses are."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlmodel import col, select

from charter import clock
from charter.attempts import LockedError, begin_attempt
from charter.links import find_link
from charter.mail.new_links import LinkRequestsFound, ask_for_link, link_requests
from charter.rules.access import PUBLIC
from charter.rules.refusals import ClosedError, FieldError, NotAllowedError
from charter.store import reading, store, writing
from charter.worker import run_waiting
from db.models import AuditDetail, AuditEntry, Invitation, LinkRequest, Organisation, Period
from db.types import OrganisationKind, PeriodState
from tests import factories
from tests.mail_server import MailServerHere
from tests.store.databases import one_database
from tests.store.mailing import REF, Review, mails, review, token_in

HERE = "192.0.2.1"


@pytest.fixture
def year(mailbox: MailServerHere) -> Review:
    assert mailbox.taken == []
    return review(store(), "anna", "ben")


def ask(email: str, *, address: str = HERE) -> None:
    with writing() as session:
        ask_for_link(session, email=email, address=address)


def counted(year: Review) -> LinkRequestsFound:
    with reading() as session:
        return link_requests(session, viewer=year.viewer, period_ref=REF)


def test_a_known_address_gets_a_link_and_an_unknown_one_nothing_and_both_are_counted(
    year: Review, mailbox: MailServerHere
) -> None:
    ask(" Anna@Groups.example ")
    ask("nobody@groups.example")
    assert counted(year) == LinkRequestsFound(asked=2, matched=1, waiting=2)
    assert mailbox.taken == []
    run_waiting()
    assert counted(year) == LinkRequestsFound(asked=2, matched=1, waiting=0)
    (letter,) = mailbox.letters()
    assert letter["To"] == "anna@groups.example"
    with reading() as session:
        assert find_link(session, token=token_in(letter)).organisation == "anna group"


def test_a_group_that_is_asked_in_two_reviews_gets_a_link_to_each(year: Review, mailbox: MailServerHere) -> None:
    with writing() as session:
        today = clock.today()
        other = factories.period(session, title="Other review", opens_on=today, closes_on=today + timedelta(days=20))
        factories.invitation(session, period_id=other, organisation_id=year.organisations["anna"])
    ask("anna@groups.example")
    run_waiting()
    with reading() as session:
        titles = sorted(find_link(session, token=token_in(letter)).period_title for letter in mailbox.letters())
    assert titles == ["Other review", "Review 2026"]


def test_the_same_is_done_whether_or_not_the_address_is_known(year: Review) -> None:
    statements: list[str] = []
    engine = store().engine

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    done = []
    sa.event.listen(engine, "before_cursor_execute", note)
    for email in ("anna@groups.example", "nobody@groups.example"):
        statements.clear()
        ask(email)
        done.append(list(statements))
    sa.event.remove(engine, "before_cursor_execute", note)
    assert done[0] == done[1] != []
    with reading() as session:
        audited = [(row.act, row.subject, row.actor) for row in session.exec(select(AuditEntry))]
    assert audited[-1] == audited[-2] == ("link_asked_for", "a form", "anyone")
    assert year.viewer.account_id is not None


@one_database
def test_what_was_typed_is_kept_nowhere(year: Review) -> None:
    ask("nobody@groups.example")
    with reading() as session:
        rows: list[object] = [*session.exec(select(LinkRequest)), *session.exec(select(AuditDetail))]
        kept = " ".join(str(row) for row in rows)
    assert "groups.example" not in kept
    assert mails(year.store) == []


@one_database
def test_it_goes_only_to_the_address_that_is_held_when_it_goes(year: Review, mailbox: MailServerHere) -> None:
    ask("anna@groups.example")
    with writing() as session:
        session.get_one(Organisation, year.organisations["anna"]).email = "anna@new.example"
    run_waiting()
    assert [letter["To"] for letter in mailbox.letters()] == ["anna@new.example"]


@one_database
def test_one_address_for_several_groups_gets_a_link_for_each(year: Review, mailbox: MailServerHere) -> None:
    year.add("second", email="anna@groups.example")
    ask("anna@groups.example")
    run_waiting()
    opened = set()
    with reading() as session:
        for letter in mailbox.to("anna@groups.example"):
            opened.add(find_link(session, token=token_in(letter)).organisation)
    assert opened == {"anna group", "second group"}


@one_database
def test_two_presses_make_one_letter_and_a_later_one_another(year: Review, mailbox: MailServerHere) -> None:
    ask("anna@groups.example")
    ask("anna@groups.example")
    run_waiting()
    assert len(mailbox.taken) == 1
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        ask("anna@groups.example")
        run_waiting()
    assert len(mailbox.taken) == 2
    assert counted(year).asked == 3


@one_database
def test_public_bodies_the_removed_and_closed_periods_get_none(year: Review, mailbox: MailServerHere) -> None:
    year.add("council", kind=OrganisationKind.COUNCIL)
    with writing() as session:
        removed = session.get_one(Invitation, year.invitations["ben"])
        removed.removed_at, removed.removed_reason = clock.now(), "Not a group"
    for name in ("council", "ben"):
        ask(f"{name}@groups.example")
    ask("anna@groups.example")
    with writing() as session:
        session.get_one(Period, year.period_id).state = PeriodState.CLOSED
    run_waiting()
    assert mailbox.taken == []
    assert counted(year) == LinkRequestsFound(asked=3, matched=1, waiting=0)
    with pytest.raises(ClosedError, match="No review is open"):
        ask("anna@groups.example")


@pytest.mark.parametrize("typed", ["", "anna", "anna@groups.example\r\nBcc: spy@elsewhere.example"])
@one_database
def test_what_is_no_address_is_said_to_be_none(year: Review, typed: str) -> None:
    with pytest.raises(FieldError, match="That is not an e-mail address"):
        ask(typed)
    assert counted(year).asked == 0


@one_database
@pytest.mark.parametrize("email", ["anna@groups.example", "nobody@groups.example"])
def test_too_many_requests_are_refused_alike_and_nobody_is_kept_from_signing_in(year: Review, email: str) -> None:
    for _ in range(5):
        ask(email)
    with pytest.raises(LockedError, match="Wait 10 minutes"):
        ask(email)
    assert counted(year).asked == 5
    with writing() as session:
        begin_attempt(session, email=email, address=HERE)
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        ask(email)


@one_database
def test_guessing_many_addresses_from_one_place_is_refused(year: Review) -> None:
    for number in range(60):
        ask(f"group{number}@groups.example")
    with pytest.raises(LockedError):
        ask("anna@groups.example")
    ask("anna@groups.example", address="192.0.2.99")
    assert counted(year).matched == 1


@one_database
def test_only_those_who_run_the_review_see_how_often(year: Review) -> None:
    with pytest.raises(NotAllowedError), reading() as session:
        link_requests(session, viewer=PUBLIC, period_ref=REF)
    assert counted(year).asked == 0
    with reading() as session:
        assert session.exec(select(col(LinkRequest.id))).all() == []
