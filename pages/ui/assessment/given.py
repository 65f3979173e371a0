"""Answers as they were given, to be read: while checking them, and after they were sent."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charter.forms import Form
from charter.questions import Question
from charter.tasks import Part, Task, tasks_of
from db.types import Side
from pages.ui.assessment import before, scale
from pages.ui.assessment.closing_words import answer_words, question_words
from pages.ui.assessment.pointing import title_of as title_of_evidence
from pages.ui.assessment.task_words import title_of
from pages.ui.plain import plain

NO_ANSWER = "○ No answer"


def draw(form: Form, beside: Callable[[Task, str], None] | None = None, *, only: Task | None = None) -> None:
    """Draw every answer by strand. Of the questions for those with time, only what was answered.

    Args:
        form: the form.
        beside: draws what stands beside an answer, given its task and a name for it; None where nothing does.
        only: the one task to draw, without its name above it; None for all of them.
    """
    for task in tasks_of(form) if only is None else (only,):
        questions = [asked for asked in task.questions if task.part is Part.MAIN or _has_something(form, asked)]
        if not questions and not task.closing:
            continue
        if only is None:
            st.header(title_of(task), anchor=False)
        for asked in questions:
            _draw_question(form, asked, task, beside)
        for short in task.closing:
            given = form.closing.given.get(short)
            words = answer_words(given) if given else NO_ANSWER
            _draw_row(question_words(short, form.side), words, task, short.value, beside)


def as_text(form: Form) -> str:
    """Write every answer as plain text, to be kept."""
    lines = [f"{form.organisation_name}: {form.period.title}", f"Reference: {form.ref or 'not sent'}"]
    lines += [form.assisted.words, ""] if form.assisted else [""]
    for asked in form.questions:
        answer = form.answer(asked)
        if asked.version.core or _has_something(form, asked):
            lines.append(f"{asked.version.ref} {asked.text}")
            lines.append(f"  {scale.label_of(answer.word) if answer.word else 'No answer'}")
            lines += [f"  {line}" for line in answer.comment.splitlines()]
    for short, given in form.closing.given.items():
        lines += [question_words(short, form.side), f"  {answer_words(given)}"]
    return "\n".join(lines)


def _has_something(form: Form, asked: Question) -> bool:
    answer = form.answer(asked)
    return answer.answered or bool(answer.comment)


def _draw_question(form: Form, asked: Question, task: Task, beside: Callable[[Task, str], None] | None) -> None:
    answer = form.answer(asked)
    words = scale.label_of(answer.word) if answer.word else NO_ANSWER
    row = _draw_row(asked.version.title, words, task, str(asked.version.version_id), beside)
    if answer.carried_over:
        row.caption(before.words(form.before(asked), carried_over=True))
    for item in form.evidence_for(asked):
        row.caption(f"Evidence: {plain(title_of_evidence(item))}")
    if answer.comment:
        row.text(answer.comment)
        if form.side is Side.VCFSE:
            row.caption("This comment may be quoted." if answer.may_be_quoted else "This comment may not be quoted.")


def _draw_row(
    title: str, words: str, task: Task, name: str, beside: Callable[[Task, str], None] | None
) -> DeltaGenerator:
    """Draw a question with its answer, and give the row, for what stands below them."""
    row = st.container(key=f"given_{name}", gap="xsmall")
    with row.container(horizontal=True, vertical_alignment="center", key=f"row_{name}"):
        st.markdown(f"{plain(title)}  \n**{plain(words)}**", width="stretch")
        if beside is not None:
            beside(task, name)
    return row
