"""Published promises, replies and texts, and who had early access."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from charter import promising_words
from charter.published.answers import PublishedText
from charter.published.words import Looked, PublishedPromise
from charter.words import TEXT_KINDS
from db.types import ReleaseTextKind
from pages.ui.opening import Shown
from pages.ui.plain import plain


def draw_now(promises: Sequence[PublishedPromise], shown: Shown) -> None:
    """Draw a review's promises, theme by theme, each beside the score that it answers."""
    for _, of_theme in groupby(promises, key=lambda promise: promise.theme_ref):
        found = list(of_theme)
        st.header(plain(found[0].theme_title), anchor=False)
        for promise in found:
            with st.container(border=True):
                _draw_one(promise, shown)


def draw_before(promises: Sequence[PublishedPromise]) -> None:
    """Draw the promises of the review before, with what became of each."""
    for promise in promises:
        with st.container(border=True):
            st.markdown(f"**{plain(promising_words.done_words(promise))}**")
            st.markdown(f"{plain(promise.organisation)} said that it will {plain(promise.we_will)}")
            st.markdown(plain(promising_words.action_words(promise)))


def draw_replies(texts: Sequence[PublishedText]) -> None:
    """Draw what public bodies reply to their figures; without any, nothing."""
    replies = [text for text in texts if text.kind is ReleaseTextKind.RIGHT_OF_REPLY]
    if not replies:
        return
    st.header(TEXT_KINDS[ReleaseTextKind.RIGHT_OF_REPLY], anchor=False)
    st.markdown("Each public body saw its own figures before they were published, and could reply in its own words.")
    for reply in replies:
        st.subheader(plain(reply.organisation), anchor=False)
        _draw_words(reply.words)


def draw_early_access(looked: Sequence[Looked]) -> None:
    """Draw who could see the figures before they were published, and when they first looked."""
    st.header("Who saw the figures early", anchor=False)
    if not looked:
        st.markdown("Nobody was shown these figures before they were published, but those who prepared them.")
        return
    st.markdown("These people could see figures before they were published, beside those who prepared them.")
    st.markdown("\n".join(f"- {plain(promising_words.looked_words(each))}" for each in looked))


def draw_texts(texts: Sequence[PublishedText]) -> None:
    """Draw the coordinator's words: what it means, and the decisions asked; without any, nothing."""
    for kind in (ReleaseTextKind.WHAT_IT_MEANS, ReleaseTextKind.DECISIONS_ASKED):
        for text in texts:
            if text.kind is kind:
                st.header(TEXT_KINDS[kind], anchor=False)
                _draw_words(text.words)


def _draw_one(promise: PublishedPromise, shown: Shown) -> None:
    st.markdown(f"You said: **{plain(promise.title)}.** {plain(promising_words.score_said(promise))}")
    st.markdown(f"{plain(promise.organisation)} will: **{plain(promise.we_will)}**")
    st.markdown(plain(promising_words.action_words(promise)))
    st.page_link("public/commitment.py", label="Read this promise", query_params={"ref": promise.ref, **shown.address})


def _draw_words(words: str) -> None:
    """Draw what somebody wrote, paragraph by paragraph, as plain text."""
    for paragraph in filter(None, (line.strip() for line in words.split("\n"))):
        st.markdown(plain(paragraph))
