"""The forms that report a figure, and that put one right."""

import streamlit as st

from charter.outcomes.facts import IndicatorFacts, Measured
from charter.outcomes.frames import said_words
from charter.outcomes.measuring import Reported, report_measurement, revise_measurement
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.telling import latest_of, when_words
from charter.outcomes.typed_spans import read_span
from charter.outcomes.typed_values import read_number
from charter.store import Session
from pages.ui import keys, viewer
from pages.ui.indicator import fields
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain


def draw(found: RecordedIndicator) -> None:
    """Draw the form for a new figure, and below it the one that puts a figure right."""
    st.header("A new figure", anchor=False)
    _draw_new(found)
    if found.history:
        st.header("Put a figure right", anchor=False)
        st.markdown("What it was before is kept, and everybody can read why it was changed.")
        measured = fields.choose_measured(found.history, key=f"{keys.OUTCOME_SPAN}_revised_{found.ref}")
        _draw_revision(found, measured)


def _draw_new(found: RecordedIndicator) -> None:
    last, name = latest_of(found), fresh(f"report_{found.ref}")
    sheet = found.sheets[0].sheet if found.sheets else None
    source = last.now.source if last else sheet.source if sheet else ""
    coverage = last.now.coverage if last else sheet.coverage if sheet else ""
    with st.form(name, width=620):
        period = fields.period("Which period is it for?", key=f"{name}_period")
        value = fields.number("The figure", key=f"{name}_value", unit=found.unit)
        qualifier, finality = fields.how_sure(name, None)
        source = fields.text("Where does it come from?", source, key=f"{name}_source")
        coverage = fields.text("Who or what is counted?", coverage, key=f"{name}_coverage")
        st.caption("If you count others than before, type it here: then the two are not compared.")
        pressed = st.form_submit_button("Report this figure", type="primary")

    def act(session: Session) -> str:
        span = read_span("period", period)
        reported = Reported(span, read_number("value", value), source, coverage, qualifier, finality)
        report_measurement(session, viewer=viewer.current(), indicator_ref=found.ref, reported=reported)
        return _said(found, reported)

    if pressed:
        save(act)


def _draw_revision(found: IndicatorFacts, measured: Measured) -> None:
    name = fresh(f"revise_{found.ref}_{measured.span.ends_on}_{measured.span.starts_on}")
    st.markdown(f"Now it says: {plain(said_words(found, measured.now))}.")
    now = fields.seen(name, measured.now, field="value")
    with st.form(name, width=620):
        value = fields.number("The right figure", now.value, key=f"{name}_value", unit=found.unit)
        qualifier, finality = fields.how_sure(name, now)
        source = fields.text("Where does it come from?", now.source, key=f"{name}_source")
        coverage = fields.text("Who or what is counted?", now.coverage, key=f"{name}_coverage")
        reason = fields.text("Why does it change?", key=f"{name}_reason")
        pressed = st.form_submit_button("Put it right")

    def act(session: Session) -> str:
        revise_measurement(
            session,
            viewer=viewer.current(),
            indicator_ref=found.ref,
            reported=Reported(measured.span, read_number("value", value), source, coverage, qualifier, finality),
            reason=reason,
            seen_revision=now.revision,
        )
        return f"The figure {when_words(measured.span)} is put right. What it was before is kept."

    if pressed:
        save(act)


def _said(found: IndicatorFacts, reported: Reported) -> str:
    said = f"The figure {when_words(reported.span)} is reported."
    aimed = any(each.span == reported.span for each in found.targets)
    return f"{said} {_NEXT}" if aimed else said


_NEXT = "If it is off track, please write under “Words” how it gets back on track."
