"""The queue: which public bodies' answers wait for review, which are with the body, and which were accepted."""

from collections.abc import Sequence

import streamlit as st

from charter import clock
from charter.review_queue import QueuedBody
from charter.words import listed
from db.types import PeriodState, SelfAssessmentState
from pages.ui import keys, press, script
from pages.ui.plain import plain
from pages.ui.reviewing import places

_A_PAGE = 20  # rows
_RUNNING = frozenset({PeriodState.OPEN, PeriodState.CLOSED})


def draw(queued: Sequence[QueuedBody]) -> None:
    """Draw the queue."""
    waiting = _in_state(queued, SelfAssessmentState.SUBMITTED)
    st.title(_title(len(waiting)), anchor=False)
    script.draw("step", mark="queue")
    said = st.session_state.pop(keys.REVIEW_SAID, None)
    if said:
        st.success(said)
    st.markdown(
        "Public bodies rate how far they keep their promises. You read their answers and their evidence, and accept "
        "them, or send them back with a reason beside each answer that should be looked at again. They count once they "
        "are accepted. What groups answer is never shown here."
    )
    _draw_rows("Waiting for review", waiting, "Read and decide", primary=True)
    _draw_rows("With the body", _in_state(queued, SelfAssessmentState.RETURNED), "See the reasons")
    _draw_not_sent(queued)
    _draw_accepted(_in_state(queued, SelfAssessmentState.REVIEWED))


def _title(waiting: int) -> str:
    if waiting == 0:
        return "Nothing waits for review"
    return f"{waiting} public {'body waits' if waiting == 1 else 'bodies wait'} for review"


def _in_state(queued: Sequence[QueuedBody], state: SelfAssessmentState) -> list[QueuedBody]:
    return [each for each in queued if each.state is state]


def _draw_rows(heading: str, rows: Sequence[QueuedBody], label: str, *, primary: bool = False) -> None:
    st.header(f"{heading} ({len(rows)})", anchor=False)
    if not rows:
        st.caption(
            "There are none at the moment." if not primary else "They appear here when a public body sends them."
        )
    for each in rows:
        _draw_row(each, label, primary=primary and each is rows[0])


def _draw_row(each: QueuedBody, label: str, *, primary: bool = False) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"queued_{each.ref}"):
        sent = f"sent {clock.moment_in_words(each.submitted_at)}" if each.submitted_at else ""
        st.markdown(f"**{plain(each.organisation_name)}**  \n{plain(each.period_title)} · {sent}", width="stretch")
        press.button(
            label,
            places.open_paper,
            each.ref or "",
            key=f"read_{each.ref}",
            look="primary" if primary else "secondary",
        )


def _draw_not_sent(queued: Sequence[QueuedBody]) -> None:
    unsent: dict[str, list[str]] = {}
    for each in queued:
        if each.period_state in _RUNNING and each.state in {None, SelfAssessmentState.DRAFT}:
            unsent.setdefault(each.period_title, []).append(plain(each.organisation_name))
    if unsent:
        st.header("Not sent yet", anchor=False)
    for title, names in unsent.items():
        st.markdown(f"{plain(title)}: {listed(names)}.")


def _draw_accepted(rows: Sequence[QueuedBody]) -> None:
    with st.expander(f"Accepted ({len(rows)})"):
        if not rows:
            st.caption("What you accept is kept here. It can be sent back for a correction.")
        pages = -(-len(rows) // _A_PAGE)
        page = st.pagination(pages, key="accepted_page") if pages > 1 else 1
        for each in rows[(page - 1) * _A_PAGE : page * _A_PAGE]:
            _draw_row(each, "Read")
