"""The letter with a person's own link to figures that are not published yet: sent to a real server, or not sent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from charter import clock
from charter.early_access import find_preview, list_early_access, revoke_preview
from charter.mail.listing import mail_troubles
from charter.mail.outbox import outbox_holds
from charter.mail.outbox_folder import outbox_folder
from charter.mail.sending import send_again
from charter.mail.wording import Condition
from charter.preview_letters import PreviewLetter, Shared, read_letters, share_by_mail
from charter.rules.access import PUBLIC
from charter.rules.refusals import FieldError, NotAllowedError, RefusedError
from charter.store import reading, store, writing
from charter.worker import run_waiting
from db.engine import Store
from db.models import AuditDetail, EarlyAccess
from db.types import MailKind, MailState
from tests.mail_server import MailServerHere
from tests.store.closed_reviews import YEAR, Closed, closed
from tests.store.databases import one_database
from tests.store.laid import laid
from tests.store.mailing import mails, text_of, token_in


@pytest.fixture
def made(site_store: Store) -> Closed:
    return laid(site_store, closed)


def shared(made: Closed, email: str = "Ade@Council.example ", name: str = "Cllr Ade") -> Shared:
    with writing() as session:
        return share_by_mail(session, viewer=made.coordinator, period_ref=YEAR, name=name, email=email)


def letter_of(made: Closed, access_id: int) -> PreviewLetter:
    with reading() as session:
        return read_letters(session, viewer=made.coordinator, period_ref=YEAR)[access_id]


def take_back(made: Closed, access_id: int) -> None:
    with writing() as session:
        revoke_preview(session, viewer=made.coordinator, access_id=access_id)


def test_the_letter_goes_to_the_person_with_its_link_its_end_and_what_may_not_be_done(
    mailbox: MailServerHere, made: Closed
) -> None:
    link = shared(made)
    run_waiting()
    (letter,) = mailbox.letters()
    assert letter["To"] == "ade@council.example"
    text = text_of(letter)
    assert text.startswith("Hello Cllr Ade,")
    assert link.link is not None
    assert link.link in text.splitlines()
    with reading() as session:
        found = find_preview(session, token=token_in(letter, "preview"))
        kept = [str(detail) for detail in session.exec(select(AuditDetail.detail))]
    assert (found.name, found.ending) == ("Cllr Ade", None)
    assert f"It works until {clock.moment_in_words(found.expires_at)}." in text
    assert "Do not pass them on" in text
    assert "are published with the figures" in text
    (row,) = mails(store())
    assert (row.kind, row.early_access_id, row.state) == (MailKind.PREVIEW, link.access_id, MailState.SENT)
    assert not any(token_in(letter, "preview") in words for words in (*kept, str(row.model_dump())))
    assert letter_of(made, link.access_id) == PreviewLetter("ade@council.example", Condition.SENT)


def test_a_letter_whose_link_was_taken_back_before_it_went_is_not_sent(mailbox: MailServerHere, made: Closed) -> None:
    first, second = shared(made), shared(made, "bo@council.example", "Bo")
    take_back(made, first.access_id)
    run_waiting()
    assert [letter["To"] for letter in mailbox.letters()] == ["bo@council.example"]
    assert list(outbox_folder().iterdir()) == []
    row = next(row for row in mails(store()) if row.early_access_id == first.access_id)
    assert (row.state, "taken back" in row.failure) == (MailState.FAILED, True)
    with writing() as session:
        assert mail_troubles(session, viewer=made.coordinator) == (), "nothing is left to be done about it"
        with pytest.raises(RefusedError, match="not kept any more"):
            send_again(session, viewer=made.coordinator, mail_id=row.id or 0)
    take_back(made, second.access_id)
    assert letter_of(made, second.access_id).condition is Condition.SENT


@one_database
def test_a_letter_that_failed_is_not_sent_again_once_its_link_was_taken_back(
    mailbox: MailServerHere, made: Closed
) -> None:
    mailbox.answer = "451 4.7.1 Greylisted"
    link = shared(made)
    run_waiting()
    with reading() as session:
        (trouble,) = mail_troubles(session, viewer=made.coordinator)
    assert trouble.can_send_again
    mailbox.answer = "250 OK"
    take_back(made, link.access_id)
    with writing() as session, pytest.raises(RefusedError, match="not kept any more"):
        send_again(session, viewer=made.coordinator, mail_id=trouble.id)
    assert mailbox.taken == []


@one_database
def test_without_a_mail_server_the_letter_waits_in_the_outbox_until_the_link_is_taken_back(made: Closed) -> None:
    link = shared(made)
    run_waiting()
    assert letter_of(made, link.access_id).condition is Condition.WRITTEN
    take_back(made, link.access_id)
    with reading() as session:
        assert outbox_holds(session, viewer=made.coordinator).letters == 0


@one_database
def test_without_an_address_there_is_a_link_and_no_letter(made: Closed) -> None:
    link = shared(made, "  ")
    assert (link.address, mails(store())) == (None, [])
    assert link.link is not None
    with reading() as session:
        assert find_preview(session, token=link.link.rpartition("/")[2]).name == "Cllr Ade"
        assert read_letters(session, viewer=made.coordinator, period_ref=YEAR) == {}


@pytest.mark.parametrize("email", ["ade@council.example", ""])
def test_who_has_a_link_that_opens_gets_no_second_one_until_it_is_taken_back(made: Closed, email: str) -> None:
    def press(_: int) -> Shared:
        return shared(made, email, "Cllr  Ade ")

    with ThreadPoolExecutor(2) as threads:
        first, second = sorted(threads.map(press, range(2)), key=lambda each: each.link is None)
    assert (first.link is None, second.link) == (False, None)
    assert second.access_id == first.access_id
    assert len(mails(store())) == bool(email)
    assert shared(made, "ade@home.example").link is not None, "another address may be another person"
    take_back(made, first.access_id)
    assert shared(made, email).link is not None


@one_database
def test_an_address_that_no_mail_can_go_to_is_refused_before_anything_is_shared(made: Closed) -> None:
    with pytest.raises(FieldError, match="Nothing was shared"):
        shared(made, "ade@@council")
    with reading() as session:
        assert list_early_access(session, viewer=made.coordinator, period_ref=YEAR) == ()


@one_database
def test_only_those_who_publish_share_and_read_the_letters(made: Closed) -> None:
    for viewer in (PUBLIC, made.council, made.group):
        with writing() as session:
            with pytest.raises(NotAllowedError):
                share_by_mail(session, viewer=viewer, period_ref=YEAR, name="Ade", email="ade@council.example")
            with pytest.raises(NotAllowedError):
                read_letters(session, viewer=viewer, period_ref=YEAR)
            assert session.exec(select(EarlyAccess)).all() == []
