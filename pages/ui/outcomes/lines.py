"""The small lines of a theme: drawn once for a release, and anew for how things stand now."""

import streamlit as st

from charter.outcomes.overview import OfTheme
from charter.reports.drawings import Drawing
from charter.reports.outcome_drawings import theme_lines
from pages.ui import charts
from pages.ui.opening import Shown

_KEPT = 64


def draw(theme: OfTheme, shown: Shown | None) -> None:
    """Draw a theme's outcomes, each as a small line; nothing where none has a figure."""
    dark = charts.is_dark()
    found = (
        theme_lines(theme, dark=dark) if shown is None else _kept(shown.id, shown.version, theme.title, dark, _of=theme)
    )
    if found is not None:
        charts.draw_found(found, key=f"outcomes {theme.title}", header=False)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _kept(
    release_id: int,  # noqa: ARG001 - kept under the release
    version: str,  # noqa: ARG001 - and the list of those that stand
    title: str,  # noqa: ARG001 - and the theme
    dark: bool,
    *,
    _of: OfTheme,
) -> Drawing | None:
    return theme_lines(_of, dark=dark)
