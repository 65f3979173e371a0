"""The pages around publishing under test: opening one as somebody, pressing, and letting the worker work."""

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from charter.releases import publish_period
from charter.rules.access import OPERATOR, Viewer
from charter.store import writing
from charter.worker import run_waiting
from tests.screens.public_site import texts
from tests.screens.site_under_test import opened_at, ran, session_of
from tests.store.closed_reviews import YEAR, Closed, closed

PUBLISH, ANSWER_BACK = "coordinate/publish.py", "partner/answer_back.py"


def opened(who: Viewer | None, page: str, **query: str) -> AppTest:
    return opened_at(page, query, session_id=session_of(who.account_id) if who else None)


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
    return ran(site)


def published() -> None:
    with writing() as session:
        publish_period(session, viewer=OPERATOR, ref=YEAR)


def links(site: AppTest) -> dict[str, str]:
    """Give where each button of the page that leads somewhere goes, by what stands on it."""
    return {part.proto.label.replace("\\", ""): part.proto.url for part in site.get("link_button")}


@pytest.fixture
def made() -> Iterator[Closed]:
    """Publish a small review."""
    st.cache_data.clear()
    with writing() as session:
        made = closed(session)
    published()
    yield made
    st.cache_data.clear()
