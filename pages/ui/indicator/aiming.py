"""The forms for what is aimed at, and for what the owner expects."""

import streamlit as st

from charter.outcome_words import short_value, span_words
from charter.outcomes.facts import Aim
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.targets import Expected, expect_value, set_target, take_target_away
from charter.outcomes.telling import when_words
from charter.outcomes.typed_spans import read_span
from charter.outcomes.typed_values import read_number
from charter.store import Session
from pages.ui import viewer
from pages.ui.indicator import fields
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain


def draw(found: RecordedIndicator) -> None:
    """Draw the targets with the forms that set them and take them away, and below what is expected."""
    st.header("Targets", anchor=False)
    st.markdown("A target is for one period. A figure is held to the target of its own period.")
    _draw_set(found)
    for aim in found.targets:
        _draw_one(found, aim)
    st.header("What you expect", anchor=False)
    st.markdown("This is your judgement, and the page says so. It is no target, and no forecast.")
    _draw_expected(found)


def _draw_set(found: RecordedIndicator) -> None:
    name = fresh(f"aim_{found.ref}")
    targets = fields.seen(name, found.targets, field="period")
    with st.form(name, width=620):
        period = fields.period("For which period?", key=f"{name}_period")
        value = fields.number("The target", key=f"{name}_value", unit=found.unit)
        pressed = st.form_submit_button("Set this target", type="primary")

    def act(session: Session) -> str:
        span = read_span("period", period)
        seen = next((each.revision for each in targets if each.span == span), 0)
        set_target(
            session,
            viewer=viewer.current(),
            indicator_ref=found.ref,
            span=span,
            value=read_number("value", value),
            seen_revision=seen,
        )
        return f"The target {when_words(span)} is set."

    if pressed:
        save(act)


def _draw_one(found: RecordedIndicator, aim: Aim) -> None:
    name = fresh(f"aim_{found.ref}_{aim.span.ends_on}_{aim.span.starts_on}")
    seen = fields.seen(name, aim, field="reason")
    said = f"{span_words(aim.span)}: {short_value(aim.value, found.unit_kind)}"
    with st.expander(plain(said)), st.form(name, border=False, width=620):
        reason = fields.text("Why is there no target any more?", key=f"{name}_reason")
        pressed = st.form_submit_button("Take this target away")

    def act(session: Session) -> str:
        take_target_away(
            session,
            viewer=viewer.current(),
            indicator_ref=found.ref,
            span=aim.span,
            reason=reason,
            seen_revision=seen.revision,
        )
        return f"The target {when_words(aim.span)} is taken away. The audit log keeps it."

    if pressed:
        save(act)


def _draw_expected(found: RecordedIndicator) -> None:
    for each in found.expected:
        value = short_value(each.value, found.unit_kind)
        st.markdown(plain(f"{span_words(each.span)}: {value}. {each.reason}"))
    name = fresh(f"expect_{found.ref}")
    judged = fields.seen(name, found.expected, field="period")
    with st.form(name, width=620):
        period = fields.period("For which period?", key=f"{name}_period")
        value = fields.number("What you expect", key=f"{name}_value", unit=found.unit)
        reason = fields.words("Why do you expect this?", key=f"{name}_reason", height=80)
        pressed = st.form_submit_button("Save what you expect")

    def act(session: Session) -> str:
        span = read_span("period", period)
        expected = Expected(span, read_number("value", value), reason)
        expect_value(
            session,
            viewer=viewer.current(),
            indicator_ref=found.ref,
            expected=expected,
            seen_revision=next((each.revision for each in judged if each.span == span), 0),
        )
        return f"What you expect {when_words(span)} is saved, marked as your judgement."

    if pressed:
        save(act)
