"""The list of people who have accounts."""

import streamlit as st

from charter.people import Held, Person, SignIn, list_people
from charter.rules.access import Act, may
from charter.store import reading
from charter.words import ROLES
from db.types import Role
from pages.ui import press, viewer
from pages.ui.plain import plain
from pages.ui.running import paging

SIGN_INS = {
    SignIn.CAN: "can sign in",
    SignIn.INVITED: "invited, has not set a password yet",
    SignIn.LINK_OVER: "has set no password, and the link is too old: send a new one",
    SignIn.DISABLED: "shut: cannot sign in",
}


def draw() -> None:
    """Draw the filters and the list."""
    here = viewer.current()
    search = st.text_input("Search by name, e-mail or organisation", key="people_search", width=420, type="search")
    role: Role | None = None
    if may(here, Act.KEEP_ACCOUNTS):
        role = st.selectbox(
            "Role",
            [None, *ROLES],
            format_func=lambda each: ROLES[Role(each)] if each else "All",
            key="people_role",
            width=260,
        )
    key = f"people_{search}_{role}"
    with reading() as session:
        found = list_people(session, viewer=here, search=search or "", role=role, page=paging.page_asked(key))
    if not found.total:
        st.info(
            "Nobody is like that. Try fewer words, or another choice."
            if search or role
            else "Nobody is here yet. Invite the first person: they get an e-mail with a link that sets a password."
        )
    for person in found.rows:
        _draw_row(person)
    paging.draw(found, key=key, what="people")


def go_to(person: str) -> None:
    """Open a person, by the number of the account; without one, the list."""
    st.query_params.pop("part", None)
    if person:
        st.query_params["person"] = person
    else:
        st.query_params.pop("person", None)


def role_words(held: Held) -> str:
    """Say a role, with the organisation that it is for."""
    return f"{ROLES[held.role]}: {held.organisation}" if held.organisation else ROLES[held.role]


def _draw_row(person: Person) -> None:
    with st.container(gap=None):
        press.button(f"**{plain(person.name)}** ›", go_to, str(person.id), key=f"open_{person.id}", look="tertiary")
        roles = [role_words(held) for held in person.held] or ["no role"]
        st.caption(plain(" · ".join([person.email, *roles, SIGN_INS[person.sign_in]])))
