"""The task list: what there is to answer, how far each part is, and where to send it."""

import streamlit as st

from charter.forms import Form
from charter.tasks import CHECK_STEP, Part, Task, tasks_of
from db.types import Side
from pages.ui import press
from pages.ui.assessment import drafting, evidence, sent_back, steps, unsaved
from pages.ui.assessment.task_words import PROGRESS, progress_words, row_title, share_answered, title_of

# The heading of the last questions says how many there are.
_HEADINGS = {Part.MAIN: "Main questions", Part.CLOSING: None, Part.MORE: "More questions, if you have time"}


def draw(form: Form) -> None:
    """Draw the task list."""
    steps.draw_heading(form, "Your answers")
    st.progress(share_answered(form), text=progress_words(form))
    drafting.draw_own(form)
    tasks = tasks_of(form)
    for part, heading in _HEADINGS.items():
        rows = [task for task in tasks if task.part is part]
        if rows:
            st.header(heading or title_of(rows[0]), anchor=False)
            for task in rows:
                _draw_row(form, task)
    if form.side is Side.PUBLIC:
        evidence.draw(form)
        drafting.draw(form)
    st.header("Check and send", anchor=False)
    if unsaved.comments_of(form.organisation_id, form.period.id):
        st.warning("A comment is not saved yet. “Check your answers” shows which.")
    st.markdown("You can send when you have answered what you can. You need not answer everything.")
    done = form.answered(form.core) == len(form.core)
    steps.button("Check your answers", CHECK_STEP, key="to_check", primary=done)


def _draw_row(form: Form, task: Task) -> None:
    """Draw a task: a button with its name, how far it is, and below it who drafts it and what was sent back."""
    with st.container(key=f"task_{task.step}", gap=None):
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key=f"row_{task.step}"
        ):
            press.button(row_title(task), steps.go, task.step, key=f"open_{task.step}", look="tertiary")
            st.markdown(f"{task.answered} of {task.asked} · {PROGRESS[task.progress]}", width="content")
        notes = [note for note in (sent_back.words(form, task), drafting.note(form, task)) if note]
        if notes:
            st.caption(" · ".join(notes))
