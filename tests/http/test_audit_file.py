"""`/files/audit.csv`: sent to those alone who may read the log."""

import pytest

from charter import audit
from charter.rules.access import OPERATOR
from charter.sessions import COOKIE
from db.types import Role
from tests.http.conftest import Site
from tests.http.people import person, session_of


def fetched(site: Site, role: Role | None, address: str = "/files/audit.csv?act=ward_added") -> tuple[int, str]:
    with site.client() as client:
        if role is not None:
            client.cookies.set(COOKIE, session_of(site.store, person(site.store, role=role)).token)
        answer = client.get(address)
        return answer.status_code, answer.text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_those_who_may_read_the_log_are_sent_what_they_asked_for(site: Site, role: Role) -> None:
    with site.store.writing() as session:
        audit.record(session, OPERATOR, act="ward_added", subject="ward 77")
        audit.record(session, OPERATOR, act="ward_ended", subject="ward 78")
    status, text = fetched(site, role)
    assert status == 200
    assert text.startswith("\ufeffnumber,at,who,act,subject,detail")
    assert "ward 77" in text
    assert "ward 78" not in text


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.REVIEWER])
def test_anybody_else_is_sent_nothing_of_it(site: Site, role: Role | None) -> None:
    with site.store.writing() as session:
        audit.record(session, OPERATOR, act="ward_added", subject="ward 79")
    status, text = fetched(site, role)
    assert status == 403
    assert "ward 79" not in text


def test_a_day_that_is_none_leaves_nothing_out(site: Site) -> None:
    with site.store.writing() as session:
        audit.record(session, OPERATOR, act="ward_added", subject="ward 80")
    status, text = fetched(site, Role.COORDINATOR, "/files/audit.csv?from=yesterday&until=2001-02-31")
    assert status == 200
    assert "ward 80" in text


def test_the_first_and_the_last_of_all_days_leave_nothing_out(site: Site) -> None:
    with site.store.writing() as session:
        audit.record(session, OPERATOR, act="ward_added", subject="ward 81")
    status, text = fetched(site, Role.COORDINATOR, "/files/audit.csv?from=0001-01-01&until=9999-12-31")
    assert status == 200
    assert "ward 81" in text
