"""streamlit-authenticator, held to one job: to say whether a password fits a name.

Its own attempts counter, cookie, hints, resets and e-mails are left out, as each of them fails in a way that matters
here: attempts are counted in `charter.attempts`, sessions kept in `charter.sessions`. Its `Authenticate` is not made
at all, as that alone puts a frame into the page which reads and writes cookies by script.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st
from streamlit_authenticator.controllers import AuthenticationController

from charter.passwords import LONGEST
from charter.settings import secret_key
from charter.sign_in import hash_to_check
from charter.store import reading
from pages.ui import keys


class StoredNames(Mapping[str, dict[str, Any]]):
    """The library's table of users, as a view of the store: the one row that is asked for, and never a list.

    Every name is in it. One that is unknown has a hash that no password fits, so that it takes as long to refuse.
    """

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def __getitem__(self, email: str) -> dict[str, Any]:
        if email not in self._rows:
            with reading() as session:
                self._rows[email] = {"email": email, "name": email, "password": hash_to_check(session, email=email)}
        return self._rows[email]

    def __contains__(self, email: object) -> bool:
        return isinstance(email, str)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def fitted_hash(*, email: str, password: str) -> str | None:
    """Give the hash that a password fits, or None, in the same time whether or not anybody has the name."""
    controller = AuthenticationController({"usernames": {}}, auto_hash=False, secret_key=secret_key().hex())
    controller.authentication_model.credentials["usernames"] = names = StoredNames()
    # bcrypt fails above its limit, at once and with a message; an empty password is refused in the usual time.
    checked = password if len(password.strip().encode()) <= LONGEST else ""
    try:
        name = email.strip().lower()
        return str(names[name]["password"]) if controller.login(name, checked) is True else None
    finally:
        for key in keys.AUTHENTICATOR:
            st.session_state.pop(key, None)
