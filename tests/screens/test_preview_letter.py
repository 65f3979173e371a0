"""Sharing a review early with a named person: the letter to them, and the link beside it."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter.mail.outbox_folder import outbox_folder
from charter.store import reading, store
from charter.worker import run_waiting
from db.models import EarlyAccess
from db.types import MailState
from pages.ui import keys
from tests.conftest import forget_settings
from tests.mail_server import mail_server
from tests.screens.running_site import said
from tests.screens.site_under_test import opened_at, press, session_of
from tests.store.closed_reviews import YEAR, Closed
from tests.store.mailing import mails, text_of


def opened(made: Closed) -> AppTest:
    query = {"period": YEAR, "part": "share"}
    return opened_at("coordinate/publish.py", query, session_id=session_of(made.coordinator.account_id))


def share(site: AppTest, name: str, email: str) -> AppTest:
    site.text_input(key=keys.PREVIEW_NAME).set_value(name)
    site.text_input(key=keys.PREVIEW_EMAIL).set_value(email)
    return press(site, "share_preview")


def test_the_page_shows_the_link_and_says_when_the_letter_has_gone(
    made: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server() as server:
        monkeypatch.setenv("CHARTER_SMTP_URL", server.url)
        monkeypatch.setenv("CHARTER_MAIL_FROM", "review@charter.example")
        forget_settings()
        site = share(opened(made), "Cllr *Ade*", "ade@council.example")
        link = site.code[0].value
        words = said(site)
        assert "The link for Cllr *Ade* is made. A letter is on its way." in words
        assert "Letter to ade@council.example: waiting to be sent" in words
        site.run()
        assert site.code[0].value == link, "it stays while the page looks whether the letter has gone"
        run_waiting()
        words = said(site.run())
        assert "Letter to ade@council.example: sent" in words
        assert site.code[0].value == link
        assert not site.run().code
        (letter,) = server.to("ade@council.example")
        assert link in text_of(letter)


def test_without_a_server_the_letter_waits_and_a_link_that_is_taken_back_takes_it_away(made: Closed) -> None:
    site = opened(made)
    assert "No mail server is set, so a letter for this address waits in the outbox" in said(site)
    share(site, "Ade", "ade@@council")
    assert "No mail can go to this address" in said(site)
    assert site.text_input(key=keys.PREVIEW_NAME).value == "Ade"
    with reading() as session:
        assert session.exec(select(EarlyAccess)).all() == []
    share(site, "Ade", "ade@council.example")
    words = said(site)
    assert "A letter is written, and waits in the outbox." in words
    assert "Letter to ade@council.example: in the outbox, to be downloaded" in words
    assert f"period={YEAR}&part=reminders" in [way.proto.query_string for way in site.get("page_link")]
    assert "/preview/" in site.code[0].value
    with reading() as session:
        key = session.exec(select(EarlyAccess.id)).one()
    press(site, f"revoke_preview_{key}")
    assert "Ade: link taken back, not looked yet" in said(site)
    assert [row.state for row in mails(store())] == [MailState.FAILED]
    assert list(outbox_folder().iterdir()) == []
    share(site, "Bo", "")
    words = said(site)
    assert "No letter is written: copy the link below." in words
    assert "No letter: the link was copied by hand" in words
    assert len(mails(store())) == 1
    assert not site.run().code


def test_who_has_a_link_already_gets_no_second_one_from_another_window(made: Closed) -> None:
    site, other = opened(made), opened(made)
    assert share(site, "Cllr Ade", "").code
    share(other, "Cllr  Ade", "")
    assert "has a link already, so no other is made" in said(other)
    assert not other.code
    with reading() as session:
        assert session.exec(select(EarlyAccess.name)).all() == ["Cllr Ade"]
