"""The coordinator's pages under test: opening one as somebody, and all that it says."""

from pathlib import Path

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter.sessions import start_account_session
from charter.store import reading, writing
from db.models import Period
from db.types import PeriodState, Role
from pages.ui import keys
from tests import factories

SITE = str(Path(__file__).parents[2] / "pages" / "site.py")


def session_as(role: Role) -> int:
    """Begin a session of a new account with a role, and give its number."""
    with writing() as session:
        account = factories.account(session, name="Sam *Sample*")
        factories.grant(session, account_id=account, role=role)
        return start_account_session(session, account_id=account).session_id


def opened(page: str, role: Role | None = Role.COORDINATOR, **query: str) -> AppTest:
    """Open a page of the coordinator's at an address."""
    site = AppTest.from_file(SITE, default_timeout=60)
    if role is not None:
        site.session_state[keys.SESSION_ID] = session_as(role)
    site.run()  # a page can be gone to only once the site is open
    site.switch_page(f"coordinate/{page}.py")
    for name, value in query.items():
        site.query_params[name] = value
    site.run()
    assert not site.exception, [found.value for found in site.exception]
    return site


def press(site: AppTest, key: str) -> AppTest:
    site.button(key=key).click().run()
    assert not site.exception, [found.value for found in site.exception]
    return site


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
