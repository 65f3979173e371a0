"""The forms that define an indicator, put its fields right, write its definition sheet, and mark breaks."""

import streamlit as st

from charter import clock
from charter.outcome_words import BREAK_KINDS
from charter.outcomes.breaks import mark_break, take_break_away
from charter.outcomes.facts import BreakFound
from charter.outcomes.indicators import change_indicator, define_indicator
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.refs import free_ref
from charter.outcomes.sheets import Sheet, write_sheet
from charter.outcomes.telling import break_sentence
from charter.rules.refusals import FieldError
from charter.store import Session
from db.types import BreakKind
from pages.ui import viewer
from pages.ui.indicator import fields, meaning
from pages.ui.keeping.saving import day_field, fresh, save
from pages.ui.plain import plain

_NO_DAY = "Please choose the day from which it holds. Nothing was lost."


def draw_new(*, organisation_id: int | None) -> None:
    """Draw the form that defines an indicator, of an organisation or shared by all partners."""
    name = fresh(f"define_{organisation_id}")
    with st.form(name, border=False, width=620):
        typed = meaning.draw(name, None)
        sheet = _draw_sheet(name, None)
        pressed = st.form_submit_button("Define this outcome", type="primary")

    def act(session: Session) -> str:
        wanted = meaning.read(typed)
        ref = free_ref(session, title=wanted.title)
        define_indicator(
            session, viewer=viewer.current(), ref=ref, organisation_id=organisation_id, fields=wanted, sheet=sheet
        )
        return f"“{wanted.title.strip()}” is defined. Now its first figure can be reported."

    if pressed:
        save(act)


def draw(found: RecordedIndicator) -> None:
    """Draw the forms that change what is there."""
    st.header("What it is", anchor=False)
    _draw_change(found)
    st.header("The definition sheet", anchor=False)
    st.markdown("A new sheet takes the place of the one before, which stays to be read.")
    _draw_write(found)
    st.header("Breaks", anchor=False)
    st.markdown("From the day of a break on, figures are not compared with those before, and no line joins them.")
    for each in found.breaks:
        _draw_break(found, each)
    _draw_mark(found)


def _draw_change(found: RecordedIndicator) -> None:
    name = fresh(f"change_{found.ref}")
    now = fields.seen(name, found, field="title")
    with st.form(name, width=620):
        typed = meaning.draw(name, now)
        pressed = st.form_submit_button("Save these changes", type="primary")

    def act(session: Session) -> str:
        wanted = meaning.read(typed)
        change_indicator(session, viewer=viewer.current(), ref=found.ref, fields=wanted, seen_revision=now.revision)
        return "The changes are saved."

    if pressed:
        save(act)


def _draw_sheet(name: str, now: Sheet | None) -> Sheet:
    now = now or Sheet("")
    return Sheet(
        definition=fields.words("What is counted, and how?", now.definition, key=f"{name}_definition"),
        source=fields.text("Where do the figures come from?", now.source, key=f"{name}_source"),
        coverage=fields.text("Who or what do they cover?", now.coverage, key=f"{name}_coverage"),
        limits=fields.words("What do they not tell?", now.limits, key=f"{name}_limits", height=80),
        why=fields.words("Why is it worth having?", now.why, key=f"{name}_why", height=80),
    )


def _draw_write(found: RecordedIndicator) -> None:
    name = fresh(f"sheet_{found.ref}")
    now = fields.seen(name, found.sheets[0], field="definition")
    with st.form(name, width=620):
        sheet = _draw_sheet(name, now.sheet)
        same = st.checkbox("Only the words changed: the figures mean the same as before", key=f"{name}_same")
        day = day_field("Or: the first day from which they mean something else", None, key=f"{name}_day", width=420)
        pressed = st.form_submit_button("Write this sheet")

    def act(session: Session) -> str:
        number = write_sheet(
            session,
            viewer=viewer.current(),
            ref=found.ref,
            sheet=sheet,
            seen_number=now.number,
            breaks_from=day,
            same_meaning=same,
        )
        return f"Sheet {number} is written. The one before stays to be read."

    if pressed:
        save(act)


def _draw_break(found: RecordedIndicator, marked: BreakFound) -> None:
    name = fresh(f"break_{found.ref}_{marked.starts_on}")
    with st.expander(plain(break_sentence(marked))), st.form(name, border=False, width=620):
        reason = fields.text("Why is this no break?", key=f"{name}_reason")
        pressed = st.form_submit_button("Take this break away")

    def act(session: Session) -> str:
        take_break_away(
            session, viewer=viewer.current(), indicator_ref=found.ref, starts_on=marked.starts_on, reason=reason
        )
        return f"The break of {clock.day_in_words(marked.starts_on)} is taken away. The audit log keeps it."

    if pressed:
        save(act)


def _draw_mark(found: RecordedIndicator) -> None:
    name = fresh(f"break_{found.ref}")
    with st.form(name, width=620):
        day = day_field("The first day of what is new", None, key=f"{name}_day", width=420)
        kind = fields.choose("What changed?", BREAK_KINDS, BreakKind.DEFINITION, key=f"{name}_kind")
        reason = fields.text("How did it change?", key=f"{name}_reason")
        pressed = st.form_submit_button("Mark this break")

    def act(session: Session) -> str:
        if day is None:
            raise FieldError("starts_on", _NO_DAY)
        mark_break(
            session,
            viewer=viewer.current(),
            indicator_ref=found.ref,
            starts_on=day,
            kind=kind,
            reason=reason,
        )
        return "The break is marked. No line joins the figures before it and after it."

    if pressed:
        save(act)
