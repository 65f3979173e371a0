"""What a page says of the release that it shows: when it was published, corrected and taken back, and why."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from charter import clock
from charter.releases import ReleaseFound
from pages.ui import addresses, keys
from pages.ui.plain import plain, plain_sentence


def top_line(release: ReleaseFound, releases: Sequence[ReleaseFound], *, named: str) -> str:
    """Give the line above every public page: the review, when it was published and corrected, and the charter."""
    first = next((one for one in _of_period(release, releases) if one.number == 1), release)
    said = [named, f"published {_day(first.published_at)}"]
    if release.number > 1:
        said.append(f"corrected {_day(release.published_at)}")
    if release.withdrawn_at is not None:
        said.append(f"taken back {_day(release.withdrawn_at)}")
    return " · ".join([*said, plain(release.charter_title)])


def draw_corrected(release: ReleaseFound, releases: Sequence[ReleaseFound]) -> None:
    """Say why the release that stands is a correction, and lead to what it puts right."""
    before = next((one for one in _of_period(release, releases) if one.number == release.number - 1), None)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(_corrects(release), width="content")
        if before is not None:
            choose = {"release": before.ref}
            label = f"See release {plain(before.ref)} as it was"
            st.button(label, key=keys.SEE_EARLIER, on_click=addresses.choose, kwargs=choose)


def draw_not_latest(
    release: ReleaseFound, releases: Sequence[ReleaseFound], latest: ReleaseFound | None, *, named: str
) -> None:
    """Say that this is not the latest release, what became of it, and lead to the latest."""
    said = [f"You are looking at the {named}, release {plain(release.ref)}."]
    if release.withdrawn_at is not None:
        reason = plain_sentence(release.withdrawn_reason)
        said.append(f"It was taken back on {_day(release.withdrawn_at)}. The reason: {reason}")
    if release.number > 1:
        said.append(_corrects(release))
    after = next((one for one in _of_period(release, releases) if one.number == release.number + 1), None)
    if after is not None:
        reason = plain_sentence(after.reason)
        said.append(
            f"It was corrected on {_day(after.published_at)} by release {plain(after.ref)}. The reason: {reason}"
        )
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(" ".join(said), width="content")
        if latest is not None:
            draw_to_latest("See the latest")


def draw_to_latest(label: str) -> None:
    """Draw the button that leads to the latest release."""
    st.button(label, key=keys.SEE_LATEST, on_click=addresses.choose)


def _corrects(release: ReleaseFound) -> str:
    return f"Corrected on {_day(release.published_at)}. The reason: {plain_sentence(release.reason)}"


def _of_period(release: ReleaseFound, releases: Sequence[ReleaseFound]) -> list[ReleaseFound]:
    return [one for one in releases if one.period_id == release.period_id]


def _day(moment: datetime) -> str:
    return clock.day_in_words(clock.local(moment).date())
