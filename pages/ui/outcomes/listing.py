"""Outcomes in words: what is off track with its route to green, and each theme's by what they ask."""

from collections.abc import Sequence

import streamlit as st

from charter.outcomes import overview
from charter.outcomes.recorded import RecordedIndicator
from pages.ui.opening import Shown
from pages.ui.outcomes import lines
from pages.ui.plain import plain

_PAGE = "public/indicator.py"
_COLUMNS = 2


def draw_off_track(found: Sequence[RecordedIndicator], shown: Shown | None) -> None:
    """Draw what is off track, each with its route to green; those without one first, and nothing where none is off."""
    off = overview.off_track(found)
    if not off:
        return
    st.header("What is off track, and how it gets back", anchor=False)
    for each in off:
        with st.container(border=True, gap="small"):
            draw_link(each, shown)
            st.markdown(plain(overview.off_track_sentence(each)))
            route = overview.route_of(each)
            said = f"**How it gets back:** {plain(route)}" if route else "**Nobody has said yet how it gets back.**"
            st.markdown(said)


def draw_themes(found: Sequence[RecordedIndicator], shown: Shown | None) -> None:
    """Draw each theme: its outcomes as small lines, then in words by what they ask."""
    for theme in overview.by_theme(found):
        st.header(plain(theme.title), anchor=False)
        lines.draw(theme, shown)
        for asked, of_kind in theme.kinds:
            st.subheader(plain(asked), anchor=False)
            _draw_cards(of_kind, shown)


def draw_link(found: RecordedIndicator, shown: Shown | None) -> None:
    """Draw a link to an outcome's page, for the same release."""
    address = shown.address if shown is not None else {}
    st.page_link(_PAGE, label=f"**{plain(found.title)}**", query_params={"ref": found.ref, **address})


def _draw_cards(found: Sequence[RecordedIndicator], shown: Shown | None) -> None:
    for start in range(0, len(found), _COLUMNS):
        row = found[start : start + _COLUMNS]
        for column, each in zip(st.columns(_COLUMNS), row, strict=False):
            with column.container(border=True, height="stretch", gap="small"):
                _draw_card(each, shown)


def _draw_card(found: RecordedIndicator, shown: Shown | None) -> None:
    draw_link(found, shown)
    latest, status, moved = overview.line_of(found)
    st.markdown(f"**{plain(latest)}**")
    st.markdown("  \n".join(plain(said) for said in (status, moved) if said))
    st.caption(f"Reported by {plain(found.owner)}" if found.owner else "Shared by all partners")
