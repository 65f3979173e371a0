"""The coordinator's pages under test: opening one as somebody, and all that it says."""

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter.sessions import start_account_session
from charter.store import reading, writing
from db.models import Period
from db.types import PeriodState, Role
from tests import factories
from tests.screens.site_under_test import opened_at


def session_as(role: Role) -> int:
    """Begin a session of a new account with a role, and give its number."""
    with writing() as session:
        account = factories.account(session, name="Sam *Sample*")
        factories.grant(session, account_id=account, role=role)
        return start_account_session(session, account_id=account).session_id


def opened(page: str, role: Role | None = Role.COORDINATOR, **query: str) -> AppTest:
    """Open a page of the coordinator's at an address."""
    return opened_at(f"coordinate/{page}.py", query, session_id=session_as(role) if role else None)


def said(site: AppTest) -> str:
    """Give all words of a page, the escaping of marks taken out."""
    kinds = (site.title, site.header, site.subheader, site.caption, site.markdown, site.text)
    words = [str(part.value) for kind in (*kinds, site.info, site.warning, site.error, site.success) for part in kind]
    tables = [str(cell) for table in site.table for cell in table.value.to_numpy().ravel()]
    return "\n".join([*words, *tables]).replace("\\", "").replace("\u2060", "")


def open_ref() -> str:
    """Give the reference of the demonstration's open period."""
    with reading() as session:
        return session.exec(select(Period.ref).where(Period.state == PeriodState.OPEN)).one()


def period_state(ref: str) -> PeriodState:
    with reading() as session:
        return session.exec(select(Period).where(Period.ref == ref)).one().state
