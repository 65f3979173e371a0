"""Which screen of a form is shown: by its state first, and then by the step that the address asks for."""

from pathlib import Path

import streamlit as st

from charter.forms import Form
from charter.tasks import CHECK_STEP, LIST_STEP, START_STEP, tasks_of
from db.types import SelfAssessmentState
from pages.ui.assessment import check, first, listing, sent, steps, task_page

STYLE = Path(__file__).parents[1] / "assets" / "assessment.css"


def draw(form: Form) -> None:
    """Draw the screen."""
    st.html(STYLE)
    with st.container(key="assessment"):
        if not form.editable:
            sent.draw(form)
            return
        # On the page of a task the reasons themselves stand beside the answers.
        if form.state is SelfAssessmentState.RETURNED and steps.asked() in {START_STEP, LIST_STEP, CHECK_STEP}:
            st.warning(
                "The monitoring group has sent your answers back. Their reasons stand beside the answers: the list "
                "shows where. Change what needs changing, or reply, and send again."
            )
        _draw_step(form, steps.asked())


def _draw_step(form: Form, step: str) -> None:
    if step == START_STEP:
        first.draw(form)
    elif step == CHECK_STEP:
        check.draw(form)
    else:
        task = next((task for task in tasks_of(form) if task.step == step), None)
        if task is not None:
            task_page.draw(form, task)
            return
        if step != LIST_STEP:
            st.info("This address names a part that is not in this form. Here is the list of its parts.")
        listing.draw(form)
