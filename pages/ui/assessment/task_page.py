"""The page of one task: its questions, and the way to the next."""

import streamlit as st

from charter.forms import Form
from charter.tasks import CHECK_STEP, LIST_STEP, Part, Task, tasks_of
from db.types import Measure
from pages.ui.assessment import closing, drafting, given, question, scale, steps, unsaved
from pages.ui.assessment.task_words import progress_words, share_answered, title_of


def draw(form: Form, task: Task) -> None:
    """Draw a task's questions, numbered through the whole form."""
    tasks = tasks_of(form)
    place = tasks.index(task)
    number = 1 + sum(earlier.asked for earlier in tasks[:place])
    steps.draw_heading(form, title_of(task))
    st.progress(share_answered(form), text=progress_words(form))
    if not _is_theirs(form, task):
        unsaved.draw_too_late(form)
        st.info(f"You can read this part and not change it. {drafting.note(form, task)}".strip())
        given.draw(form, only=task)
        _draw_ways(tasks, place)
        return
    if task.questions:
        st.markdown(_about(task))
        scale.draw_meanings()
    for offset, asked in enumerate(task.questions):
        question.draw(form, asked, number=number + offset)
    for offset, short in enumerate(task.closing):
        closing.draw(form, short, number=number + offset)
    if task.closing:
        closing.mark_as_shown(form)
    _draw_ways(tasks, place)


def _is_theirs(form: Form, task: Task) -> bool:
    """Tell whether whoever reads this answers here. The short questions are the lead's."""
    return form.drafting.own is None or (bool(task.questions) and all(map(form.may_answer, task.questions)))


def _about(task: Task) -> str:
    """Say what is rated: what one saw of others, or one's own practice."""
    if all(asked.measure is Measure.EXPERIENCE for asked in task.questions):
        return "Tell us what you saw. Choose one answer for each."
    return "These ask about **your own organisation**. Choose one answer for each."


def _draw_ways(tasks: tuple[Task, ...], place: int) -> None:
    """Draw the ways on: after the short questions one can check and send at once."""
    following = tasks[place + 1] if place + 1 < len(tasks) else None
    with st.container(horizontal=True, key="ways"):
        if following is None or tasks[place].part is Part.CLOSING:
            steps.button("Check your answers", CHECK_STEP, key="to_check", primary=True)
        if following is not None:
            first_of_more = following.part is Part.MORE and tasks[place].part is Part.CLOSING
            label = "Answer more questions" if first_of_more else f"Next: {title_of(following)}"
            steps.button(label, following.step, key="to_next", primary=not first_of_more)
        if place:
            steps.button(f"Previous: {title_of(tasks[place - 1])}", tasks[place - 1].step, key="to_previous")
        steps.button("Back to the list", LIST_STEP, key="to_list")
