"""`/preview/<token>` over HTTP: opening it shows no figure, *Continue* does, and what has ended says so."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

import httpx
import pytest
from sqlmodel import select

from charter import clock
from charter.early_access import share_preview
from charter.rules.access import OPERATOR
from charter.tokens import digest
from db.models import EarlyAccess, Period
from db.types import PeriodState
from tests import factories
from tests.http.conftest import Site


@dataclass(frozen=True)
class Shared:
    """A link to the preview of a review that has closed."""

    token: str
    period_id: int


@pytest.fixture
def link(site: Site) -> Shared:
    with site.store.writing() as session:
        ref = f"p{secrets.token_hex(4)}"
        day = date(2026, 1, 1)
        period_id = factories.period(
            session, ref=ref, title="Spring review", opens_on=day, closes_on=day, state=PeriodState.CLOSED
        )
        token = share_preview(session, viewer=OPERATOR, period_ref=ref, name='Ade <b>&"')
    return Shared(token, period_id)


def seen(site: Site, link: Shared) -> bool:
    with site.store.reading() as session:
        found = session.exec(select(EarlyAccess).where(EarlyAccess.token_digest == digest(link.token))).one()
        return found.first_seen_at is not None


def test_a_scanner_that_opens_the_link_sees_no_figure_and_changes_nothing(site: Site, link: Shared) -> None:
    for method in ("GET", "HEAD", "GET"):
        answer = httpx.request(method, f"{site.address}/preview/{link.token}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
    assert "Ade &lt;b&gt;&amp;&#34;" in answer.text
    assert ">Continue</button>" in answer.text
    assert "<table" not in answer.text
    assert not seen(site, link)


def test_continue_shows_the_figures_and_writes_down_that_they_were_seen(site: Site, link: Shared) -> None:
    answer = httpx.post(f"{site.address}/preview/{link.token}", headers={"origin": site.address})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert "These figures are not published yet." in answer.text
    assert "Ade &lt;b&gt;&amp;&#34;" in answer.text
    assert seen(site, link)


def test_another_sites_page_cannot_press_continue(site: Site, link: Shared) -> None:
    answer = httpx.post(f"{site.address}/preview/{link.token}", headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert not seen(site, link)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_link(site: Site, method: str) -> None:
    answer = httpx.request(method, f"{site.address}/preview/unknown")
    assert answer.status_code == 404
    assert "We do not know this link" in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("ended", "said"),
    [
        ("expired", "This link has run out"),
        ("revoked", "This link is no longer in use"),
        ("published", "These figures are published now"),
    ],
)
def test_a_link_that_has_ended_says_why_and_shows_nothing(
    site: Site, link: Shared, method: str, ended: str, said: str
) -> None:
    with site.store.writing() as session:
        row = session.exec(select(EarlyAccess).where(EarlyAccess.token_digest == digest(link.token))).one()
        if ended == "expired":
            row.expires_at = clock.now() - timedelta(seconds=1)
        elif ended == "revoked":
            row.revoked_at = clock.now()
        else:
            session.get_one(Period, link.period_id).state = PeriodState.PUBLISHED
    answer = httpx.request(method, f"{site.address}/preview/{link.token}")
    assert answer.status_code == 410
    assert said in answer.text
    assert "<table" not in answer.text
    assert not seen(site, link)
