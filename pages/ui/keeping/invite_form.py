"""The form that invites a person, and the one that gives a person another role."""

import streamlit as st

from charter.account_letters import invite_person
from charter.mail.sending import sends_mail
from charter.organisations.listing import name_organisations, ref_of
from charter.passwords import LINK_LASTS
from charter.rules.access import Act, may
from charter.store import Session, reading
from charter.words import ROLES
from db.types import Role
from pages.ui import keys, viewer
from pages.ui.keeping.saving import fresh, save

_NAME_LIMIT = 120  # characters
_LETTER = f"An e-mail goes to them with a link that sets their password. It works once, for {LINK_LASTS.days} days."
_NO_SERVER = (
    "No mail server is set, so the letter waits to be downloaded, and you are shown the link here once, to hand on "
    f"yourself. It sets their password. It works once, for {LINK_LASTS.days} days."
)


def draw_new() -> None:
    """Draw the form that invites a person."""
    name = fresh("invite")
    st.markdown(_LETTER if sends_mail() else _NO_SERVER)
    with st.form(name, width=620):
        called = st.text_input("Name of the person", key=f"{name}_name", max_chars=_NAME_LIMIT, persist_state="page")
        email = st.text_input("E-mail address of the person", key=f"{name}_email", max_chars=254, persist_state="page")
        role, organisation = _role_fields(name)
        pressed = st.form_submit_button("Invite this person", type="primary")
    if pressed:
        save(lambda session: _invite(session, called or "", email or "", role, organisation))


def draw_more(email: str, called: str) -> None:
    """Draw the form that gives a person another role, or another organisation."""
    name = fresh("more")
    with st.form(name, border=False, width=620):
        role, organisation = _role_fields(name)
        pressed = st.form_submit_button("Give this role")
    if pressed:
        save(lambda session: _invite(session, called, email, role, organisation))


def draw_link() -> None:
    """Show once the link that was just made, where no mail server carries it."""
    link = st.session_state.pop(keys.KEPT_LINK, "")
    if link:
        st.markdown("Hand this link on to the person alone. It is not shown again.")
        st.code(link, language=None, wrap_lines=True)


def keep_link(link: str) -> None:
    """Keep a link for the next run, unless a mail server carries it."""
    if link and not sends_mail():
        st.session_state[keys.KEPT_LINK] = link


def _role_fields(name: str) -> tuple[Role, int | None]:
    here = viewer.current()
    with reading() as session:
        organisations = name_organisations(session, viewer=here)
    role: Role | None = Role.PARTNER
    if may(here, Act.KEEP_ACCOUNTS):
        role = st.selectbox(
            "What they do",
            list(ROLES),
            format_func=lambda each: ROLES[Role(each)],
            key=f"{name}_role",
            persist_state="page",
        )
    organisation = st.selectbox(
        "Organisation that they answer for",
        [None, *organisations],
        format_func=lambda each: "None" if each is None else organisations[each],
        key=f"{name}_organisation",
        help="Several people can answer for one organisation. Leave it at “None” for the other roles.",
        persist_state="page",
    )
    return role or Role.PARTNER, organisation


def _invite(session: Session, called: str, email: str, role: Role, organisation: int | None) -> str:
    here = viewer.current()
    ref = ref_of(session, viewer=here, organisation_id=organisation) if organisation is not None else ""
    link = invite_person(session, viewer=here, email=email, role=role, organisation_ref=ref, name=called)
    keep_link(link)
    how = "goes to them by e-mail" if sends_mail() else "waits to be downloaded"
    return f"{called.strip() or email.strip()}: {ROLES[role].lower()}. A letter {how}."
