"""What committees recommended, with what became of it, and the coordinator's form."""

from collections.abc import Mapping, Sequence

import streamlit as st

from charter import clock
from charter.action_words import became_sentence
from charter.actions.recommendations import (
    COMMITTEE_LIMIT,
    SOURCE_LIMIT,
    RecommendationFields,
    correct_recommendation,
    record_recommendation,
)
from charter.actions.told import RecommendationTold
from charter.outcomes.typed_values import WORDS_LIMIT
from charter.store import Session
from charter.words import ACTION_STATUSES
from pages.ui import viewer
from pages.ui.actions.board import PAGE
from pages.ui.keeping.saving import day_field, day_or_today, fresh, save
from pages.ui.plain import plain


def draw(found: Sequence[RecommendationTold], *, address: Mapping[str, str]) -> None:
    """Draw each recommendation with the actions that came from it; without any, the words that say so."""
    st.header("What committees recommended", anchor=False)
    if not found:
        st.markdown(
            "No committee has recommended anything yet. What one recommends is shown here, with what became of it."
        )
    for each in found:
        with st.container(border=True, key=f"recommendation_{each.ref}"):
            st.markdown(f"**{plain(each.committee)}, {clock.day_in_words(each.made_on)}:** {plain(each.words)}")
            if each.source:
                st.caption(plain(each.source))
            st.markdown(plain(became_sentence(each.actions)))
            with st.container(gap=None):
                for action in each.actions:
                    label = f"{plain(action.heading)} ({plain(ACTION_STATUSES[action.status])})"
                    st.page_link(PAGE, label=label, query_params={**address, "ref": action.ref})


def draw_forms(found: Sequence[RecommendationTold]) -> None:
    """Draw the form that takes a recommendation down, and one for each that puts it right."""
    st.markdown("Write down what a committee recommended. Then make an action, and say that it comes from it.")
    _draw_form(None)
    for each in found:
        with st.expander(f"Put right: {plain(each.committee)}, {clock.day_in_words(each.made_on)}"):
            _draw_form(each)


def _draw_form(now: RecommendationTold | None) -> None:
    name = fresh(f"recommendation_form_{now.ref if now else 'new'}")
    with st.form(name, border=False, width=620):
        committee = st.text_input(
            "Committee", now.committee if now else "", key=f"{name}_committee", max_chars=COMMITTEE_LIMIT
        )
        made_on = day_field("Day of the meeting", now.made_on if now else clock.today(), key=f"{name}_day")
        words = st.text_area(
            "What it recommended", now.words if now else "", key=f"{name}_words", max_chars=WORDS_LIMIT, height=100
        )
        source = st.text_input(
            "Where this is written, such as the minutes. You need not say.",
            now.source if now else "",
            key=f"{name}_source",
            max_chars=SOURCE_LIMIT,
        )
        pressed = st.form_submit_button("Save the correction" if now else "Save this recommendation")
    if pressed:
        given = RecommendationFields(committee or "", day_or_today(made_on), words or "", source or "")
        save(lambda session: _save(session, now, given))


def _save(session: Session, now: RecommendationTold | None, given: RecommendationFields) -> str:
    if now is None:
        record_recommendation(session, viewer=viewer.current(), fields=given)
        return f"The recommendation of {given.committee.strip()} is saved."
    correct_recommendation(session, viewer=viewer.current(), ref=now.ref, fields=given)
    return f"The recommendation of {given.committee.strip()} is put right."
