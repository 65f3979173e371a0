"""A review that is published: its releases, and taking one back."""

import streamlit as st

from charter import clock
from charter.corrections import REASON_LIMIT, withdraw_release
from charter.periods import PeriodFound
from charter.releases import ReleaseFound, list_releases
from charter.rules.access import Viewer
from charter.store import Session, reading
from pages.ui import viewer
from pages.ui.plain import plain, plain_sentence
from pages.ui.publishing import correcting, words
from pages.ui.running import acting, choosing

_PARTS = {"releases": "Releases", "correct": "Put it right", "words": "Words"}


def draw(here: Viewer, period: PeriodFound) -> None:
    """Draw the part that the address asks for."""
    part = choosing.chosen_part(_PARTS)
    with reading() as session:
        releases = [one for one in list_releases(session, viewer=here) if one.period_id == period.id]
    if part == "words":
        st.info("This review is published. What you change here is shown once you publish a correction.")
        words.draw(here, period)
    elif part == "correct" and releases:
        correcting.draw(here, releases[0])
    else:
        st.header("Releases", anchor=False)
        for release in releases:
            _draw_release(release)
        _draw_taking_back(releases)


def _draw_release(release: ReleaseFound) -> None:
    said = [f"**Release {plain(release.ref)}**, published on {clock.moment_in_words(release.published_at)}."]
    if release.reason:
        said.append(f"It puts the one before right. The reason: {plain_sentence(release.reason)}")
    if release.withdrawn_at is not None:
        said.append(
            f"Taken back on {clock.moment_in_words(release.withdrawn_at)}. "
            f"The reason: {plain_sentence(release.withdrawn_reason)}"
        )
    with st.container(border=True):
        st.markdown(" ".join(said))
        st.page_link(
            "public/headlines.py", label=f"See release {plain(release.ref)}", query_params={"release": release.ref}
        )


def _draw_taking_back(releases: list[ReleaseFound]) -> None:
    standing = [release for release in releases if release.withdrawn_at is None]
    st.header("Take it back", anchor=False)
    if not standing:
        st.markdown("Every release of this review is taken back. To show it again, put it right.")
        return
    newest = standing[0]
    then = f"release {standing[1].ref}, the one before it" if len(standing) > 1 else "nothing of this review"
    st.markdown(
        "A release that is taken back stays at its address, with a notice and your reason. All other pages then show "
        "the latest one that was not taken back."
    )
    key = f"withdraw_reason_{newest.ref}"
    st.text_area("The reason, for everyone to read", key=key, max_chars=REASON_LIMIT, height=100, persist_state="page")
    acting.confirmed(
        f"Take release {plain(newest.ref)} back",
        name=f"withdraw_{newest.ref}",
        warning=f"From now on everyone who opens the site sees {plain(then)}.",
        yes="Yes, take it back",
        act=lambda: _withdraw(newest.ref, key),
    )


def _withdraw(ref: str, key: str) -> None:
    reason = str(st.session_state.get(key) or "")

    def act(session: Session) -> str:
        withdraw_release(session, viewer=viewer.current(), ref=ref, reason=reason)
        return f"Release {ref} is taken back."

    acting.do(act)
