"""The second press of a double click: it asks for what has just been done, and is no reason to do it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import streamlit as st

from charter import clock
from pages.ui import keys

_A_MOMENT = timedelta(seconds=3)


@dataclass(frozen=True)
class Done:
    """What a press did.

    Attributes:
        what: what was asked for.
        made: what it made, where it is shown once.
        at: when.
    """

    what: object
    made: object
    at: datetime


def just_done(what: object, *, within: timedelta = _A_MOMENT) -> Done | None:
    """Give what this person's last press did, if it did the same a moment ago."""
    last: Done | None = st.session_state.get(keys.JUST_DONE)
    return last if last is not None and last.what == what and clock.now() - last.at < within else None


def name_asked(name: str, chosen: object) -> object:
    """Name what a button asks for by what is chosen in the field above it.

    The first press of a double click may have emptied that field: then the second asks for what the first one did.
    """
    last: Done | None = st.session_state.get(keys.JUST_DONE)
    if chosen is None and last is not None and isinstance(last.what, tuple) and last.what[0] == name:
        return last.what
    return (name, chosen)


def note(what: object, made: object = None) -> None:
    """Keep what was just done."""
    st.session_state[keys.JUST_DONE] = Done(what, made, clock.now())
