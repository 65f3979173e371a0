"""The list of concerns that a person may see, and what a concern is."""

from collections.abc import Sequence

import streamlit as st

from charter import clock
from charter.concerns.reading import ConcernListed, list_concerns
from charter.concerns.words import CONCERN_STATES, HOW_IT_GOES, WHO_SEES
from charter.rules.access import Viewer
from charter.rules.concerns import OPEN
from charter.store import reading
from pages.ui import press
from pages.ui.concerns import places
from pages.ui.plain import plain

_A_PAGE = 20  # rows


def draw_about() -> None:
    """Draw what a concern is, who sees one, and how it goes."""
    st.markdown(
        "A concern says that a public body does not keep a promise of the charter. It is confidential: here you see "
        "only those that you may see. Everybody else reads how many there were in a year, and nothing more."
    )
    with st.expander("Who sees a concern, and how it goes"):
        st.markdown(WHO_SEES)
        st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(HOW_IT_GOES, start=1)))


def draw(here: Viewer, *, can_raise: bool) -> None:
    """Draw the concerns that are open, and those that are closed."""
    with reading() as session:
        found = list_concerns(session, viewer=here)
    is_open = [each for each in found if each.state in OPEN]
    closed = [each for each in found if each.state not in OPEN]
    st.header(f"Open ({len(is_open)})", anchor=False)
    if not is_open:
        way = " To raise one, choose “Raise a concern” above." if can_raise else ""
        st.markdown(f"No concern that you may see is open.{way}")
    _draw_rows(is_open, "open")
    with st.expander(f"Closed ({len(closed)})"):
        if not closed:
            st.caption("A concern that is agreed, not agreed or withdrawn is kept here.")
        _draw_rows(closed, "closed")


def _draw_rows(rows: Sequence[ConcernListed], name: str) -> None:
    pages = -(-len(rows) // _A_PAGE)
    page = st.pagination(pages, key=f"concerns_{name}") if pages > 1 else 1
    for each in rows[(page - 1) * _A_PAGE : page * _A_PAGE]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"concern_{each.ref}"):
            raised = clock.day_in_words(clock.local(each.raised_at).date())
            st.markdown(
                f"**{plain(each.promise)}**  \n{plain(each.raised_by)} about {plain(each.about)} · raised {raised} · "
                f"{CONCERN_STATES[each.state]}",
                width="stretch",
            )
            press.button("Read", places.open_one, each.ref, key=f"read_{each.ref}")
