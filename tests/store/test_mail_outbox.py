"""Without a mail server: letters wait in the outbox, are downloaded, and are deleted afterwards."""

import io
import zipfile
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from sqlmodel import select

from charter.links import find_link
from charter.mail.inviting import invite_by_mail
from charter.mail.listing import list_mail
from charter.mail.outbox import OutboxHolds, delete_written, outbox_holds, outbox_zip
from charter.mail.outbox_folder import outbox_folder
from charter.mail.sending import post, send_again, sends_mail
from charter.mail.wording import Condition
from charter.rules.access import OPERATOR, PUBLIC, Grant
from charter.rules.refusals import NotAllowedError, RefusedError
from charter.store import reading, store, writing
from charter.worker import run_waiting
from db.engine import Store
from db.models import AuditEntry
from db.types import MailKind, MailState, Role
from tests import factories
from tests.conftest import forget_settings
from tests.mail_server import mail_server
from tests.store.databases import one_database
from tests.store.mailing import REF, Review, mails, review, token_in


@pytest.fixture
def year(site_store: Store) -> Review:
    made = review(site_store, "anna", "ben")
    with writing() as session:
        invite_by_mail(session, viewer=made.viewer, period_ref=REF)
    return made


def download(year: Review, up_to: int | None = None) -> list[tuple[str, bytes]]:
    with writing() as session:
        packed = outbox_zip(session, viewer=year.viewer, up_to=up_to)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def test_letters_wait_to_be_downloaded_and_their_links_work(year: Review) -> None:
    assert not sends_mail()
    run_waiting()
    assert [row.state for row in mails(year.store)] == [MailState.WRITTEN, MailState.WRITTEN]
    files = download(year)
    assert [name for name, _ in files] == ["000001.eml", "000002.eml"]
    letter = message_from_bytes(files[0][1], policy=default)
    assert letter["To"] == "anna@groups.example"
    assert letter["From"] == "charter@localhost"
    with reading() as session:
        assert find_link(session, token=token_in(letter)).organisation == "anna group"
        assert [row.act for row in session.exec(select(AuditEntry))][-1] == "outbox_downloaded"
    assert len(download(year)) == 2, "a download may be broken off, so it deletes nothing"


def test_what_is_written_after_the_download_is_not_deleted_with_it(year: Review) -> None:
    with reading() as session:
        holds = outbox_holds(session, viewer=year.viewer)
    assert holds == OutboxHolds(letters=2, last_id=2)
    year.add("cara")
    with writing() as session:
        invite_by_mail(session, viewer=year.viewer, period_ref=REF)
    assert len(download(year, holds.last_id)) == 2
    with writing() as session:
        assert delete_written(session, viewer=year.viewer, up_to=holds.last_id) == 2
        assert delete_written(session, viewer=year.viewer, up_to=holds.last_id) == 0
        assert outbox_holds(session, viewer=year.viewer) == OutboxHolds(letters=1, last_id=3)
        found = list_mail(session, viewer=year.viewer, states=[MailState.WRITTEN])
    assert [one.condition for one in found] == [Condition.WRITTEN, Condition.HANDED_ON, Condition.HANDED_ON]
    assert [name for name, _ in download(year)] == ["000003.eml"]
    assert len(list(outbox_folder().iterdir())) == 1


@one_database
def test_a_coordinator_reads_no_letter_that_sets_the_password_of_somebody_with_a_further_role(year: Review) -> None:
    for role in (Role.PARTNER, Role.ADMINISTRATOR):
        with writing() as session:
            account = factories.account(session)
            own = year.organisations["anna"] if role is Role.PARTNER else None
            factories.grant(session, account_id=account, role=role, organisation_id=own)
            post(
                session,
                viewer=OPERATOR,
                kind=MailKind.SET_PASSWORD,
                address="a@x.example",
                subject="Hello",
                text="A link",
                account_id=account,
            )
    assert [name for name, _ in download(year)] == ["000001.eml", "000002.eml", "000003.eml"]
    both = replace(year.viewer, grants=year.viewer.grants | {Grant(Role.ADMINISTRATOR)})
    with writing() as session:
        assert outbox_holds(session, viewer=year.viewer) == OutboxHolds(letters=3, last_id=3)
        assert delete_written(session, viewer=year.viewer, up_to=9) == 3
        assert outbox_holds(session, viewer=both) == OutboxHolds(letters=1, last_id=4)


@one_database
def test_once_there_is_a_mail_server_they_can_be_sent(year: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedError, match="No mail server is set"), writing() as session:
        send_again(session, viewer=year.viewer, mail_id=1)
    with mail_server() as server:
        monkeypatch.setenv("CHARTER_SMTP_URL", server.url)
        monkeypatch.setenv("CHARTER_MAIL_FROM", "review@charter.example")
        forget_settings()
        run_waiting()
        assert server.taken == [], "they may have been downloaded already"
        with writing() as session:
            assert list_mail(session, viewer=year.viewer)[0].can_send_again
            send_again(session, viewer=year.viewer, mail_id=1)
        run_waiting()
        assert [letter["To"] for letter in server.letters()] == ["anna@groups.example"]
    with store().reading() as session:
        found = list_mail(session, viewer=year.viewer)
    assert [one.condition for one in found] == [Condition.WRITTEN, Condition.SENT]


@one_database
def test_only_those_who_run_the_review_read_letters(year: Review) -> None:
    with writing() as session:
        with pytest.raises(NotAllowedError):
            outbox_zip(session, viewer=PUBLIC)
        with pytest.raises(NotAllowedError):
            outbox_holds(session, viewer=PUBLIC)
        with pytest.raises(NotAllowedError):
            delete_written(session, viewer=PUBLIC, up_to=9)
    assert len(download(year)) == 2
