"""The page of one promise: its words, what each side says of it, and where it comes from."""

import streamlit as st

from charter import headlines, promise_words
from charter.commitments import CommitmentFound
from charter.published import tables as figures_as
from charter.published.figures import Promise
from charter.words import MEASURES
from db.types import OwedBy
from pages.ui import cached, cards, charts, tables
from pages.ui.opening import Shown
from pages.ui.plain import plain


def draw_figures(promise: Promise, shown: Shown) -> None:
    """Draw what a release says of a promise."""
    cards.draw_sides(promise)
    if promise.sector is not None:
        st.markdown(plain(headlines.change_sentence(promise.change)))
    st.header("Each public body’s answer", anchor=False)
    answers = cached.body_answers(shown, promise.ref)
    if answers:
        tables.draw(figures_as.body_table(answers), alt="Each public body’s answer")
    else:
        st.markdown("No public body was asked.")
    if promise.sector is None:
        st.markdown("Groups cannot see this promise being kept, so they were not asked about it.")
        return
    st.header("By kind of group", anchor=False)
    charts.draw(shown, "by_kind", promise.ref, header=False)
    st.header("By yearly income", anchor=False)
    charts.draw(shown, "by_income", promise.ref, header=False)
    st.header("Over the reviews", anchor=False)
    charts.draw(shown, "over_periods", promise.ref, header=False)


def draw_text(found: CommitmentFound) -> None:
    """Draw a promise's words: what is asked, who owes it, its source, and our reading."""
    st.header("What is asked", anchor=False)
    for measure, question in promise_words.questions(found.newest, all_owe=found.newest.owed_by is OwedBy.ALL_PARTNERS):
        st.markdown(f"**{MEASURES[measure].capitalize()}:** {plain(question)}")
    st.header("Who owes it", anchor=False)
    st.markdown("\n".join(f"- {plain(each)}" for each in promise_words.owed_words(found)))
    st.markdown(plain(promise_words.kept_words(found)))
    st.header("Where it comes from", anchor=False)
    st.markdown(plain(promise_words.source_sentence(found.newest)))
    st.markdown("The words above are our own, in plain English.")
    if readings := promise_words.readings(found):
        st.subheader("Our reading", anchor=False)
        st.markdown("\n".join(f"- {plain(reading)}" for reading in readings))
    if earlier := promise_words.versions(found):
        st.subheader("Earlier wordings", anchor=False)
        st.markdown("\n".join(f"- {plain(version)}" for version in earlier))
