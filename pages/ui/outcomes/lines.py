"""The small lines of a theme: drawn once for a release, and anew for how things stand now."""

import streamlit as st

from charter.charts.small_multiples import small_multiples, small_multiples_words
from charter.outcomes import overview
from charter.outcomes.overview import OfTheme
from pages.ui import charts
from pages.ui.drawings import Drawing, ready
from pages.ui.opening import Shown

_KEPT = 64
_SUBTITLE = (
    "Each line has a scale of its own, and a gap where figures are not compared. A short bar is the target; a hollow "
    "point may still change."
)


def draw(theme: OfTheme, shown: Shown | None) -> None:
    """Draw a theme's outcomes, each as a small line; nothing where none has a figure."""
    dark = charts.is_dark()
    found = _make(theme, dark=dark) if shown is None else _kept(shown.id, shown.version, theme.title, dark, _of=theme)
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
    return _make(_of, dark=dark)


def _make(theme: OfTheme, *, dark: bool) -> Drawing | None:
    frame = overview.multiples_frame(theme.indicators)
    if frame.empty:
        return None
    return ready(
        small_multiples(frame, dark=dark),
        title=overview.lines_title(theme),
        subtitle=_SUBTITLE,
        words=small_multiples_words(frame),
        table=overview.overview_table(theme.indicators),
    )
