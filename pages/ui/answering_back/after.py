"""What a public body reads and may still change once a review is published."""

import streamlit as st

from charter import clock
from charter.periods import PeriodFound
from charter.public_words import PublicWords, public_words
from charter.right_of_reply import OwnBody
from charter.rules.access import Viewer
from charter.store import reading
from pages.ui import promising
from pages.ui.plain import plain


def draw(here: Viewer, body: OwnBody, period: PeriodFound) -> None:
    """Draw what everybody reads of the body's words, and the promises, which it may still change."""
    with reading() as session:
        public = public_words(session, viewer=here, period_ref=period.ref, organisation_id=body.organisation_id)
    if public is None:
        st.info(
            f"{plain(period.title)} was published and then taken back, so nobody reads your words now. What you wrote "
            "is kept. It is shown again when the coordinator publishes a correction."
        )
    else:
        _draw_public(period, public)
    promising.draw(here, body, period, public=public)


def _draw_public(period: PeriodFound, public: PublicWords) -> None:
    day = clock.day_in_words(clock.local(public.published_at).date())
    st.markdown(
        f"The {plain(period.title)} is published. Everybody reads your figures, reply and promises in release "
        f"{plain(public.release_ref)} of {day}, and that release does not change."
    )
    st.page_link("public/you_said.py", label="Read it as everybody does", query_params={"release": public.release_ref})
    st.markdown(
        "- **Your promises** you can still change or complete, until the next review is published. A change is shown "
        "only when the coordinator publishes a correction: tell them.\n"
        "- **Whether it was done** you can say at any time, at the end of this page.\n"
        "- **Your reply** is written before publishing, so it stays as it is."
    )
    st.header("Your reply", anchor=False)
    if public.reply:
        with st.container(border=True):
            st.text(public.reply)
    else:
        st.markdown("You wrote none.")
