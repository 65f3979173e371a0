"""Invitations by e-mail: a link and its QR code to each group that has an address, once."""

import io
import threading
from datetime import timedelta

import pytest
import time_machine
from PIL import Image

from charter import clock
from charter.job_steps import Task
from charter.jobs import job_state, start_job
from charter.links import find_link, issue_link, open_link
from charter.mail.inviting import due_invitations, invitations_work, invite_by_mail
from charter.mail.recipients import Why
from charter.rules.access import PUBLIC, Grant, Viewer
from charter.rules.refusals import ClosedError, NotAllowedError, RefusedError
from charter.store import reading, store, writing
from charter.worker import run_waiting
from db.models import Invitation, Organisation, Period
from db.types import JobState, OrganisationKind, PeriodState, Role
from tests.mail_server import MailServerHere
from tests.store.databases import one_database
from tests.store.mailing import REF, Review, account_of, mails, review, text_of, token_in


@pytest.fixture
def year(mailbox: MailServerHere) -> Review:
    assert mailbox.taken == []
    return review(store(), "anna", "ben", "cara")


def invite(year: Review, *names: str) -> int:
    with writing() as session:
        chosen = [year.invitations[name] for name in names] if names else None
        count = invite_by_mail(session, viewer=year.viewer, period_ref=REF, invitation_ids=chosen)
    run_waiting()
    return count


def left_out(year: Review) -> dict[str, Why]:
    with reading() as session:
        due = due_invitations(session, viewer=year.viewer, period_ref=REF)
    return {one.organisation.removesuffix(" group"): one.why for one in due.left_out}


def test_each_group_gets_a_link_that_opens_its_own_form_and_a_picture_of_it(
    year: Review, mailbox: MailServerHere
) -> None:
    assert invite(year) == 3
    (letter,) = mailbox.to("ben@groups.example")
    assert letter["Subject"] == "Review 2026: how did public bodies do for your group?"
    assert letter["List-Unsubscribe"] is None
    text = text_of(letter)
    assert "Hello ben group," in text
    assert clock.day_in_words(clock.today() + timedelta(days=10)) in text
    token = token_in(letter)
    assert f"https://charter.example/link/{token}" in text.splitlines()
    with writing() as session:
        assert find_link(session, token=token).organisation == "ben group"
        assert open_link(session, token=token, address="")
    (picture,) = letter.iter_attachments()
    assert (picture.get_content_type(), picture.get_filename()) == ("image/png", "link.png")
    with Image.open(io.BytesIO(picture.get_content())) as drawn:
        assert drawn.width == drawn.height > 200
    assert [one.get_content_type() for one in letter.iter_parts()] == ["text/plain", "image/png"]


def test_who_is_left_out_and_why(year: Review, mailbox: MailServerHere) -> None:
    year.add("without", email=None)
    year.add("council", kind=OrganisationKind.COUNCIL)
    year.add("removed")
    year.answers("ben")
    mailbox.refused = {"cara@groups.example": "550 5.1.1 No such user"}
    with writing() as session:
        removed = session.get_one(Invitation, year.invitations["removed"])
        removed.removed_at, removed.removed_reason = clock.now(), "Not a group"
    before = {"without": Why.NO_ADDRESS, "council": Why.SIGNS_IN, "ben": Why.SUBMITTED}
    assert left_out(year) == before
    assert invite(year) == 2
    assert left_out(year) == before | {"anna": Why.HAD_IT, "cara": Why.BOUNCED}
    assert invite(year) == 0
    with writing() as session:
        session.get_one(Organisation, year.organisations["cara"]).email = "cara@new.example"
    assert invite(year) == 1
    assert len(mailbox.to("cara@new.example")) == 1


@one_database
def test_a_group_that_is_named_is_invited_again_and_nobody_else(year: Review, mailbox: MailServerHere) -> None:
    invite(year)
    with pytest.raises(RefusedError, match="An invitation to anna group was written a moment ago"):
        invite(year, "anna")
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        assert invite(year, "anna") == 1
    assert len(mailbox.to("anna@groups.example")) == 2
    assert len(mailbox.taken) == 4


def test_a_whole_list_is_invited_by_a_job_and_two_at_once_invite_each_group_once(
    year: Review, mailbox: MailServerHere
) -> None:
    with writing() as session:
        job = start_job(session, viewer=year.viewer, kind="invitations", subject=REF)
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        invitations_work(Task(job.id, REF, year.viewer))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run_waiting()
    assert sorted(letter["To"] for letter in mailbox.letters()) == [
        "anna@groups.example",
        "ben@groups.example",
        "cara@groups.example",
    ]
    with reading() as session:
        found = job_state(session, viewer=year.viewer, kind="invitations", subject=REF)
    assert found is not None
    assert (found.state, found.message) == (JobState.DONE, "Invited by e-mail: 0. Left out: 3.")


@pytest.mark.parametrize("state", [PeriodState.PLANNED, PeriodState.CLOSED, PeriodState.PUBLISHED])
@one_database
def test_nobody_is_invited_to_a_period_that_is_not_open(year: Review, state: PeriodState) -> None:
    with writing() as session:
        session.get_one(Period, year.period_id).state = state
    with pytest.raises(ClosedError, match="Nothing was changed"):
        invite(year)
    assert mails(year.store) == []


@one_database
def test_a_job_is_done_with_the_rights_of_who_asked_at_the_moment_it_begins(
    year: Review, mailbox: MailServerHere
) -> None:
    with writing() as session:
        start_job(session, viewer=year.viewer, kind="invitations", subject=REF)
        account_of(session, year.viewer).disabled_at = clock.now()
    run_waiting()
    assert mailbox.taken == []
    with reading() as session:
        found = job_state(session, viewer=year.viewer, kind="invitations", subject=REF)
    assert found is not None
    assert found.state is JobState.FAILED
    assert "not open to you" in found.message


@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.ADMINISTRATOR])
@one_database
def test_only_those_who_run_the_review_invite(year: Review, role: Role | None) -> None:
    viewer = Viewer(account_id=1, grants=frozenset({Grant(role)})) if role else PUBLIC
    with writing() as session:
        with pytest.raises(NotAllowedError):
            due_invitations(session, viewer=viewer, period_ref=REF)
        with pytest.raises(NotAllowedError):
            invite_by_mail(session, viewer=viewer, period_ref=REF)
        with pytest.raises(NotAllowedError):
            issue_link(session, viewer=viewer, invitation_id=year.invitations["anna"])
    assert mails(year.store) == []
