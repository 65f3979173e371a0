"""The pages around publishing under test: opening one as somebody, pressing, and letting the worker work."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from charter.releases import publish_period
from charter.rules.access import OPERATOR, Viewer
from charter.sessions import start_account_session
from charter.store import writing
from charter.worker import run_waiting
from pages.ui import keys
from tests.screens.public_site import texts
from tests.store.closed_reviews import YEAR, Closed

SITE = str(Path(__file__).parents[2] / "pages" / "site.py")
PUBLISH, ANSWER_BACK = "coordinate/publish.py", "partner/answer_back.py"


def opened(who: Viewer | None, page: str, **query: str) -> AppTest:
    site = AppTest.from_file(SITE, default_timeout=60)
    if who is not None:
        with writing() as session:
            started = start_account_session(session, account_id=who.account_id or 0)
        site.session_state[keys.SESSION_ID] = started.session_id
    site.run()
    site.switch_page(page)
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
    alerts = [str(part.value) for kind in (site.success, site.error) for part in kind]
    return "\n".join([texts(site), *alerts]).replace("\\", "")


def box_of(site: AppTest, name: str) -> TextArea:
    """Give the first box whose name among the page's widgets begins so."""
    return next(area for area in site.text_area if str(area.key).startswith(name))


def part(made: Closed, name: str) -> AppTest:
    return opened(made.coordinator, PUBLISH, part=name, period=YEAR)


def worked(site: AppTest) -> AppTest:
    """Let the worker carry out what waits, and draw the page as its next look at it does."""
    run_waiting()
    site.run()
    assert not site.exception, [found.value for found in site.exception]
    return site


def published() -> None:
    with writing() as session:
        publish_period(session, viewer=OPERATOR, ref=YEAR)
