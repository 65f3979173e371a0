"""One public body's self-assessment as a reviewer reads it, with what is pointed out, and the decision below."""

import streamlit as st

from charter import clock
from charter.review_queue import Paper
from charter.reviews import OWN_BODY, Seen
from charter.words import REVIEW_DECISIONS
from db.types import SelfAssessmentState
from pages.ui import keys, script, viewer
from pages.ui.assessment import press
from pages.ui.assessment.screens import STYLE
from pages.ui.plain import plain
from pages.ui.reviewing import answers, deciding, places, unsent
from pages.ui.reviewing.pointed_out import summary

_STATES = {
    SelfAssessmentState.SUBMITTED: "These answers **wait for review**.",
    SelfAssessmentState.RETURNED: "These answers are **with the body**, which looks at them again.",
    SelfAssessmentState.REVIEWED: "These answers were **accepted**, and count.",
}


def draw(paper: Paper) -> None:
    """Draw it."""
    form = paper.form
    unsent.keep_for(viewer.current().account_id)
    st.html(STYLE)
    sent = f" · sent {clock.moment_in_words(form.submitted_at)}" if form.submitted_at else ""
    st.caption(f"{plain(form.period.title)} · {paper.ref}{sent} by {plain(form.declared_by)}")
    st.title(plain(form.organisation_name), anchor=False)
    script.draw("step", mark=paper.ref)  # a new page begins at its top, where the queue may have been left lower
    places.draw_back()
    changed = _has_changed(paper)
    refusal = str(st.session_state.pop(keys.REVIEW_REFUSAL, ""))
    # What comes and goes has a box of its own, so that the boxes below it stay open.
    with st.container():
        _draw_standing(paper)
        _draw_refusal(refusal)
        if changed:
            _draw_changed(paper, key="read_anew")
    if form.state is SelfAssessmentState.RETURNED:
        answers.draw_returned(paper)
        return
    st.markdown(summary(paper))
    answers.draw(paper)
    # The page is long, and the press was made down here.
    _draw_refusal(refusal)
    if changed:
        _draw_changed(paper, key="read_anew_below")
    elif paper.may_decide:
        deciding.draw(paper)


def _has_changed(paper: Paper) -> bool:
    """Tell whether something was decided, or sent, since this reviewer opened the page: they must look again."""
    seen: dict[str, Seen] = st.session_state.setdefault(keys.REVIEW_SEEN, {})
    return seen.setdefault(paper.ref, paper.seen) != paper.seen


def _draw_changed(paper: Paper, *, key: str) -> None:
    st.warning(
        "Something changed since you opened this page. What you see is what is there now. Read it before you decide."
    )
    press.button("I have read what is there now", places.open_paper, paper.ref, key=key)


def _draw_refusal(refusal: str) -> None:
    if refusal:
        st.error(plain(refusal))


def _draw_standing(paper: Paper) -> None:
    if paper.form.state in _STATES:
        st.markdown(_STATES[paper.form.state])
    for made in paper.decided:
        said = REVIEW_DECISIONS[made.decision]
        st.caption(f"{clock.moment_in_words(made.decided_at)}: {said} by {plain(made.by)}")
    if paper.own:
        st.info(OWN_BODY)
    elif not paper.may_decide:
        st.info("You can read these answers. The monitoring group decides on them.")
