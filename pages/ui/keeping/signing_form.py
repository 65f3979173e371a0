"""Which charters an organisation has signed: signing one, through another or by itself, and leaving it."""

from datetime import date

import streamlit as st

from charter import clock
from charter.organisations.listing import Found, name_organisations
from charter.organisations.signing import REASON_LIMIT, Signed, leave, list_signed, sign
from charter.store import Session, reading
from pages.ui import viewer
from pages.ui.keeping.saving import day_field, day_or_today, fresh, save
from pages.ui.plain import plain


def draw(found: Found) -> None:
    """Draw what it signed, with the forms that sign and leave."""
    here = viewer.current()
    with reading() as session:
        charters = list_signed(session, viewer=here, organisation_id=found.id)
        others = {key: name for key, name in name_organisations(session, viewer=here).items() if key != found.id}
    for one in charters:
        st.subheader(plain(one.charter_title), anchor=False)
        st.markdown(_said(one))
        if one.is_signatory:
            _draw_leave(found, one)
        else:
            _draw_sign(found, one, others)


def _said(one: Signed) -> str:
    if one.signed_on is None:
        return "Not signed."
    through = f", through {plain(one.through)} on its behalf" if one.through else ""
    said = f"Signed on {clock.day_in_words(one.signed_on)}{through}."
    if one.left_on is not None:
        said += f" It left on {clock.day_in_words(one.left_on)}. The reason: {plain(one.left_reason)}"
    return said


def _draw_sign(found: Found, one: Signed, others: dict[int, str]) -> None:
    name = fresh(f"sign_{found.id}_{one.charter_ref}")
    with st.expander("It has signed this charter" if one.left_on is None else "It has signed it again"):
        with st.form(name, border=False, width=620):
            day = day_field("Day of signing", clock.today(), key=f"{name}_day")
            through = st.selectbox(
                "Who signed",
                [None, *others],
                format_func=lambda each: "It signed itself" if each is None else f"{others[each]}, on its behalf",
                key=f"{name}_through",
                persist_state="page",
            )
            pressed = st.form_submit_button("Save the signature")
        if pressed:
            save(lambda session: _sign(session, found, one, day_or_today(day), through))


def _draw_leave(found: Found, one: Signed) -> None:
    name = fresh(f"leave_{found.id}_{one.charter_ref}")
    with st.expander("It leaves this charter"):
        st.markdown(
            "It is no longer named as a signatory. What it answered and what was published stays. A group stays on the "
            "invitation list. A public body owes nothing under this charter any more: a new review about it does not "
            "ask it, one that has opened already still does."
        )
        with st.form(name, border=False, width=620):
            day = day_field("Last day", clock.today(), key=f"{name}_day")
            reason = st.text_input("Why", key=f"{name}_reason", max_chars=REASON_LIMIT, persist_state="page")
            pressed = st.form_submit_button("Save that it left")
        if pressed:
            save(lambda session: _leave(session, found, one, day_or_today(day), reason or ""))


def _sign(session: Session, found: Found, one: Signed, day: date, through: int | None) -> str:
    sign(
        session,
        viewer=viewer.current(),
        organisation_id=found.id,
        charter_ref=one.charter_ref,
        signed_on=day,
        through_id=through,
    )
    return f"{found.fields.name} is a signatory of {one.charter_title}."


def _leave(session: Session, found: Found, one: Signed, day: date, reason: str) -> str:
    leave(
        session,
        viewer=viewer.current(),
        organisation_id=found.id,
        charter_ref=one.charter_ref,
        left_on=day,
        reason=reason,
    )
    return f"{found.fields.name} has left {one.charter_title}."
