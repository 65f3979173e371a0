"""The form in which a period is planned, and the one in which its plan is changed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import streamlit as st

from charter import clock
from charter.charters import CharterFound
from charter.periods import PeriodFound
from charter.planning import SOURCE_LIMIT, TITLE_LIMIT, change_plan, plan_period
from charter.rules.disclosure import THRESHOLD
from charter.rules.refusals import RefusedError
from charter.store import Session, writing
from db.types import CharterState, PeriodState
from pages.ui import keys, viewer
from pages.ui.keeping import saving
from pages.ui.plain import plain
from pages.ui.running import choosing

_USUAL_DAYS = 60  # from the first day to the last


def draw_new(charters: tuple[CharterFound, ...]) -> None:
    """Draw the form for a new period. What was typed stays in it when it cannot be taken."""
    titles = {each.ref: each.title for each in charters if each.state is CharterState.ASSESSED}
    if not titles:
        st.info("No charter is loaded whose promises can be asked about. The person who runs the site loads one.")
        return
    today = clock.today()
    name = saving.fresh("plan")
    with st.form(f"{name}_period", width=620):
        ref, title, charter = _draw_names(name, titles, year=today.year)
        first = _day_field("First day", today, key=f"{name}_first", stays="page")
        last = _day_field("Last day", today + timedelta(days=_USUAL_DAYS), key=f"{name}_last", stays="page")
        threshold = st.number_input(
            "No score is shown of fewer groups than",
            min_value=THRESHOLD,
            max_value=1000,
            value=THRESHOLD,
            help="It is promised on the form, and cannot be lowered after.",
            key=f"{name}_threshold",
            persist_state="page",
        )
        source, day, sector = _list_fields(name, "", today, None, stays="page")
        pressed = st.form_submit_button("Plan this period", type="primary")
    if pressed:
        _plan(
            lambda session: plan_period(
                session,
                viewer=viewer.current(),
                ref=ref,
                title=title,
                charter_ref=charter,
                opens_on=first,
                closes_on=last,
                list_source=source,
                list_date=day,
                known_sector=sector,
                threshold=int(threshold),
            )
        )


def draw_change(period: PeriodFound) -> None:
    """Draw the form that changes the plan of a period, which is planned or open."""
    name = f"change_{period.ref}"
    seen = _seen(name, period)
    is_open = period.state is PeriodState.OPEN
    with st.form(name, width=620):
        title = st.text_input("Title", period.title, key=f"{name}_title", max_chars=TITLE_LIMIT)
        first = _day_field("First day", period.opens_on, key=f"{name}_first", disabled=is_open)
        last = _day_field("Last day", period.closes_on, key=f"{name}_last")
        source, day, sector = _list_fields(
            name, period.list_source, period.list_date or clock.today(), period.known_sector
        )
        pressed = st.form_submit_button("Save these changes")
    if not pressed:
        return
    try:
        with writing() as session:
            change_plan(
                session,
                viewer=viewer.current(),
                ref=period.ref,
                seen=seen,
                title=title or "",
                opens_on=period.opens_on if is_open else first,
                closes_on=last,
                list_source=source,
                list_date=day,
                known_sector=sector,
            )
    except RefusedError as refusal:
        # Whoever saves again after this has seen what it says now.
        st.session_state[f"{name}_seen"] = period
        st.error(f"{plain(str(refusal))} What you typed is still above.")
    else:
        del st.session_state[f"{name}_seen"]
        st.session_state[keys.DONE] = (True, "The changes are saved.")
        st.rerun()


def _seen(name: str, period: PeriodFound) -> PeriodFound:
    """Give what the fields were filled from, for as long as they are on the page: by now the store may say another."""
    seen: PeriodFound = period
    if f"{name}_title" in st.session_state:
        seen = st.session_state.get(f"{name}_seen", period)
    st.session_state[f"{name}_seen"] = seen
    return seen


def _plan(verb: Callable[[Session], PeriodFound]) -> None:
    try:
        with writing() as session:
            planned = verb(session)
    except RefusedError as refusal:
        st.error(f"{plain(str(refusal))} What you typed is still above.")
    else:
        choosing.go_to(planned.ref)
        saving.renew()
        st.session_state[keys.DONE] = (True, f"{planned.title} is planned. Nobody is asked before you open it.")
        st.rerun()


def _draw_names(name: str, titles: Mapping[str, str], *, year: int) -> tuple[str, str, str]:
    """Draw what a new period is called and asks about: its short name, its title, and the charter's reference."""
    ref = st.text_input(
        "Short name, for addresses", key=f"{name}_ref", placeholder=str(year), max_chars=40, persist_state="page"
    )
    title = st.text_input(
        "Title", key=f"{name}_title", placeholder=f"{year} review", max_chars=TITLE_LIMIT, persist_state="page"
    )
    charter = st.selectbox(
        "What it asks about",
        list(titles),
        format_func=lambda each: titles.get(each, each),
        key=f"{name}_charter",
        persist_state="page",
    )
    return (ref or "").strip(), title or "", str(charter)


def _list_fields(
    name: str, source: str, day: date, sector: int | None, *, stays: saving.Stays | None = None
) -> tuple[str, date, int | None]:
    typed = st.text_input(
        "Where the invitation list comes from",
        source,
        key=f"{name}_source",
        max_chars=SOURCE_LIMIT,
        persist_state=stays,
    )
    dated = _day_field("Of which day that list is", day, key=f"{name}_dated", stays=stays)
    known = st.number_input(
        "How many groups are known in all (leave it empty if nobody knows)",
        min_value=1,
        value=sector,
        step=1,
        key=f"{name}_sector",
        persist_state=stays,
    )
    return typed or "", dated, int(known) if known is not None else None


def _day_field(label: str, value: date, *, key: str, disabled: bool = False, stays: saving.Stays | None = None) -> date:
    """Draw a field for one day, and give it; one that was emptied stands for today."""
    given = st.date_input(label, value, key=key, format="DD/MM/YYYY", disabled=disabled, persist_state=stays)
    return given if isinstance(given, date) else clock.today()
