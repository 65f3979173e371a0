"""A review that has closed: its figures as they would be published, the words, early sharing, and publishing."""

import streamlit as st

from charter import heard, preview_words
from charter.came_of_it import came_sentences
from charter.lowest import lowest_commitments
from charter.periods import PeriodFound
from charter.previewing import Preview, read_preview
from charter.publishing import start_publishing
from charter.reports.drawings import of_response
from charter.rules.access import Viewer
from charter.store import reading
from charter.texts import read_texts
from db.types import Breakdown, ReleaseTextKind
from pages.ui import charts, tables, viewer
from pages.ui.plain import plain
from pages.ui.publishing import progress, sharing, words
from pages.ui.running import acting, choosing

_PARTS = {"check": "Check", "words": "Words", "share": "Share early", "publish": "Publish"}


def draw(here: Viewer, period: PeriodFound) -> None:
    """Draw the part that the address asks for."""
    match choosing.chosen_part(_PARTS):
        case "words":
            words.draw(here, period)
        case "share":
            sharing.draw(here, period)
        case "publish":
            _draw_publish(here, period)
        case _:
            _draw_check(_preview(here, period))


def _preview(here: Viewer, period: PeriodFound) -> Preview:
    with st.spinner("Making the figures"), reading() as session:
        return read_preview(session, viewer=here, period_ref=period.ref)


def _draw_check(preview: Preview) -> None:
    figures = preview.figures
    st.markdown("These are the figures as they would be published now. Only those who run the review see this page.")
    st.header("Who answered", anchor=False)
    _draw_list(preview_words.answered_sentences(preview.who))
    _draw_response(preview)
    st.header("The figures", anchor=False)
    tables.draw(preview_words.theme_table(figures), alt="Each theme: both sides and the gap")
    with st.expander("Every promise"):
        tables.draw(preview_words.promise_table(figures), alt="Each promise: both sides and the gap")
    st.header("What is hidden, and why", anchor=False)
    _draw_list(preview_words.hidden_sentences(figures))
    hidden = preview_words.hidden_table(figures)
    if len(hidden):
        with st.expander("Every hidden score"):
            tables.draw(hidden, alt="Every hidden score with the reason")
    st.header("What changed since the review before", anchor=False)
    _draw_list(preview_words.changed_sentences(figures))
    st.header("What came of it", anchor=False)
    _draw_list(came_sentences(preview.came))


def _draw_response(preview: Preview) -> None:
    """Draw the response by income, kind and ward as the public page will."""
    who = heard.wards_together(preview.who, threshold=preview.period.threshold)
    for group in (Breakdown.INCOME, Breakdown.KIND, Breakdown.WARD):
        found = of_response(who, group, period=preview.period.title, dark=charts.is_dark())
        if found is not None:
            charts.draw_found(found, key=f"response_{group}", header=False)


def _draw_publish(here: Viewer, period: PeriodFound) -> None:
    preview = _preview(here, period)
    with reading() as session:
        lowest = lowest_commitments(session, viewer=here, period_ref=period.ref)
        texts = read_texts(session, viewer=here, period_ref=period.ref)
    written = {text.kind for text in texts if text.words}
    replied = [text.organisation for text in texts if text.words and text.kind is ReleaseTextKind.RIGHT_OF_REPLY]
    st.header("Before you publish", anchor=False)
    said = [*preview_words.answered_sentences(preview.who), *preview_words.waiting_sentences(lowest, replied)]
    if ReleaseTextKind.WHAT_IT_MEANS not in written:
        said.append("You have not written what it means.")
    if ReleaseTextKind.DECISIONS_ASKED not in written:
        said.append("You have not written which decisions are asked.")
    _draw_list(said)
    acting.confirmed(
        "Publish this review",
        name=f"publish_{period.ref}",
        warning=(
            f"Publishing makes the figures of {plain(period.title)} public and keeps them for good. They can be "
            "corrected later, with a reason that everyone sees. Nobody’s answers can be changed after it."
        ),
        yes="Yes, publish now",
        act=lambda: _publish(period.ref),
    )


def _publish(ref: str) -> None:
    progress.start(lambda session: start_publishing(session, viewer=viewer.current(), ref=ref))


def _draw_list(said: list[str] | tuple[str, ...]) -> None:
    st.markdown("\n".join(f"- {plain(each)}" for each in said))
