"""A public body's answers in a reviewer's view: each with evidence, last time's answer, and what is pointed out."""

import streamlit as st

from charter import clock
from charter.questions import Question
from charter.returned import WORDS_LIMIT, ReturnedFound
from charter.review_queue import Paper
from charter.tasks import Part, tasks_of
from pages.ui.assessment import evidence, scale
from pages.ui.assessment.closing_words import answer_words, question_words
from pages.ui.assessment.given import NO_ANSWER
from pages.ui.assessment.task_words import title_of
from pages.ui.plain import plain
from pages.ui.reviewing import pointed_out, unsent


def draw(paper: Paper) -> None:
    """Draw every answer by strand. Of the questions for those with time, only what was answered."""
    for task in tasks_of(paper.form):
        questions = [each for each in task.questions if task.part is Part.MAIN or paper.form.answer(each).answered]
        if not questions and not task.closing:
            continue
        st.header(title_of(task), anchor=False)
        for question in questions:
            _draw_answer(paper, question)
        for short in task.closing:
            given = paper.form.closing.given.get(short)
            st.markdown(
                f"{question_words(short, paper.form.side)}  \n**{answer_words(given) if given else NO_ANSWER}**"
            )


def draw_returned(paper: Paper) -> None:
    """Draw why the answers were sent back, while they are with the body: what it makes of them is its own till then."""
    st.header("Why they were sent back", anchor=False)
    for question in paper.form.questions:
        found = paper.form.sent_back(question)
        if found is not None:
            with st.container(border=True, key=f"returned_{question.version.version_id}"):
                st.markdown(f"**{plain(question.version.title)}**")
                _draw_return(found)
    st.caption("Their answers come back here when they are sent again.")


def _draw_answer(paper: Paper, question: Question) -> None:
    version, answer = question.version, paper.form.answer(question)
    with st.container(border=True, key=f"reviewed_{version.version_id}", gap="xsmall"):
        st.markdown(f"**{plain(version.title)}**")
        st.caption(plain(question.text))
        st.markdown(f"Answer: **{scale.label_of(answer.word) if answer.word else NO_ANSWER}**")
        last = pointed_out.last_time(paper, question)
        if last:
            st.caption(last)
        for said in pointed_out.words(paper, question):
            st.warning(said)
        if answer.comment:
            st.text(answer.comment)
        for item in paper.form.evidence_for(question):
            evidence.draw_item(item, name=f"{version.version_id}_{item.id}")
        for found in paper.returned.get(version.version_id, ()):
            _draw_return(found)
        if paper.may_decide:
            with st.expander("Send this answer back"):
                st.text_area(
                    f"Why should it be looked at again? Up to {WORDS_LIMIT:,} letters",
                    key=unsent.reason_key(paper.ref, version.version_id),
                    persist_state="session",
                )


def _draw_return(found: ReturnedFound) -> None:
    st.caption(f"Sent back on {clock.moment_in_words(found.returned_at)}, because:")
    st.text(found.reason)
    if found.replied_at is not None:
        st.caption(f"Their reply, {clock.moment_in_words(found.replied_at)}:")
        st.text(found.reply)
    else:
        st.caption("No reply.")
