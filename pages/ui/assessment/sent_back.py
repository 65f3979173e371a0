"""Why the monitoring group sent an answer back, and the one reply to it."""

import streamlit as st

from charter import clock
from charter.forms import Form
from charter.questions import Question
from charter.returned import WORDS_LIMIT, reply_to_return
from charter.rules.refusals import RefusedError
from charter.store import writing
from charter.tasks import Task
from pages.ui import keys, press, viewer


def draw(form: Form, question: Question) -> None:
    """Draw the reason beside a question whose answer was sent back, and the reply or the box for it."""
    found = form.sent_back(question)
    if found is None:
        return
    version_id = question.version.version_id
    st.warning(f"Sent back by the monitoring group on {clock.moment_in_words(found.returned_at)}. Their reason:")
    st.text(found.reason)
    if found.replied_at is not None:
        st.caption(f"Your reply, {clock.moment_in_words(found.replied_at)}:")
        st.text(found.reply)
    elif form.may_answer(question):
        with st.expander("Reply to this reason (you can reply once)"):
            _draw_box(form, version_id)


def words(form: Form, task: Task) -> str:
    """Say how many answers of a task were sent back; empty where none was."""
    number = sum(form.sent_back(question) is not None for question in task.questions)
    return f"▲ {number} {'answer' if number == 1 else 'answers'} sent back" if number else ""


def _draw_box(form: Form, version_id: int) -> None:
    key = f"assessment_reply_{form.organisation_id}_{form.period.id}_{version_id}"
    st.text_area(f"Your reply, up to {WORDS_LIMIT:,} letters", key=key)
    said = st.container()
    refused_version, message = st.session_state.get(keys.REPLY_REFUSAL, (0, ""))
    if refused_version == version_id:
        said.error(message)
    st.caption("Change your answer above if they are right. A reply cannot be changed once it is sent.")
    press.button("Send this reply", _reply, form.organisation_id, form.period.id, version_id, key=f"{key}_send")


def _reply(organisation_id: int, period_id: int, version_id: int) -> None:
    key = f"assessment_reply_{organisation_id}_{period_id}_{version_id}"
    st.session_state.pop(keys.REPLY_REFUSAL, None)
    try:
        with writing() as session:
            reply_to_return(
                session,
                viewer=viewer.current(),
                organisation_id=organisation_id,
                period_id=period_id,
                version_id=version_id,
                reply=str(st.session_state.get(key) or ""),
            )
    except RefusedError as refusal:
        st.session_state[keys.REPLY_REFUSAL] = (version_id, str(refusal))
