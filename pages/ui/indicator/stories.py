"""The words beside an indicator: what happened, the route to green, the story behind it, and what is proposed."""

import streamlit as st

from charter.outcome_words import STORIES
from charter.outcomes import telling
from charter.outcomes.recorded import RecordedIndicator
from db.types import StoryKind
from pages.ui.plain import plain


def draw(found: RecordedIndicator) -> None:
    """Draw the words; where the route to green is asked for and missing, that is said."""
    last = telling.latest_of(found)
    if last is not None and (last.commentary or found.stands.route_missing):
        st.header("What the owner says", anchor=False)
        _draw_text(last.commentary)
        if last.route_to_green:
            st.markdown("**The route to green:** how it gets back on track")
            _draw_text(last.route_to_green)
        elif found.stands.route_missing:
            st.warning("It is off track, and nobody has written yet how it gets back on track.")
    told = {each.kind: each.words for each in found.stories}
    for kind in StoryKind:
        if kind in told:
            st.header(STORIES[kind], anchor=False)
            _draw_text(told[kind])


def _draw_text(words: str) -> None:
    """Draw what people typed, paragraph by paragraph."""
    for paragraph in words.split("\n"):
        if paragraph.strip():
            st.markdown(plain(paragraph))
