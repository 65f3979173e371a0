"""Is the curve turning? The chart of an indicator with its table, and apart from it what may come."""

import streamlit as st

from charter.charts import curve
from charter.outcomes import frames, telling
from charter.outcomes.recorded import RecordedIndicator
from db.types import Frequency
from pages.ui import charts, drawings, tables
from pages.ui.plain import plain


def draw(found: RecordedIndicator) -> None:
    """Draw the history, and what may come."""
    if not found.history and not found.targets:
        return
    if telling.is_curve(found):
        _draw_curve(found)
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


def _draw_curve(found: RecordedIndicator) -> None:
    frame = frames.curve_frame(found)
    drawing = drawings.ready(
        curve.curve(frame, unit_kind=found.unit_kind, dark=charts.is_dark()),
        title=telling.curve_title(found),
        subtitle=telling.curve_subtitle(found),
        words=curve.curve_words(frame),
        table=frames.history_table(found),
    )
    charts.draw_found(drawing, key=f"curve {found.ref}")


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
