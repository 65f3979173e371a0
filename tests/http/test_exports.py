"""What is taken out of the site, to be printed or kept, is in the audit log: what, by whom and from where."""

import json

import httpx
import pytest
from sqlmodel import col, select

from charter.sessions import COOKIE
from db.models import Account, AuditDetail, AuditEntry, Invitation, Period
from db.types import EvidenceSeenBy, Role
from tests.http.conftest import Site
from tests.http.people import link_to, person, session_of
from tests.http.test_evidence_file import Made, made

__all__ = ["made"]  # a fixture
HERE = {"x-forwarded-for": "203.0.113.44"}


def taken(site: Site, path: str, *, role: Role = Role.COORDINATOR) -> list[tuple[str, str, dict[str, object]]]:
    """Have somebody open an address, and give what the log says that they did there."""
    email = person(site.store, role=role)
    token = session_of(site.store, email).token
    address = site.address.replace("localhost", "127.0.0.1")
    answer = httpx.get(f"{address}{path}", cookies={COOKIE: token}, headers=HERE, timeout=20)
    assert answer.status_code == httpx.codes.OK
    with site.store.reading() as session:
        rows = session.exec(
            select(AuditEntry, AuditDetail.detail)
            .join(AuditDetail, col(AuditDetail.number) == col(AuditEntry.number))
            .join(Account, col(Account.id) == col(AuditEntry.account_id))
            .where(Account.email == email)
        )
        return [(entry.act, entry.subject, json.loads(detail)) for entry, detail in rows]


def test_the_call_list(site: Site) -> None:
    _, invitation_id = link_to(site.store)
    with site.store.reading() as session:
        period = session.get_one(Period, session.get_one(Invitation, invitation_id).period_id)
        ref = period.ref
    ((act, subject, detail),) = taken(site, f"/files/call-list?period={ref}")
    assert (act, subject) == ("call_list_made", f"period {ref}")
    assert detail == {"groups": 1, "ward": "", "address": "203.0.113.44"}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_the_audit_log_itself_with_what_was_looked_for(site: Site, role: Role) -> None:
    ((act, subject, detail),) = taken(site, "/files/audit.csv?act=signed_in&from=2026-01-02", role=role)
    assert (act, subject) == ("audit_exported", "audit log")
    assert detail == {"act": "signed_in", "first": "2026-01-02", "address": "203.0.113.44"}


def test_whoever_is_signed_out_is_told_so_and_gets_no_log(site: Site) -> None:
    answer = httpx.get(f"{site.address}/files/audit.csv", timeout=20)
    assert answer.status_code == httpx.codes.FORBIDDEN
    assert "Please sign in first" in answer.text


def test_the_letters(site: Site) -> None:
    ((act, _, detail),) = taken(site, "/files/outbox.zip")
    assert act == "outbox_downloaded"
    assert detail["address"] == "203.0.113.44"


def test_a_file_that_not_everybody_may_see_and_no_other(site: Site, made: Made) -> None:
    shown, public = made.keys[EvidenceSeenBy.MONITORING_GROUP], made.keys[EvidenceSeenBy.PUBLIC]
    ((act, subject, _),) = taken(site, f"/files/evidence/EV-{shown}", role=Role.REVIEWER)
    assert (act, subject) == ("evidence_handed_out", f"evidence {shown}")
    assert taken(site, f"/files/evidence/EV-{public}", role=Role.REVIEWER) == []
