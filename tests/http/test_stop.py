"""`/stop/<token>` over HTTP: opening it has no effect, a press has, a mail program's too."""

import httpx
import pytest
from sqlmodel import select

from charter import clock
from charter.mail.sending import post
from charter.rules.access import OPERATOR
from charter.tokens import new_token
from db.models import AuditEntry, Invitation, Organisation
from db.types import MailKind
from tests.http.conftest import Site
from tests.http.people import close_period_of, link_to


def reminded(site: Site, organisation: str = "Grays Gardeners") -> tuple[str, int]:
    """Have a group reminded, and give the token that stops it and the invitation's number."""
    _, invitation_id = link_to(site.store, organisation=organisation)
    token = new_token()
    with site.store.writing() as session:
        post(
            session,
            viewer=OPERATOR,
            kind=MailKind.REMINDER,
            address="grays@groups.example",
            subject="Review",
            text="Words",
            invitation_id=invitation_id,
            due_on=clock.today(),
            stop_token=token,
        )
    return token, invitation_id


def stopped(site: Site, invitation_id: int) -> bool:
    with site.store.reading() as session:
        organisation_id = session.get_one(Invitation, invitation_id).organisation_id
        return session.get_one(Organisation, organisation_id).reminders_stopped_at is not None


def test_a_scanner_that_opens_it_changes_nothing(site: Site) -> None:
    token, invitation_id = reminded(site, "Grays <script>alert(1)</script> & Co")
    with site.store.reading() as session:
        before = len(session.exec(select(AuditEntry)).all())
    for method in ("GET", "HEAD", "GET"):
        answer = httpx.request(method, f"{site.address}/stop/{token}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
    assert ">Stop reminders</button>" in answer.text
    assert "Grays &lt;script&gt;" in answer.text
    assert "<script" not in answer.text
    assert not stopped(site, invitation_id)
    with site.store.reading() as session:
        assert len(session.exec(select(AuditEntry)).all()) == before


def test_a_press_stops_them_and_a_second_does_no_harm(site: Site) -> None:
    token, invitation_id = reminded(site)
    for _ in range(2):
        answer = httpx.post(f"{site.address}/stop/{token}", headers={"origin": site.address})
        assert answer.status_code == 200
        assert "No more reminders" in answer.text
        assert stopped(site, invitation_id)


def test_a_mail_programs_one_click_stops_them(site: Site) -> None:
    """It is sent by the mail provider's server: from elsewhere, with no cookie (RFC 8058)."""
    token, invitation_id = reminded(site)
    headers = {"origin": "https://mail.example", "sec-fetch-site": "cross-site"}
    answer = httpx.post(f"{site.address}/stop/{token}", data={"List-Unsubscribe": "One-Click"}, headers=headers)
    assert answer.status_code == 200
    assert stopped(site, invitation_id)


def test_it_works_after_the_review_closed(site: Site) -> None:
    token, invitation_id = reminded(site)
    close_period_of(site.store, invitation_id)
    assert httpx.post(f"{site.address}/stop/{token}").status_code == 200
    assert stopped(site, invitation_id)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_one(site: Site, method: str) -> None:
    answer = httpx.request(method, f"{site.address}/stop/unknown")
    assert answer.status_code == 404
    assert "Nothing was changed" in answer.text
