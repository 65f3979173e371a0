"""Number cards: a theme, or a promise, with its figure, its change in a word, and how many it is from."""

import streamlit as st

from charter import headlines
from charter.findings import from_groups
from charter.published.figures import Change, Promise, Score, Sides, Theme
from charter.published.tables import range_words, score_words
from charter.words import MEASURES
from db.types import Direction, Measure
from pages.ui import links
from pages.ui.opening import Shown
from pages.ui.plain import plain

# The themes that have a page of their own; another charter may have others.
THEME_PAGES = ("engagement", "empowerment", "equality")
_SIGNS: dict[Direction, tuple[str, str]] = {
    Direction.BETTER: ("↑ ", "green"),
    Direction.WORSE: ("↓ ", "red"),
    Direction.NO_CLEAR_CHANGE: ("", "gray"),
    Direction.CANNOT_BE_COMPARED: ("", "gray"),
    Direction.FEW_ANSWERS: ("", "gray"),
}


def draw_theme(theme: Theme, shown: Shown) -> None:
    """Draw a theme's card."""
    with st.container(border=True, height="stretch"):
        st.header(plain(theme.title), anchor=False)
        draw_figure(theme)
        said = []
        if theme.gap is not None and theme.gap.points is not None:
            said.append(f"Public bodies say **{theme.gap.practice}**: gap **{headlines.gap_points(theme.gap.points)}**")
        if theme.sector is not None and theme.sector.answered is not None:
            said.append(from_groups(theme.sector))
        st.markdown("  \n".join(said))
        st.markdown(plain(headlines.theme_sentence(theme)))
        if theme.ref in THEME_PAGES:
            label = f"More on {plain(headlines.inside(theme.title))}"
            st.page_link(f"public/{theme.ref}.py", label=label, query_params=shown.address)


def draw_sides(found: Sides) -> None:
    """Draw three cards: what groups said, what public bodies said, and what both rest on."""
    groups, bodies, basis = st.columns(3)
    with groups.container(border=True, height="stretch"):
        draw_figure(found)
    with bodies.container(border=True, height="stretch"):
        _draw_bodies(found)
    if found.sector is not None:
        with basis.container(border=True, height="stretch"):
            _draw_basis(found.sector)


def _draw_bodies(found: Sides) -> None:
    rated = found.public.measure if found.public is not None else Measure.PRACTICE
    value = found.gap.public if found.gap is not None else None
    st.metric(f"Public bodies’ {MEASURES[rated]}", "–" if value is None else f"{value} / 100")
    if found.gap is not None:
        st.markdown(f"{plain(headlines.opening(headlines.gap_words(found.gap)))}.")
        st.markdown(f"From {found.gap.bodies_answered} of {found.gap.bodies_asked} public bodies.")
    elif found.public is not None:
        st.markdown("Each body’s own answer stands below. An average is only made for a gap.")


def _draw_basis(score: Score) -> None:
    st.metric("Groups that answered", "–" if score.answered is None else f"{score.answered} / {score.invited}")
    if score.share_high is not None:
        st.markdown(f"{score.share_high} of them said “mostly” or “fully”.")
    if score.low is not None:
        st.markdown(f"By chance alone, the score could be {range_words(score)}.")
    if score.shown is not None:
        st.markdown(f"Made from {score.shown} of its {score.asked} main promises.")


def draw_figure(found: Sides) -> None:
    """Draw what groups said, with the change in a word; in its place, why it is not shown."""
    practice = found.sector is not None and found.sector.measure is Measure.PRACTICE
    label = "Groups’ own practice" if practice else "Groups’ experience"
    if found.score is None:
        st.metric(label, "–")
        st.markdown(plain(score_words(found.sector).capitalize()))
        return
    st.metric(label, f"{found.score} / 100")
    draw_change(found.change, few=found.few)


def draw_change(change: Change | None, *, few: bool) -> None:
    """Draw a change as a word with a sign, and what it is measured against; colour only goes with the word."""
    word, against = headlines.change_parts(change, few=few)
    sign, colour = ("", "gray") if few or change is None else _SIGNS[change.direction]
    st.markdown(f":{colour}-badge[{sign}{plain(word)}] {plain(against)}")


def draw_mover(promise: Promise | None, shown: Shown, *, improved: bool) -> None:
    """Draw which promise improved most, or got worse most, with what that rests on."""
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{plain(headlines.mover_sentence(promise, improved=improved))}**")
        if promise is None:
            st.markdown("Picked from many, a change has to be surer than usual to be named.")
            return
        st.markdown(plain(headlines.change_sentence(promise.change)))
        links.draw_promise(promise, shown, label="Read this promise")
