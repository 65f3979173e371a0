"""Is the curve turning? The chart of an indicator with its table, and apart from it what may come."""

import streamlit as st

from charter.outcomes import frames, telling
from charter.outcomes.recorded import RecordedIndicator
from charter.reports.drawings import Drawing
from charter.reports.outcome_drawings import curve_of
from db.types import Frequency
from pages.ui import charts, tables
from pages.ui.opening import Shown
from pages.ui.plain import plain

_KEPT = 200


def draw(found: RecordedIndicator, shown: Shown | None) -> None:
    """Draw the history, and what may come.

    Args:
        found: the indicator.
        shown: the release that it stands in, which never changes; None where it is as it stands now.
    """
    if not found.history and not found.targets:
        return
    if telling.is_curve(found):
        dark = charts.is_dark()
        made = _kept(shown.id, shown.version, found.ref, dark, _found=found) if shown else curve_of(found, dark=dark)
        charts.draw_found(made, key=f"curve {found.ref}")
    else:
        st.header("The figures", anchor=False)
        tables.draw(frames.history_table(found), alt="The figures")
    for each in found.breaks:
        st.markdown(plain(telling.break_sentence(each)))
    revised = frames.revisions_table(found)
    if not revised.empty:
        with st.expander(f"Figures that were put right ({len(revised)})"):
            tables.draw(revised, alt="What a figure was before it was put right, and why")
    _draw_ahead(found)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _kept(
    release_id: int,  # noqa: ARG001 - kept under the release
    version: str,  # noqa: ARG001 - and the list of those that stand
    ref: str,  # noqa: ARG001 - one of its indicators
    dark: bool,
    *,
    _found: RecordedIndicator,
) -> Drawing:
    return curve_of(_found, dark=dark)


def _draw_ahead(found: RecordedIndicator) -> None:
    if found.frequency is Frequency.ONCE and not found.expected:
        return
    st.header("What may come", anchor=False)
    st.markdown(plain(telling.forecast_sentence(found)))
    if found.stands.ahead:
        st.caption(plain(telling.METHOD))
    if found.expected:
        st.markdown("The owner has said what they expect. That is their judgement, and no forecast.")
    tables.draw(frames.ahead_table(found), alt="What may come: the forecast, and what the owner expects")
