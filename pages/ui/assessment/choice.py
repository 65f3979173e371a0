"""One answer out of several, saved on the click."""

from collections.abc import Mapping

import streamlit as st

from pages.ui.assessment import saving
from pages.ui.assessment.field import Field
from pages.ui.assessment.saving import Cause


def draw(field: Field, label: str, labels: Mapping[str, str], *, stored: str | None, revision: int) -> None:
    """Draw the choices with what is saved, and say what is not.

    Args:
        field: what is answered.
        label: the question.
        labels: each choice's label by its word, in their order.
        stored: the word that is saved, or None.
        revision: the revision of what is saved.
    """
    words = tuple(labels)
    chosen = st.radio(
        label,
        options=words,
        index=_index(field, words, stored=stored, revision=revision),
        format_func=lambda word: labels.get(str(word), str(word)),
        key=field.key,
        on_change=saving.save,
        args=(field,),
    )
    unsaved = saving.held().get(field)
    if unsaved is not None:
        again = f" You had chosen “{labels.get(unsaved.words, unsaved.words)}”. Choose again if you want that instead."
        st.warning(unsaved.message + ("" if unsaved.cause is Cause.WRONG else again))
    elif chosen is not None and chosen != stored:
        saving.catch_up(field, chosen, revision=revision, empty=stored is None)


def _index(field: Field, words: tuple[str, ...], *, stored: str | None, revision: int) -> int | None:
    """Give the place of what is saved, where the choices are new on the page.

    Where they are not, and another window has changed the answer since, what is saved now is put into them.
    """
    if field.key in st.session_state and saving.seen_revisions().get(field.answer) != revision:
        st.session_state[field.key] = stored
        return None
    return words.index(stored) if stored in words else None
