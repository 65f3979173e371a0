"""The charters that an organisation signed, and leaving one."""

from functools import partial

import streamlit as st

from charter import clock
from charter.own.leaving import leave_charter, list_signed
from charter.own.organisations import OwnOrganisation
from charter.rules.access import Viewer
from charter.signatures import REASON_LIMIT, Signed
from charter.store import Session, reading
from db.types import Side
from pages.ui import keys, viewer
from pages.ui.plain import plain, plain_sentence
from pages.ui.running import acting

_MEANS = (
    "Your organisation is not named as a signatory from today on. Everything that is published stays as it is, and "
    "your answers stay in it. {then} If you want to sign again, the coordinator can do that for you."
)
_THEN = {
    Side.VCFSE: (
        "You stay on the invitation list, with or without a signature: to be taken off it, ask the coordinator."
    ),
    Side.PUBLIC: (
        "From today on you owe nothing under this charter: no new review about it asks you. One that has opened "
        "already still does."
    ),
}


def draw(who: Viewer, own: OwnOrganisation) -> None:
    """Draw what was signed, and for each the way out."""
    with reading() as session:
        signed = list_signed(session, viewer=who, organisation_id=own.id)
    st.header("The charter", anchor=False)
    if not signed:
        st.markdown(
            "Your organisation has not signed a charter. You can answer in the reviews all the same. To sign, ask the "
            "coordinator."
        )
    for each in signed:
        _draw_signed(each, own)


def _draw_signed(signed: Signed, own: OwnOrganisation) -> None:
    through = f", through {plain(signed.through)}" if signed.through else ""
    st.markdown(f"**{plain(signed.charter_title)}**: signed on {signed.signed_in_words}{through}.")
    if signed.left_on is not None:
        reason = f" The reason: {plain_sentence(signed.left_reason)}" if signed.left_reason else ""
        st.markdown(f"Left on {clock.day_in_words(signed.left_on)}.{reason} To sign again, ask the coordinator.")
    elif own.leads:
        _draw_way_out(signed, own)
    else:
        st.markdown("Only the lead of your organisation can leave it.")


def _draw_way_out(signed: Signed, own: OwnOrganisation) -> None:
    key = f"{keys.OWN_LEAVING_REASON}_{own.id}_{signed.charter_ref}"
    with st.expander("Leave this charter", expanded=bool(st.session_state.get(key))):
        st.markdown(_MEANS.format(then=_THEN[own.side]))
        st.text_area(f"Why do you leave? You need not say. Up to {REASON_LIMIT} letters.", key=key)
        acting.confirmed(
            "Leave the charter",
            name=f"leave_{own.id}_{signed.charter_ref}",
            warning=f"Leave {plain(signed.charter_title)} from today on?",
            yes="Yes, leave it",
            act=partial(acting.do, partial(_leave, own.id, signed, key)),
        )


def _leave(organisation_id: int, signed: Signed, key: str, session: Session) -> str:
    day = leave_charter(
        session,
        viewer=viewer.current(),
        organisation_id=organisation_id,
        charter_ref=signed.charter_ref,
        reason=str(st.session_state.get(key) or ""),
    )
    return f"Your organisation left the charter on {clock.day_in_words(day)}. What was published stays."
