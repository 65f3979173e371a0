"""Reading the audit log: what is found, who sees what, and the file."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from sqlmodel import Session

from charter import audit, clock
from charter.audit_file import audit_csv
from charter.audit_reading import AuditWanted, Entry, all_entries, list_acts, list_entries
from charter.rules.access import OPERATOR, PUBLIC, Grant, Invited, Viewer
from charter.rules.refusals import NotAllowedError
from db.engine import Store
from db.models import AuditDetail, Organisation
from db.types import Role
from tests import factories
from tests.store.databases import one_database

COORDINATOR = Viewer(account_id=900, grants=frozenset({Grant(Role.COORDINATOR)}))
ADMINISTRATOR = Viewer(account_id=901, grants=frozenset({Grant(Role.ADMINISTRATOR)}))
LINK = Viewer(invited=Invited(1, 1, 1))


def record(session: Session, who: Viewer, act: str, subject: str, **detail: object) -> None:
    audit.record(session, who, act=act, subject=subject, detail=detail)


def found(session: Session, viewer: Viewer = COORDINATOR, **wanted: object) -> list[tuple[str, str]]:
    rows = list_entries(session, viewer=viewer, wanted=AuditWanted(**wanted)).rows  # type: ignore[arg-type]
    return [(entry.act, entry.subject) for entry in rows]


def test_it_is_searched_by_act_subject_who_and_day(site_store: Store) -> None:
    with site_store.writing() as session:
        ana = factories.account(session, email="ana@x.example", name="Ana")
        with time_machine.travel(clock.now() - timedelta(days=9), tick=False):
            record(session, OPERATOR, "period_opened", "period 2026")
        record(session, Viewer(account_id=ana), "ward_added", "ward 7")
        record(session, OPERATOR, "ward_ended", "ward 7")
    today = clock.today()
    with site_store.reading() as session:
        assert found(session) == [("ward_ended", "ward 7"), ("ward_added", "ward 7"), ("period_opened", "period 2026")]
        assert found(session, act="ward_added") == found(session, who="ANA") == [("ward_added", "ward 7")]
        assert found(session, who="ana@x") == [("ward_added", "ward 7")]
        assert found(session, who="operator", subject="ward") == [("ward_ended", "ward 7")]
        assert found(session, last=today - timedelta(days=1)) == [("period_opened", "period 2026")]
        assert len(found(session, first=today, last=today)) == 2
        assert list_acts(session, viewer=COORDINATOR) == ("period_opened", "ward_added", "ward_ended")


@one_database
def test_who_or_what_it_was_done_to_is_named_and_found_by_name(site_store: Store) -> None:
    with site_store.writing() as session:
        ana = factories.account(session, email="ana@x.example", name="Ana Ruiz")
        group = factories.organisation(session, name="Chess Club")
        ref = session.get_one(Organisation, group).ref
        record(session, OPERATOR, "account_disabled", f"account {ana}")
        record(session, OPERATOR, "organisation_edited", f"organisation {ref}")
        record(session, OPERATOR, "account_added", f"account {ana + 1000}")
    with site_store.reading() as session:
        entries = list_entries(session, viewer=COORDINATOR, wanted=AuditWanted()).rows
        assert [entry.named for entry in entries] == ["", "Chess Club", "Ana Ruiz"]
        assert found(session, subject="ruiz ana") == [("account_disabled", f"account {ana}")]
        assert found(session, subject="chess") == [("organisation_edited", f"organisation {ref}")]
        assert len(found(session, subject="account")) == 2
        assert found(session, subject=" \u2060") == found(session)


def test_which_group_an_invitation_is_of_is_told_to_the_coordinator_and_not_to_an_administrator(
    site_store: Store,
) -> None:
    with site_store.writing() as session:
        period = factories.period(session)
        group = factories.organisation(session, name="Chess Club")
        invitation = factories.invitation(session, period_id=period, organisation_id=group)
        record(session, OPERATOR, "link_issued", f"invitation {invitation}")
    with site_store.reading() as session:
        for viewer, named in ((COORDINATOR, "Chess Club"), (ADMINISTRATOR, "")):
            (entry,) = list_entries(session, viewer=viewer, wanted=AuditWanted()).rows
            assert entry.named == named
            assert len(found(session, viewer, subject="chess")) == bool(named)


def test_a_whole_letter_that_was_pasted_into_the_search_is_no_failure(site_store: Store) -> None:
    with site_store.writing() as session:
        record(session, OPERATOR, "ward_added", "ward 7")
    with site_store.reading() as session:
        assert found(session, subject="ward 7 " * 1000) == [("ward_added", "ward 7")]
        assert found(session, subject="ward 8 " * 1000) == []


def test_it_is_paged_the_newest_first(site_store: Store) -> None:
    with site_store.writing() as session:
        for number in range(30):
            record(session, OPERATOR, "ward_added", f"ward {number}")
    with site_store.reading() as session:
        page = list_entries(session, viewer=COORDINATOR, wanted=AuditWanted(), page=2)
        assert (page.total, page.pages) == (30, 2)
        assert [entry.subject for entry in page.rows] == [f"ward {number}" for number in range(4, -1, -1)]


@one_database
def test_which_group_has_answered_is_told_to_the_coordinator_and_not_to_an_administrator(site_store: Store) -> None:
    with site_store.writing() as session:
        record(session, LINK, "link_opened", "invitation 4")
        record(session, Viewer(account_id=5), "self_assessment_submitted", "self_assessment SA-1")
        record(session, OPERATOR, "period_opened", "period 2026")
    with site_store.reading() as session:
        assert len(found(session)) == 3
        assert found(session, ADMINISTRATOR) == [("period_opened", "period 2026")]
        assert found(session, ADMINISTRATOR, subject="SA-1") == []
        assert list_acts(session, viewer=ADMINISTRATOR) == ("period_opened",)
        assert [entry.act for entry in all_entries(session, viewer=ADMINISTRATOR, wanted=AuditWanted())] == [
            "period_opened"
        ]


@one_database
def test_from_where_somebody_came_is_for_administrators_and_what_was_erased_is_said(site_store: Store) -> None:
    came = Viewer(account_id=1, address="192.0.2.7")
    with site_store.writing() as session:
        record(session, came, "organisation_edited", "organisation G-1", name=["Old", "New"], phone="changed")
        record(session, came, "ward_added", "ward 1")
        session.delete(session.get_one(AuditDetail, 2))
    with site_store.reading() as session:

        def details(viewer: Viewer) -> list[str]:
            return [entry.detail for entry in all_entries(session, viewer=viewer, wanted=AuditWanted())]

        assert details(COORDINATOR) == ["erased", "name: Old → New; phone: changed"]
        assert details(ADMINISTRATOR)[1] == "address: 192.0.2.7; name: Old → New; phone: changed"


@one_database
def test_nobody_else_reads_it(site_store: Store) -> None:
    roles = (Viewer(grants=frozenset({Grant(role, 1)})) for role in (Role.PARTNER, Role.REVIEWER))
    for viewer in (PUBLIC, LINK, *roles):
        with site_store.reading() as session:
            with pytest.raises(NotAllowedError):
                list_entries(session, viewer=viewer, wanted=AuditWanted())
            with pytest.raises(NotAllowedError):
                list(all_entries(session, viewer=viewer, wanted=AuditWanted()))
            with pytest.raises(NotAllowedError):
                list_acts(session, viewer=viewer)


def test_no_cell_of_the_file_is_a_formula() -> None:
    entry = Entry(1, clock.now(), "=1+1", "act", "\ncmd", "@x, “y”\nz")
    rows = list(csv.reader(io.StringIO(audit_csv([entry]).removeprefix("\ufeff"), newline="")))
    assert rows[0] == ["number", "at", "who", "act", "subject", "detail"]
    assert rows[1][2:] == ["'=1+1", "act", "'\ncmd", "'@x, “y”\nz"]
