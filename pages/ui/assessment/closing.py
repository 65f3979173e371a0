"""The short questions after the core."""

import streamlit as st

from charter.closing import CHOICES
from charter.forms import Form
from charter.words import QUESTION_HINTS
from db import types
from pages.ui.assessment import saving
from pages.ui.assessment.choice import draw as draw_choice
from pages.ui.assessment.closing_words import CLOSING_HEADINGS, answer_words, question_words
from pages.ui.assessment.field import Field, FieldPart


def draw(form: Form, question: types.Question, *, number: int) -> None:
    """Draw a short question as a card. The answer is saved on the click."""
    words = question_words(question, form.side)
    field = Field(form.organisation_id, form.period.id, FieldPart.CLOSING, question=question, title=words)
    given = form.closing.given.get(question)
    with st.container(border=True, key=f"card_{question.value}"):
        st.header(f"{number}. {CLOSING_HEADINGS[question]}", anchor=False)
        if question in QUESTION_HINTS:
            st.caption(QUESTION_HINTS[question])
        labels = {choice.value: answer_words(choice) for choice in CHOICES[question]}
        stored = given.value if given else None
        draw_choice(field, words, labels, stored=stored, revision=form.closing.revision)
        st.caption("Saved" if given else "Not answered yet")


def mark_as_shown(form: Form) -> None:
    """Write down, once all are drawn, which revision of the short answers the page shows."""
    saving.seen_revisions()[form.organisation_id, form.period.id, 0] = form.closing.revision
