"""What stood beside a question last time: shown once this year's answer is chosen, so that it does not steer it."""

import streamlit as st

from charter.forms import Form
from charter.questions import Question
from charter.rollover import Before, Since
from pages.ui import press, viewer
from pages.ui.assessment import saving, scale
from pages.ui.assessment.field import Field, FieldPart
from pages.ui.assessment.saving import Cause
from pages.ui.plain import plain

_FLAGS = {
    Since.NEW: "**New this year.** You were not asked this last time, so there is nothing to compare it with.",
    Since.CHANGED: "**Changed since last year.** It means something else now, so it cannot be compared with last time.",
    Since.OTHER_SIDE: (
        "**New this year.** Last time you were asked about the other side of this promise, so there is nothing to "
        "compare it with."
    ),
}


def draw_flag(form: Form, question: Question) -> None:
    """Say of a question that it is new, or changed, and that there is therefore no comparison."""
    since = form.before(question).since
    if since in _FLAGS:
        st.info(_FLAGS[since])


def draw(form: Form, question: Question, level: Field) -> None:
    """Draw the one tap that gives last time's answer again; once an answer is chosen, what last time's was."""
    before, answer = form.before(question), form.answer(question)
    field = Field(level.organisation_id, level.period_id, FieldPart.NO_CHANGE, level.version_id, title=level.title)
    if answer.answered:
        said = words(before, carried_over=answer.carried_over)
        if said:
            st.caption(said)
    elif before.choice is not None:
        press.button(scale.NO_CHANGE_LABEL, _keep, field, key=field.key)
    unsaved = saving.held().get(field)
    if unsaved is not None and unsaved.cause is not Cause.WAITING:
        st.warning(unsaved.message)
        del saving.held()[field]


def words(before: Before, *, carried_over: bool) -> str:
    """Say what was answered last time, or that nothing was; empty where there was no last time."""
    if before.choice is None:
        return "You gave no answer to this last time." if before.since is Since.SAME else ""
    title = plain(before.period_title)
    return f"Carried over from {title}" if carried_over else f"{title}: you chose “{scale.label_of(before.choice)}”"


def _keep(field: Field) -> None:
    saving.attempt(viewer.current(), field, scale.NO_CHANGE, may_be_quoted=False)
