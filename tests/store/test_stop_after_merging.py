"""The link that stops reminders, in a reminder that was sent to a duplicate before it was merged."""

import pytest

from charter import clock
from charter.mail.reminding import remind_each
from charter.mail.stopping import find_stop, stop_reminders
from charter.organisations.merging import merge
from charter.store import reading, store, writing
from charter.worker import run_waiting
from db.models import Organisation
from tests.mail_server import MailServerHere
from tests.store.mailing import Review, review, token_in


@pytest.fixture
def year(mailbox: MailServerHere) -> Review:
    assert mailbox.taken == []
    return review(store(), "anna", "ben", "cara")


def test_it_stops_the_reminders_of_the_group_that_stayed(year: Review, mailbox: MailServerHere) -> None:
    remind_each(viewer=year.viewer, on=clock.today())
    run_waiting()
    token = token_in(mailbox.to("anna@groups.example")[0], "stop")
    anna, ben, cara = (year.organisations[name] for name in ("anna", "ben", "cara"))
    with writing() as session:
        merge(session, viewer=year.viewer, organisation_id=anna, into_id=ben, reason="One group")
    with writing() as session:
        merge(session, viewer=year.viewer, organisation_id=ben, into_id=cara, reason="One group too")
    with reading() as session:
        assert find_stop(session, token=token) == "cara group"
    with writing() as session:
        stop_reminders(session, token=token, address="192.0.2.1")
    with reading() as session:
        assert session.get_one(Organisation, cara).reminders_stopped_at is not None
