"""Reference numbers, and a copy of what was sent: to read here, to print, and to download."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charter import clock
from charter.own.copies import CopiedAnswer, SentCopy, list_copies
from charter.own.organisations import OwnOrganisation
from charter.own.references import Reference, list_references
from charter.rules.access import Viewer
from charter.store import reading
from pages.ui import keys, tables
from pages.ui.plain import plain


def draw(who: Viewer, own: OwnOrganisation) -> None:
    """Draw both."""
    with reading() as session:
        references = list_references(session, viewer=who, organisation_id=own.id)
        copies = list_copies(session, viewer=who, organisation_id=own.id)
    st.header("Your reference numbers", anchor=False)
    st.markdown(f"Your organisation’s number is **{plain(own.ref)}**. Say it when you ask the coordinator something.")
    tables.draw(_reference_table(references), alt="Your reference numbers")
    st.header("A copy of what you sent", anchor=False)
    if not copies:
        st.markdown("Here you will find a copy of your answers once you have sent them. Nothing is sent at the moment.")
        st.page_link("partner/self_assessment.py", label="Go to the self-assessment")
        return
    if who.invited is not None:
        st.markdown("Your link opens this page until the review closes. Keep a copy now if you want one later.")
    _draw_copy(_chosen(copies))


def _reference_table(references: Sequence[Reference]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Review": [each.period_title for each in references],
            "Reference": [each.ref for each in references],
            "State": [_state(each) for each in references],
        },
        dtype=str,
    )


def _state(reference: Reference) -> str:
    if reference.sent_at is None:
        return reference.words
    return f"{reference.words} ({clock.moment_in_words(reference.sent_at)})"


def _chosen(copies: Sequence[SentCopy]) -> SentCopy:
    if len(copies) == 1:
        return copies[0]
    titles = {copy.ref: copy.period_title for copy in copies}
    # By organisation, as another one's references are not among these.
    key = f"{keys.OWN_COPY}_{copies[0].organisation_ref}"
    chosen = st.selectbox(
        "Which review", list(titles), format_func=lambda ref: titles.get(ref) or "", key=key, width=420
    )
    return next(copy for copy in copies if copy.ref == chosen)


def _draw_copy(copy: SentCopy) -> None:
    said = [f"Reference **{plain(copy.ref)}**"]
    if copy.sent_at:
        said.append(f"sent on {clock.moment_in_words(copy.sent_at)}")
    if copy.declared_by:
        said.append(f"by {plain(copy.declared_by)}")
    st.markdown(f"{' '.join(said)}. {plain(copy.assisted)}")
    with st.container(horizontal=True):
        st.link_button("Open a copy to print", f"/files/my-answers/{copy.ref}")
        st.link_button("Download for a spreadsheet", f"/files/my-answers/{copy.ref}?as=csv")
    with st.expander("Read it here"):
        st.markdown("Questions that were left blank are not listed.")
        for theme, answers in copy.themes:
            st.subheader(plain(theme), anchor=False)
            tables.draw(_answer_table(answers), alt=f"Your answers on {theme}")


def _answer_table(answers: Sequence[CopiedAnswer]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"Question": [each.question for each in answers], "Your answer": [each.answer for each in answers]}, dtype=str
    )
    if any(each.comment for each in answers):
        frame["Comment"] = [_comment(each) for each in answers]
    return frame


def _comment(answer: CopiedAnswer) -> str:
    return f"{answer.comment} ({answer.quoted})" if answer.quoted else answer.comment
