"""The forms for signing in, and for setting a password by a one-time link."""

import streamlit as st

from charter.attempts import LockedError, begin_attempt, note_failure
from charter.passwords import name_of_password_link, set_password
from charter.rules.refusals import FieldError, NotFoundError
from charter.sign_in import complete_sign_in
from charter.store import reading, writing
from charter.typed import clean_text
from pages.ui import directory_door, keys, press, ticket, viewer
from pages.ui.authenticator import fitted_hash
from pages.ui.plain import plain

# One sentence for an unknown name and for a wrong password: two would tell which names exist.
_WRONG = (
    "The e-mail address or the password is not right. Check both and try again. "
    "If you have forgotten your password, ask the person who runs the review for a new link."
)


def draw(*, kept: bool = False) -> None:
    """Draw the form for signing in. A right password signs this page in, and it goes on from where it was.

    Args:
        kept: whether something that is not saved is kept on this page.
    """
    if st.session_state.pop(keys.PASSWORD_WAS_SET, False):
        st.success("Your password is set. Now sign in with it.")
    _draw_form()
    directory_door.draw(kept=kept)


def _draw_form() -> None:
    with st.form(keys.SIGN_IN_FORM, width=480):
        email = st.text_input("E-mail address", key=keys.SIGN_IN_EMAIL, autocomplete="username", max_chars=254)
        password = st.text_input(
            "Password", key=keys.SIGN_IN_PASSWORD, type="password", autocomplete="current-password", max_chars=200
        )
        pressed = st.form_submit_button("Sign in", type="primary")
    if not pressed:
        return
    name = clean_text(email)
    if not name or not password:
        st.error("Type your e-mail address and your password.")
    elif _sign_in(name, password):
        st.rerun()


def draw_set_password(token: str) -> None:
    """Draw the form that sets a password by the link's token in the address."""
    try:
        with reading() as session:
            email = name_of_password_link(session, token=token)
    except NotFoundError as refusal:
        st.error(str(refusal))
        st.markdown("If you have set your password already, sign in with it.")
        press.button("Go to sign in", _leave_link, key=keys.LEAVE_LINK)
        return
    st.markdown(f"Choose a password for {plain(email)}. Use 12 characters or more: three random words work well.")
    with st.form(keys.SET_PASSWORD_FORM, width=480):
        # Password managers keep the new password under the name in this field.
        st.text_input("E-mail address", value=email, autocomplete="username", disabled=True)
        password = st.text_input(
            "New password", key=keys.SET_PASSWORD_NEW, type="password", autocomplete="new-password", max_chars=200
        )
        pressed = st.form_submit_button("Set password", type="primary")
    if pressed and _set(token, password):
        _leave_link()
        st.rerun()


def _leave_link() -> None:
    del st.query_params["set"]


def _sign_in(email: str, password: str) -> bool:
    address, token = viewer.address(), viewer.cookie_token()
    try:
        with writing() as session:
            begin_attempt(session, email=email, address=address, token=token)
    except LockedError as refusal:
        st.error(str(refusal))
        return False
    fitted = fitted_hash(email=email, password=password)
    if fitted is None:
        with writing() as session:
            note_failure(session, email=email, address=address, token=token)
        st.error(_WRONG)
        return False
    try:
        with writing() as session:
            signed_in = complete_sign_in(session, email=email, fitted=fitted, address=address, token=token)
    except NotFoundError:
        st.error(_WRONG)
        return False
    ticket.keep(signed_in)
    st.session_state[keys.JUST_SIGNED_IN] = True
    return True


def _set(token: str, password: str) -> bool:
    try:
        with writing() as session:
            set_password(session, token=token, password=password, address=viewer.address())
    except (FieldError, NotFoundError) as refusal:
        st.error(str(refusal))
        return False
    st.session_state[keys.PASSWORD_WAS_SET] = True
    return True
