"""An organisation's own evidence: how much there is, adding an item, and the list."""

import streamlit as st

from charter.evidence.fields import EvidenceFields
from charter.evidence.files import MEGABYTE, QUOTA, GivenFile, used_bytes
from charter.evidence.items import add_evidence
from charter.evidence.words import size_words
from charter.own.organisations import OwnOrganisation, own_organisations
from charter.rules.access import Viewer
from charter.store import Session, reading
from db.types import EvidenceSeenBy, Side
from pages.ui import viewer
from pages.ui.evidence import fields, finding, listing
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain

_ORG = "org"
_NONE = (
    "There is no evidence of yours yet. Add a report, a policy, minutes or figures: once it is here, you can point to "
    "it from answers, from reported outcomes and from actions."
)


def draw(who: Viewer) -> None:
    """Draw the evidence of the viewer's organisation; of several, of the one that is chosen."""
    with reading() as session:
        own = own_organisations(session, viewer=who)
    chosen = _choose(own)
    with reading() as session:
        used = used_bytes(session, viewer=who, organisation_id=chosen.id)
    st.markdown(
        f"The evidence of **{plain(chosen.name)}**. Its files take {size_words(used) if used else 'nothing'} of "
        f"{QUOTA // MEGABYTE} MB. Nobody has to add evidence: what groups answer is what they saw, and needs none."
    )
    with st.expander("Add evidence"):
        _draw_adding(chosen)
    listing.draw(who, finding.draw(chosen.id), none=_NONE)


def _choose(own: tuple[OwnOrganisation, ...]) -> OwnOrganisation:
    by_ref = {each.ref: each for each in own}
    found = by_ref.get(st.query_params.get(_ORG, ""), own[0])
    if len(own) > 1:
        key = f"evidence_org_{found.ref}"
        st.selectbox(
            "Your organisations",
            list(by_ref),
            index=list(by_ref).index(found.ref),
            format_func=lambda ref: by_ref[ref].name if ref in by_ref else ref,
            key=key,
            on_change=_go,
            args=(key,),
            width=420,
        )
    return found


def _go(key: str) -> None:
    st.query_params[_ORG] = str(st.session_state[key])


def _draw_adding(own: OwnOrganisation) -> None:
    name = fresh(f"add_item_{own.id}")
    # A body's evidence is for its review; what a group keeps is its own until it says otherwise.
    first = EvidenceSeenBy.MONITORING_GROUP if own.side is Side.PUBLIC else EvidenceSeenBy.PRIVATE
    with st.form(name, border=False, width=620):
        typed, given = fields.draw(name, EvidenceFields("", seen_by=first))
        pressed = st.form_submit_button("Add this evidence", type="primary")
    if pressed:
        save(lambda session: _add(session, own.id, typed, given))


def _add(session: Session, organisation_id: int, typed: EvidenceFields, given: GivenFile | None) -> str:
    add_evidence(session, viewer=viewer.current(), organisation_id=organisation_id, fields=typed, file=given)
    return f"“{typed.title.strip()}” was added."
