"""The page of a theme: its figure, its promises in order, how answers are spread, who said what, and over reviews."""

import streamlit as st

from charter import headlines
from pages.ui import cached, cards, charts, links, opening
from pages.ui.opening import Shown
from pages.ui.plain import plain

_WILL_BE = (
    "This page will show what groups saw of each promise of this theme, what public bodies say of themselves, and how "
    "that differs by kind and income of group."
)


def draw(ref: str, title: str) -> Shown | None:
    """Draw a theme's page, and give the release that it shows.

    Args:
        ref: the theme's reference.
        title: what to call the page, as nothing may be published yet.
    """
    shown = opening.draw(title, will_be=_WILL_BE)
    if shown is None:
        return None
    theme = cached.figures(shown).theme(ref)
    if theme is None:
        st.info(f"The {plain(shown.period)} did not ask about this theme.")
        return shown
    first, *rest = headlines.theme_answer(theme)
    st.markdown(f"**{plain(first)}** {plain(' '.join(rest))}")
    cards.draw_sides(theme)
    charts.draw(shown, "ranked", ref)
    with st.expander("Read a promise of this theme"):
        links.draw_columns([(each.ref, each.title) for each in theme.promises], shown)
    charts.draw(shown, "spread", ref)
    st.header("By kind of group", anchor=False)
    charts.draw(shown, "by_kind", ref, header=False)
    st.header("By yearly income", anchor=False)
    charts.draw(shown, "by_income", ref, header=False)
    st.header("Over the reviews", anchor=False)
    charts.draw(shown, "over_periods", ref, header=False)
    st.markdown(plain(headlines.change_sentence(theme.change, of_theme=True)))
    if theme.own_gap is not None:
        st.markdown(f"What groups themselves owe: {plain(headlines.gap_words(theme.own_gap))}.")
    return shown
