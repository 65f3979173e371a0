"""Which period, and which part of a page, the address asks for."""

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from charter.periods import PeriodFound, list_periods
from charter.rules.access import Viewer
from charter.store import reading
from charter.week import current_period
from charter.words import PERIOD_STATES
from pages.ui import address_choice, keys
from pages.ui.plain import plain

_PERIOD, _PART = "period", "part"
_REF = re.compile(r"[a-z0-9-]{1,40}")


def all_periods(who: Viewer) -> tuple[PeriodFound, ...]:
    """Read every period."""
    with reading() as session:
        return list_periods(session, viewer=who)


def chosen_period(periods: Sequence[PeriodFound]) -> PeriodFound | None:
    """Give the period that the address names, the one that was worked on last, or the one that waits for work.

    Where the address names one that is not there, that is said.
    """
    named = st.query_params.get(_PERIOD)
    by_ref = {period.ref: period for period in periods}
    if named is not None and named not in by_ref:
        st.warning(
            f"There is no period {plain(named)}. Choose one that is here."
            if _REF.fullmatch(named)
            else "This address names no period. Choose one that is here."
        )
    found = by_ref.get(named or "") or by_ref.get(st.session_state.get(keys.RUN_PERIOD, "")) or current_period(periods)
    if found is not None:
        st.session_state[keys.RUN_PERIOD] = found.ref
        st.query_params[_PERIOD] = found.ref
    return found


def draw_choice(periods: Sequence[PeriodFound], chosen: PeriodFound) -> None:
    """Draw the way to another period, where there are several."""
    if len(periods) < 2:  # noqa: PLR2004 - one is no choice
        return
    titles = {period.ref: title_of(period) for period in periods}
    # The state is part of the key, so that the box does not go on saying where the review stood before.
    key = f"choose_period_{chosen.ref}_{chosen.state.value}"
    address_choice.draw_choice("Period", titles, chosen.ref, key=key, go=go_to)


def title_of(period: PeriodFound) -> str:
    """Name a period with where it stands, such as "2026 review: open for answers"."""
    return f"{period.named}: {PERIOD_STATES[period.state]}"


def go_to(ref: str) -> None:
    """Work on a period from now on."""
    st.session_state[keys.RUN_PERIOD] = ref
    st.query_params[_PERIOD] = ref
    st.session_state[keys.CONFIRM] = None


def chosen_part(parts: Mapping[str, str]) -> str:
    """Draw the way between a page's parts, and give the one that the address asks for, else the first.

    Args:
        parts: what each part is called, by its name in the address.
    """
    named = st.query_params.get(_PART)
    found = named if named is not None and named in parts else next(iter(parts))
    key = f"part_{found}"
    st.segmented_control(
        "Part of this page",
        list(parts),
        default=found,
        required=True,
        format_func=lambda part: parts.get(part, part),
        key=key,
        on_change=_go_to_part,
        args=(key,),
        label_visibility="collapsed",
    )
    return found


def _go_to_part(key: str) -> None:
    st.query_params[_PART] = str(st.session_state[key])
    st.session_state[keys.CONFIRM] = None
