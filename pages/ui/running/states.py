"""Opening, closing and opening again, each with a question before it."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from charter import clock
from charter.periods import (
    REASON_LIMIT,
    PeriodFound,
    close_period,
    open_period,
    reopen_period,
    require_days_left,
)
from charter.store import Session
from db.types import PeriodState
from pages.ui import press, viewer
from pages.ui.plain import plain
from pages.ui.running import acting


def draw(period: PeriodFound, *, groups: int, bodies: int) -> None:
    """Draw what can be done with a period now.

    Args:
        period: the period.
        groups: how many groups are on its list, or will be when it opens.
        bodies: how many public bodies.
    """
    title = plain(period.title)
    match period.state:
        case PeriodState.PLANNED:
            acting.confirmed(
                "Open this period",
                name=f"open_{period.ref}",
                warning=f"From now on {_count(groups, 'group', 'groups')} and "
                f"{_count(bodies, 'public body', 'public bodies')} can answer in {title}, until the end of "
                f"{clock.day_in_words(period.closes_on)}. What is asked is fixed, and so is the promise that no score "
                f"is shown of fewer than {period.threshold} groups. No e-mail is sent by this.",
                yes="Yes, open it",
                act=_opening(period),
            )
        case PeriodState.OPEN:
            acting.confirmed(
                "Close this period",
                name=f"close_{period.ref}",
                warning=f"{title} then takes no more answers, and its invitation list is frozen. Answers that were "
                "saved and not sent do not count. You can open it again as long as nobody has seen its figures.",
                yes="Yes, close it",
                act=_closing(period),
            )
        case PeriodState.CLOSED:
            _draw_reopening(period)
        case PeriodState.PUBLISHED:
            st.markdown("It is published, so nothing about it changes here any more.")


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _draw_reopening(period: PeriodFound) -> None:
    with st.expander("Open it again"):
        st.markdown(
            "Only if it was closed too early, and only while nobody has seen its figures. Nothing is asked anew, and "
            "nobody is added to the list. The reason is kept."
        )
        reason = st.text_input("Why it is opened again", key=f"reason_{period.ref}", max_chars=REASON_LIMIT)
        last = period.closes_on
        if last < clock.today():
            given = st.date_input("The new last day", clock.today(), key=f"again_{period.ref}", format="DD/MM/YYYY")
            last = given if isinstance(given, date) else last
        press.button("Open it again", _reopen, period, reason or "", last, key=f"reopen_{period.ref}")


def _opening(period: PeriodFound) -> Callable[[], object]:
    def act(session: Session) -> str:
        require_days_left(period)
        found = open_period(session, viewer=viewer.current(), ref=period.ref)
        return f"{found.title} is open until the end of {clock.day_in_words(found.closes_on)}. Now invite the groups."

    return lambda: acting.do(act)


def _closing(period: PeriodFound) -> Callable[[], object]:
    def act(session: Session) -> str:
        return f"{close_period(session, viewer=viewer.current(), ref=period.ref).title} is closed."

    return lambda: acting.do(act)


def _reopen(period: PeriodFound, reason: str, last: date) -> None:
    def act(session: Session) -> str:
        found = reopen_period(session, viewer=viewer.current(), ref=period.ref, reason=reason, closes_on=last)
        return f"{found.title} is open again until the end of {clock.day_in_words(found.closes_on)}."

    acting.do(act, asked=("open again", period.ref))
