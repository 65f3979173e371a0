"""Publishing and correcting while the worker carries them out: how far it is, and what became of it."""

from collections.abc import Callable

import streamlit as st

from charter import clock
from charter.jobs import JobFound, job_state
from charter.periods import PeriodFound
from charter.releases import ReleaseFound, list_releases
from charter.rules.access import Viewer
from charter.rules.refusals import RefusedError
from charter.store import Session, reading, writing
from db.types import JobState, PeriodState
from pages.ui import keys
from pages.ui.plain import plain
from pages.ui.running.working import draw_bar

_DOING = {"publish": "This review is being published", "correction": "A correction is being published"}


def start(begin: Callable[[Session], JobFound]) -> None:
    """Begin long work in one writing scope and watch it, or keep the sentence that says why it did not begin.

    Somebody else's work is watched too, and the person is told that it is not theirs.
    """
    try:
        with writing() as session:
            job = begin(session)
    except RefusedError as refusal:
        st.session_state[keys.DONE] = (False, str(refusal))
        return
    st.session_state[keys.WATCHED] = (job.kind, job.subject)
    if job.begun_before:
        st.session_state[keys.DONE] = (
            False,
            f"{_DOING[job.kind]} already, begun by an earlier press. Yours started nothing, and nothing was lost.",
        )


def draw(here: Viewer, period: PeriodFound) -> bool:
    """Draw what is being done to a review, or what became of it.

    Returns:
        Whether it is still being done.
    """
    with reading() as session:
        releases = [one for one in list_releases(session, viewer=here) if one.period_id == period.id]
        job = _work_on(session, here, period, releases)
    if job is not None and job.active:
        st.header(_DOING[job.kind], anchor=False)
        st.markdown(
            "This takes a few seconds, and a minute when much else goes on. Nobody sees anything of it before it is "
            "done. You can leave this page: it goes on without you."
        )
        st.session_state[keys.WATCHED] = (job.kind, job.subject)
        st.fragment(draw_bar, run_every=1)(job.kind, job.subject)
        return True
    if job is not None and job.state is JobState.FAILED:
        st.error(f"{clock.moment_in_words(job.changed_at)}: it did not work. {plain(job.message)}")
    _draw_done(here, releases)
    return False


def _work_on(session: Session, here: Viewer, period: PeriodFound, releases: list[ReleaseFound]) -> JobFound | None:
    """Find the latest work of the kind that the review can have done to it now."""
    if period.state is PeriodState.PUBLISHED and releases:
        return job_state(session, viewer=here, kind="correction", subject=releases[0].ref)
    return job_state(session, viewer=here, kind="publish", subject=period.ref)


def _draw_done(here: Viewer, releases: list[ReleaseFound]) -> None:
    """Say once what was published, to who watched it."""
    if keys.WATCHED not in st.session_state or not releases:
        return
    kind, subject = st.session_state[keys.WATCHED]
    with reading() as session:
        job = job_state(session, viewer=here, kind=kind, subject=subject)
    if job is None or job.state is not JobState.DONE or releases[0].ref not in job.message:
        return
    del st.session_state[keys.WATCHED]
    st.success(plain(job.message))
    st.page_link(
        "public/headlines.py",
        label=f"Read release {plain(releases[0].ref)} as everyone does",
        query_params={"release": releases[0].ref},
    )
