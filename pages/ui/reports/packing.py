"""The review pack on the screen: one press, how far it is, and the file."""

from functools import partial

import streamlit as st

from charter import clock
from charter.jobs import JobFound, job_state
from charter.releases import ReleaseFound
from charter.reports.pack import NAME
from charter.reports.pack_kept import PackFound, find_pack
from charter.reports.packing import PACK, start_packing
from charter.rules.access import Viewer
from charter.store import Session, reading
from db.types import JobState
from pages.ui import press, viewer
from pages.ui.plain import plain
from pages.ui.reports.downloads import address_of
from pages.ui.running import acting
from pages.ui.running.working import draw_bar

_MEGABYTE = 1_000_000  # bytes, as programs that show files count them


def draw(here: Viewer, release: ReleaseFound) -> None:
    """Draw the pack of a release: the file where it is ready, how far it is, or the button that has it made."""
    st.header("Everything in one file", anchor=False)
    st.markdown(
        "The review pack is a ZIP file with everything on this page in it. It has a list of its files with a checksum "
        "for each, so that anybody can see that none was changed. Once it is made, it is kept, and everyone can "
        "download it."
    )
    with reading() as session:
        pack = find_pack(session, viewer=here, ref=release.ref)
        job = job_state(session, viewer=here, kind=PACK, subject=release.ref)
    if job is not None and job.active:
        st.markdown(
            "This takes a minute or two, most of it for the charts. You can leave this page: it goes on without you."
        )
        st.fragment(draw_bar, run_every=1)(PACK, release.ref)
        return
    if pack is not None:
        _draw_ready(pack)
        return
    _draw_failed(job)
    if job is not None and job.state is JobState.DONE:
        st.markdown("Something was published since the pack was made, so it is not given out. Make it again.")
    press.button("Make the review pack", _start, release.ref, key=f"make_pack_{release.ref}", look="primary")


def _draw_ready(pack: PackFound) -> None:
    st.link_button(
        f"Download the review pack ({pack.size / _MEGABYTE:.1f} MB)", address_of(pack.release, NAME), type="primary"
    )
    st.caption(f"Made on {clock.moment_in_words(pack.made_at)}. Its SHA-256 checksum: {pack.sha256}")


def _draw_failed(job: JobFound | None) -> None:
    if job is not None and job.state is JobState.FAILED:
        st.error(f"{clock.moment_in_words(job.changed_at)}: it did not work. {plain(job.message)}")


def _start(ref: str) -> None:
    acting.do(partial(_begin, ref))


def _begin(ref: str, session: Session) -> str:
    start_packing(session, viewer=viewer.current(), ref=ref)
    return "The review pack is being made."
