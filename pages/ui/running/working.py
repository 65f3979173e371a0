"""Long work on the screen: a bar that says how far it is, and the page anew once it has ended."""

import streamlit as st

from charter.jobs import job_state
from charter.store import reading
from pages.ui import viewer
from pages.ui.plain import plain

_WAITS = "It is about to begin."


def draw_bar(kind: str, subject: str) -> None:
    """Draw how far a job is; for a fragment that runs each second."""
    with reading() as session:
        job = job_state(session, viewer=viewer.current(), kind=kind, subject=subject)
    if job is None or not job.active:
        st.rerun()
    share = job.done / max(job.total, 1)
    st.progress(share, text=plain(job.message) or _WAITS)
