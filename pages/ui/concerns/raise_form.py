"""The form that raises a concern: for whom, about which public body and which of its promises, and what it is."""

from collections.abc import Sequence

import streamlit as st

from charter.concerns.choices import BodyChoice, RaiserChoice, body_choices, raiser_choices
from charter.concerns.raising import raise_concern
from charter.concerns.words import WHO_SEES
from charter.outcomes.typed_values import WORDS_LIMIT
from charter.rules.access import Viewer
from charter.store import Session, reading
from pages.ui import press, viewer
from pages.ui.concerns import places
from pages.ui.running import acting

_WORDS = "concern_words"


def raisers(here: Viewer) -> tuple[RaiserChoice, ...]:
    """Give the organisations that a person may raise a concern for; none for those who only read."""
    with reading() as session:
        return raiser_choices(session, viewer=here)


def draw(here: Viewer, choices: Sequence[RaiserChoice]) -> None:
    """Draw the form. What was typed stays where something is refused."""
    names = {each.organisation_id: each.name for each in choices}
    organisation_id = _choose("Who raises it", names, key="concern_for") if len(names) > 1 else next(iter(names))
    if organisation_id is None:
        st.markdown("Choose the group that rang up or wrote. It is told that you typed this in.")
        return
    with reading() as session:
        bodies = body_choices(session, viewer=here, organisation_id=organisation_id)
    if not bodies:
        st.info("There is no public body on the list yet that a concern could be about. Ask the coordinator.")
        return
    body = _choose_body(bodies, organisation_id)
    if body is not None:
        _draw_about(body, organisation_id)


def _draw_about(body: BodyChoice, organisation_id: int) -> None:
    """Draw what it is about, and the button. The button's act reads the fields, which may be newer than the page."""
    promises = {each.ref: each.title for each in body.promises}
    promise = f"concern_promise_{body.organisation_id}"
    st.selectbox(
        "Which promise is not kept?",
        list(promises),
        format_func=lambda ref: promises.get(ref, ref),
        key=promise,
        placeholder="Choose one",
        index=None,
        width=620,
    )
    label = "What is your concern? Say what happened, and what would put it right."
    st.text_area(label, key=_WORDS, max_chars=WORDS_LIMIT, height=200)
    st.caption(WHO_SEES)
    whose = (organisation_id, body.organisation_id, promise)
    press.button("Raise this concern", _raise, *whose, key="raise_concern", look="primary")


def _choose_body(bodies: Sequence[BodyChoice], organisation_id: int) -> BodyChoice | None:
    found = {each.organisation_id: each for each in bodies}
    names = {key: each.name for key, each in found.items()}
    chosen = _choose("Which public body is it about?", names, key=f"concern_about_{organisation_id}")
    return found[chosen] if chosen is not None else None


def _choose(label: str, names: dict[int, str], *, key: str) -> int | None:
    return st.selectbox(
        label,
        list(names),
        format_func=lambda each: names.get(each, ""),
        key=key,
        placeholder="Choose one",
        index=None,
        width=420,
    )


def _raise(organisation_id: int, about_id: int, promise: str) -> None:
    raised: list[str] = []

    def act(session: Session) -> str:
        raised[:] = [
            raise_concern(
                session,
                viewer=viewer.current(),
                organisation_id=organisation_id,
                about_id=about_id,
                commitment_ref=str(st.session_state.get(promise) or ""),
                words=str(st.session_state.get(_WORDS) or ""),
            )
        ]
        return f"Your concern {raised[0]} is with the champion of the public body."

    if acting.do(act):
        st.session_state.pop(_WORDS, None)
        places.open_one(raised[0])
