"""One person: what they may do, a new link, shutting the account and opening it again."""

from functools import partial

import streamlit as st

from charter.account_letters import send_password_link
from charter.accounts import disable_account, enable_account, withdraw_role
from charter.passwords import LINK_LASTS
from charter.people import Held, Person, SignIn, find_person
from charter.rules.refusals import NotFoundError
from charter.store import Session, reading
from pages.ui import press, viewer
from pages.ui.keeping import invite_form, people_rows
from pages.ui.plain import plain
from pages.ui.running import acting

_MOST_DIGITS = 9


def draw(asked: str) -> None:
    """Draw the person whom the address names, or say that there is none."""
    press.button("← Back to the list", people_rows.go_to, "", key="back_to_list", look="tertiary")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS else 0
    try:
        with reading() as session:
            person = find_person(session, viewer=viewer.current(), account_id=number)
    except NotFoundError as refusal:
        st.warning(f"{plain(str(refusal))} Choose one from the list.")
        return
    st.header(plain(person.name), anchor=False)
    st.markdown(f"{plain(person.email)} · {people_rows.SIGN_INS[person.sign_in]}")
    st.subheader("Roles", anchor=False)
    if not person.held:
        st.markdown("This person holds no role, so they can open nothing.")
    for held in person.held:
        _draw_held(person, held)
    with st.expander("Give another role or organisation"):
        invite_form.draw_more(person.email, person.name)
    st.subheader("Signing in", anchor=False)
    _draw_link(person)
    _draw_shutting(person)


def _draw_held(person: Person, held: Held) -> None:
    words = plain(people_rows.role_words(held))
    acting.confirmed(
        f"Take away: {words}",
        name=f"withdraw_{person.id}_{held.role}_{held.organisation_ref}",
        warning=f"{plain(person.name)} can then do nothing as “{words}”. It counts at once.",
        yes="Yes, take it away",
        act=partial(acting.do, partial(_withdraw, person, held)),
    )


def _draw_link(person: Person) -> None:
    opens = "The account opens again. " if person.sign_in is SignIn.DISABLED else ""
    acting.confirmed(
        "Send a new link",
        name=f"link_{person.id}",
        warning=f"{opens}The password that they have works no more, and they are signed out everywhere. The link sets "
        f"a new one. It works once, for {LINK_LASTS.days} days.",
        yes="Yes, send it",
        act=partial(acting.do, partial(_send, person)),
    )


def _draw_shutting(person: Person) -> None:
    if person.own:
        st.caption("This is your own account. Another administrator can shut it.")
    elif person.sign_in is SignIn.DISABLED:
        acting.confirmed(
            "Open this account again",
            name=f"enable_{person.id}",
            warning="They can sign in again, with the password and the roles that they had.",
            yes="Yes, open it",
            act=partial(acting.do, partial(_enable, person)),
        )
    else:
        acting.confirmed(
            "Shut this account",
            name=f"disable_{person.id}",
            warning="They are signed out everywhere at once and cannot sign in. What they did stays.",
            yes="Yes, shut it",
            act=partial(acting.do, partial(_disable, person)),
        )


def _withdraw(person: Person, held: Held, session: Session) -> str:
    withdraw_role(
        session,
        viewer=viewer.current(),
        email=person.email,
        role=held.role,
        organisation_ref=held.organisation_ref,
    )
    return f"{person.name} does not hold this role any more."


def _send(person: Person, session: Session) -> str:
    invite_form.keep_link(send_password_link(session, viewer=viewer.current(), email=person.email))
    return f"A letter with a new link was written to {person.email}."


def _enable(person: Person, session: Session) -> str:
    enable_account(session, viewer=viewer.current(), email=person.email)
    return f"{person.name} can sign in again."


def _disable(person: Person, session: Session) -> str:
    disable_account(session, viewer=viewer.current(), email=person.email)
    return f"The account of {person.name} is shut."
