"""Whose answer is written, in which review, and whether the person agreed to be named for looking early."""

import streamlit as st

from charter.periods import PeriodFound
from charter.right_of_reply import OwnBody, answering_periods, has_looked, look_first, own_bodies
from charter.rules.access import Viewer
from charter.store import Session, reading
from pages.ui import press, viewer
from pages.ui.plain import plain
from pages.ui.running import acting
from pages.ui.running.choosing import title_of

_FOR_GROUPS = (
    "This page is for public bodies. After a review has closed, each of them writes here what it will do about the "
    "promise that groups scored lowest. Your group need not do anything. What they write is published on the page "
    "“You said”."
)


def choose_body(here: Viewer) -> OwnBody | None:
    """Give the public body that the person speaks for; groups read why there is nothing for them to do."""
    with reading() as session:
        own = own_bodies(session, viewer=here)
    if not own:
        st.info(_FOR_GROUPS)
        st.page_link("public/you_said.py", label="Read what public bodies said")
        return None
    if len(own) == 1:
        return own[0]
    names = {body.organisation_id: body for body in own}
    key = st.selectbox("Organisation", list(names), format_func=lambda key: names[key].name, width=420)
    return names[key]


def choose_period(here: Viewer, body: OwnBody) -> PeriodFound | None:
    """Give the review that is answered now, which the person chooses where there are several; or None."""
    with reading() as session:
        found = answering_periods(session, viewer=here, organisation_id=body.organisation_id)
    if len(found) < 2:  # noqa: PLR2004 - one is no choice
        return found[0] if found else None
    periods = {period.ref: period for period in found}
    key = f"answered_{body.organisation_id}"
    ref = st.selectbox(
        "Review", list(periods), format_func=lambda ref: title_of(periods[ref]) if ref in periods else ref, key=key
    )
    return periods[ref]


def agreed_to_look(here: Viewer, body: OwnBody, period: PeriodFound) -> bool:
    """Tell whether the person has agreed to be named as one who looked early; else ask them to."""
    with reading() as session:
        looked = has_looked(session, viewer=here, period_ref=period.ref, organisation_id=body.organisation_id)
    if looked:
        return True
    st.markdown(
        f"The {plain(period.title)} has closed. Before it is published, **{plain(body.name)}** can see its own "
        "figures, reply to them, and say what it will do about its lowest promises."
    )
    st.warning("Seeing figures early is published: your name, your organisation, and when you first looked.")
    press.button("Show us our figures", _look, period.ref, body.organisation_id, key="look_first", look="primary")
    return False


def _look(period_ref: str, organisation_id: int) -> None:
    def act(session: Session) -> str:
        look_first(session, viewer=viewer.current(), period_ref=period_ref, organisation_id=organisation_id)
        return ""

    acting.do(act)
