"""What a period asks of whom, what it promises, and the form as those who answer see it."""

import pandas as pd
import streamlit as st

from charter.asking import GROUPS, AskedOf, BlankForm, blank_form
from charter.form_words import by_name, seen_by_few
from charter.store import reading
from db.types import Side
from pages.ui import tables, viewer
from pages.ui.assessment import scale
from pages.ui.assessment.closing_words import question_words
from pages.ui.plain import plain


def draw_counts(asked: tuple[AskedOf, ...]) -> None:
    """Draw how many questions are asked of each group, and of each public body."""
    frame = pd.DataFrame(
        {
            "Who": [each.name or f"Each of {each.invited} groups" for each in asked],
            "Main questions": [str(each.core) for each in asked],
            "Short ones": [str(each.closing) for each in asked],
            "If there is time": [str(each.more) for each in asked],
        },
        dtype=str,
    )
    tables.draw(frame, alt="How many questions are asked of whom")


def draw_preview(ref: str, asked: tuple[AskedOf, ...]) -> None:
    """Draw the form as groups, or a public body, see it. Nothing can be answered in it."""
    names = {each.organisation_ref: each.name or "A group" for each in asked}
    chosen = st.selectbox(
        "The form as it is seen by",
        list(names),
        format_func=lambda each: names.get(str(each), ""),
        key=f"preview_{ref}",
        width=420,
    )
    with reading() as session:
        form = blank_form(session, viewer=viewer.current(), ref=ref, organisation_ref=chosen or GROUPS)
    st.subheader("What is promised on it", anchor=False)
    st.markdown(promise(form))
    _draw_questions("Main questions", [question.text for question in form.core])
    _draw_questions("Short questions", [question_words(question, form.side) for question in form.closing])
    _draw_questions("More questions, if there is time", [question.text for question in form.more])
    st.caption(f"Each main question is answered by one of: {', '.join(scale.LABELS.values()).lower()}.")
    if form.side is Side.VCFSE:
        st.link_button("Open the form to print, in large type", f"/files/form?period={ref}")


def promise(form: BlankForm) -> str:
    """Give what a form promises to those who fill it in."""
    return seen_by_few(form.period.threshold) if form.side is Side.VCFSE else by_name(plain(form.name))


def _draw_questions(title: str, questions: list[str]) -> None:
    if questions:
        with st.expander(f"{title} ({len(questions)})"):
            st.markdown("\n".join(f"{number}. {plain(words)}" for number, words in enumerate(questions, start=1)))
