"""A review that is published: its releases, putting the last one right, and taking one back."""

from collections.abc import Callable

import streamlit as st

from charter import clock
from charter.corrections import REASON_LIMIT, correct_release, withdraw_release
from charter.periods import PeriodFound
from charter.releases import ReleaseFound, list_releases
from charter.rules.access import Viewer
from charter.store import Session, reading
from pages.ui import viewer
from pages.ui.plain import plain
from pages.ui.publishing import words
from pages.ui.running import acting, choosing

_PARTS = {"releases": "Releases", "words": "Words"}
_Verb = Callable[..., ReleaseFound]


def draw(here: Viewer, period: PeriodFound) -> None:
    """Draw the part that the address asks for."""
    if choosing.chosen_part(_PARTS) == "words":
        st.info("This review is published. What you change here is shown once you publish a correction.")
        words.draw(here, period)
        return
    with reading() as session:
        releases = [one for one in list_releases(session, viewer=here) if one.period_id == period.id]
    st.header("Releases", anchor=False)
    for release in releases:
        _draw_release(release)
    if releases:
        _draw_change(releases)


def _draw_release(release: ReleaseFound) -> None:
    said = [f"**Release {plain(release.ref)}**, published on {clock.moment_in_words(release.published_at)}."]
    if release.reason:
        said.append(f"It puts the one before right. The reason: {plain(release.reason)}")
    if release.withdrawn_at is not None:
        said.append(
            f"Taken back on {clock.moment_in_words(release.withdrawn_at)}. "
            f"The reason: {plain(release.withdrawn_reason)}"
        )
    with st.container(border=True):
        st.markdown(" ".join(said))
        st.page_link(
            "public/headlines.py", label=f"See release {plain(release.ref)}", query_params={"release": release.ref}
        )


def _draw_change(releases: list[ReleaseFound]) -> None:
    newest = releases[0]
    st.header("Put it right", anchor=False)
    st.markdown(
        "A correction is a new release. Public bodies’ answers, promises and words are taken as they are now. Groups’ "
        "answers stay as they were published. The old release stays readable, and says why it was corrected."
    )
    _draw_with_reason(
        newest,
        name="correct",
        label="Publish a correction",
        warning="The correction is published at once, with your reason at the top of every page.",
        verb=correct_release,
        said="The correction is published as release {ref}.",
    )
    standing = next((release for release in releases if release.withdrawn_at is None), None)
    if standing is None:
        return
    st.header("Take it back", anchor=False)
    st.markdown(
        "A release that is taken back stays at its address, with a notice. All pages then show the latest one that "
        "was not taken back."
    )
    _draw_with_reason(
        standing,
        name="withdraw",
        label=f"Take release {plain(standing.ref)} back",
        warning="Everyone who opens the site sees the release before it instead, or none.",
        verb=withdraw_release,
        said="Release {ref} is taken back.",
    )


def _draw_with_reason(release: ReleaseFound, *, name: str, label: str, warning: str, verb: _Verb, said: str) -> None:
    key = f"{name}_reason_{release.ref}"
    st.text_area("The reason, for everyone to read", key=key, max_chars=REASON_LIMIT, height=100)
    acting.confirmed(
        label,
        name=f"{name}_{release.ref}",
        warning=warning,
        yes="Yes, do it now",
        act=lambda: _carry_out(release.ref, key, verb, said),
    )


def _carry_out(ref: str, key: str, verb: _Verb, said: str) -> None:
    reason = str(st.session_state.get(key) or "")

    def act(session: Session) -> str:
        found = verb(session, viewer=viewer.current(), ref=ref, reason=reason)
        return said.format(ref=found.ref)

    acting.do(act)
