"""The form that adds an organisation, and the one that changes one."""

import hashlib

import streamlit as st

from charter.organisations.fields import Fields
from charter.organisations.keeping import add_organisation, edit_organisation
from charter.organisations.listing import Found
from charter.organisations.lookalikes import Lookalike, find_lookalikes
from charter.rules.refusals import EditedElsewhereError
from charter.store import Session, reading
from charter.words import listed
from db.types import OrganisationKind
from pages.ui import keys, press, viewer
from pages.ui.keeping.organisation_fields import draw_fields, draw_told, typed_in
from pages.ui.keeping.organisation_rows import go_to
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain

_NEW = Fields(name="", kind=OrganisationKind.VOLUNTARY)


def draw_new() -> None:
    """Draw the form that adds an organisation. One with nearly the name of another is added on a second press."""
    name = fresh("add_organisation")
    with st.form(name, width=620):
        typed = draw_fields(name, _NEW, stays="page")
        pressed = st.form_submit_button("Add this organisation", type="primary")
    if not pressed:
        return
    with reading() as session:
        alike = find_lookalikes(session, viewer=viewer.current(), name=typed.name)
    if alike and st.session_state.get(f"{name}_asked") != typed.name:
        st.session_state[f"{name}_asked"] = typed.name
        _warn(alike)
        return
    save(lambda session: _add(session, typed))


def draw_change(found: Found) -> None:
    """Draw the form that changes an organisation. If somebody else changed it meanwhile, that is said first."""
    seen = _seen(found)
    name = _name(found.id, seen)
    with st.form(name, width=620):
        typed = draw_fields(name, seen, stays="page")
        pressed = st.form_submit_button("Save these changes", type="primary")
    if pressed:
        save(lambda session: _edit(session, found, seen, typed))
    told: Fields | None = st.session_state.get(f"{keys.KEPT_TOLD}_{found.id}")
    if told is not None:
        draw_told(seen, told)


def _add(session: Session, typed: Fields) -> str:
    ref = add_organisation(session, viewer=viewer.current(), typed=typed)
    return f"{typed.name.strip()} is on the list now. Its reference is {ref}."


def _edit(session: Session, found: Found, seen: Fields, typed: Fields) -> str:
    """Save the change. Whoever was told of another's change, and saves again, has seen that one."""
    key = f"{keys.KEPT_TOLD}_{found.id}"
    told: Fields | None = st.session_state.get(key)
    try:
        ref = edit_organisation(
            session, viewer=viewer.current(), organisation_id=found.id, seen=told or seen, typed=typed
        )
    except EditedElsewhereError:
        st.session_state[key] = found.fields
        raise
    st.session_state.pop(key, None)
    st.session_state.pop(f"{keys.KEPT_SEEN}_{found.id}", None)
    st.query_params["ref"] = ref
    return "The changes are saved."


def _seen(found: Found) -> Fields:
    """Give what the fields were filled from. It is kept for as long as they are on the page, or hold what is typed."""
    key = f"{keys.KEPT_SEEN}_{found.id}"
    kept: Fields | None = st.session_state.get(key)
    if kept is None or not typed_in(_name(found.id, kept), kept):
        kept = found.fields
        st.session_state.pop(f"{keys.KEPT_TOLD}_{found.id}", None)
    st.session_state[key] = kept
    return kept


def _name(organisation_id: int, seen: Fields) -> str:
    """Name the form by what it was filled from: other contents get fields of their own."""
    return fresh(f"edit_{organisation_id}_{hashlib.sha256(repr(seen).encode()).hexdigest()[:12]}")


def _warn(alike: tuple[Lookalike, ...]) -> None:
    st.warning(
        f"There is nearly the same name on the list already: {plain(listed([one.name for one in alike]))}. "
        "If it is another organisation, press the button again."
    )
    for one in alike:
        press.button(f"Open {plain(one.name)}", go_to, one.ref, key=f"open_alike_{one.id}")
