"""Which release files are made of."""

import streamlit as st

from charter import clock
from charter.releases import ReleaseFound, choose_release, list_releases
from charter.rules.access import Viewer
from charter.store import reading
from charter.words import marked
from pages.ui.address_choice import draw_choice
from pages.ui.plain import plain

_RELEASE, _KEY = "release", "report_release"


def standing_releases(here: Viewer) -> tuple[ReleaseFound, ...]:
    """Read every release that was not taken back, the one that public pages show first."""
    with reading() as session:
        return tuple(each for each in list_releases(session, viewer=here) if each.withdrawn_at is None)


def chosen_release(releases: tuple[ReleaseFound, ...]) -> ReleaseFound | None:
    """Draw the choice where there are several, and give the release that the address names, else the first.

    Where the address names one of which no files are given out, that is said.
    """
    named = st.query_params.get(_RELEASE)
    found = choose_release(releases, ref=named) if named else None
    if named and found is None:
        st.warning(f"There is no release {plain(named)}, or it was taken back. Choose one that is here.")
    chosen = found or choose_release(releases)
    if chosen is None:
        return None
    titles = {each.ref: _title(each) for each in releases}
    if len(titles) > 1:
        draw_choice("Release", titles, chosen.ref, key=f"{_KEY}_{chosen.ref}", go=_go, width=620)
    else:
        st.caption(plain(titles[chosen.ref]))
    return chosen


def _title(release: ReleaseFound) -> str:
    name = marked(release.period_title, made_up=release.made_up)
    day = clock.day_in_words(clock.local(release.published_at).date())
    return f"{name}: release {release.ref}, published on {day}"


def _go(ref: str) -> None:
    st.query_params[_RELEASE] = ref
