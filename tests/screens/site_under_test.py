"""The site under test without a browser: standing at a page as somebody, and pressing what is on it."""

from collections.abc import Mapping
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from charter.sessions import start_account_session
from charter.store import writing
from pages.ui import keys
from pages.ui.navigation import PLACES

SITE = str(Path(__file__).parents[2] / "pages" / "site.py")
_SECONDS = 60  # the machine may do other work


def session_of(account_id: int | None) -> int:
    """Begin a session of an account, and give its number."""
    with writing() as session:
        return start_account_session(session, account_id=account_id or 0).session_id


def standing_at(path: str, query: Mapping[str, str], *, session_id: int | None = None) -> AppTest:
    """Give the site at a page's address, in a browser that nobody has used, before its first run.

    Args:
        path: the page's file, below `pages/`.
        query: what stands in the address after the question mark.
        session_id: who has signed in, if anybody.
    """
    site = AppTest.from_file(SITE, default_timeout=_SECONDS)
    place = next(place for place in PLACES if place.path == path)
    if place.url_path:
        # `switch_page` knows a page by its address only after a run of another page, which would take as long again.
        site._page_hash = calc_hash(place.url_path)  # noqa: SLF001
    if session_id is not None:
        site.session_state[keys.SESSION_ID] = session_id
    for name, value in query.items():
        site.query_params[name] = value
    return site


def opened_at(path: str, query: Mapping[str, str], *, session_id: int | None = None) -> AppTest:
    """Open a page as somebody. Nothing on it may have failed."""
    return ran(standing_at(path, query, session_id=session_id))


def ran(site: AppTest) -> AppTest:
    """Run the page once more. Nothing on it may have failed."""
    site.run()
    assert not site.exception, [found.value for found in site.exception]
    return site


def press(site: AppTest, key: str) -> AppTest:
    """Press a button by its key."""
    site.button(key=key).click()
    return ran(site)
