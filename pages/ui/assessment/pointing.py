"""Which items of evidence an answer points to, saved on the click."""

import streamlit as st

from charter import clock
from charter.evidence.reading import EvidenceFound
from charter.forms import Form
from charter.questions import Question
from pages.ui.assessment import saving
from pages.ui.assessment.field import Field
from pages.ui.assessment.saving import Cause


def draw(form: Form, question: Question, field: Field) -> None:
    """Draw the choice among a public body's items, with what is saved of it."""
    items = {item.id: title_of(item) for item in form.evidence}
    if not items:
        st.caption("There is nothing to choose from yet. Add your evidence on the list page, below your answers.")
        return
    stored = [item.id for item in form.evidence_for(question)]
    revision = form.answer(question).revision
    chosen = st.multiselect(
        "What shows that this is so?",
        list(items),
        default=_first(field, stored, items, revision=revision),
        format_func=lambda key: items.get(key, ""),
        key=field.key,
        on_change=saving.save,
        args=(field,),
        placeholder="Choose from your evidence",
    )
    unsaved = saving.held().get(field)
    if unsaved is not None:
        st.warning(unsaved.message)
        if unsaved.cause is not Cause.WAITING:
            del saving.held()[field]
    elif sorted(chosen) != sorted(stored):
        saving.catch_up(field, saving.given_words(chosen), revision=revision, empty=not stored)


def title_of(item: EvidenceFound) -> str:
    """Name an item with the day that it is of."""
    return f"{item.title}, {clock.day_in_words(item.dated_on)}" if item.dated_on else item.title


def _first(field: Field, stored: list[int], items: dict[int, str], *, revision: int) -> list[int] | None:
    """Give what is chosen where the choice is new on the page.

    Where it is not, what another window chose since, or took away, is put into it.
    """
    if field.key not in st.session_state:
        return stored
    if saving.seen_revisions().get(field.answer) != revision:
        st.session_state[field.key] = stored
    elif any(key not in items for key in st.session_state[field.key]):
        st.session_state[field.key] = [key for key in st.session_state[field.key] if key in items]
    return None
