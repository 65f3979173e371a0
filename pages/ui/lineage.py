"""The parts of an earlier charter on the screen: what it held, list by list, and where each part lives on."""

from collections.abc import Sequence

import streamlit as st

from charter import lineage_words
from charter.catalogue.lineage import LineageFile
from charter.commitments import CommitmentListed
from charter.lineage_words import PartTold
from pages.ui import tables
from pages.ui.links import draw_columns
from pages.ui.opening import Shown
from pages.ui.plain import plain


def draw_parts(file: LineageFile, promises: Sequence[CommitmentListed], shown: Shown | None) -> None:
    """Draw what the earlier charter held, and one of its lists, which the reader chooses."""
    st.subheader("What it held, and what lives on", anchor=False)
    st.markdown(plain(lineage_words.held_sentence(file)))
    tables.draw(lineage_words.kinds_table(file), alt="How many parts of each kind it held, and how many live on")
    titles = lineage_words.list_titles(file)
    key = st.selectbox(
        "Read it list by list", list(titles), format_func=lambda key: titles[key], key="lineage_list", width=420
    )
    for part in lineage_words.parts_told(file, key, promises):
        with st.container(border=True, key=f"part_{part.ref}"):
            _draw_part(part, shown)
    st.page_link("public/actions.py", label="See the actions that were planned with it")


def draw_taken_up(file: LineageFile, promises: Sequence[CommitmentListed], *, earlier: str) -> None:
    """Draw which promises of the later charter carry on parts of the earlier one."""
    found = lineage_words.taken_up(file, promises)
    if not found:
        return
    title = f"Which of its promises carry on a part of “{earlier}”: {len(found)} do, in our reading"
    with st.expander(plain(title)):
        st.markdown("\n".join(f"- **{plain(promise.title)}**: {plain(parts)}" for promise, parts in found))


def _draw_part(part: PartTold, shown: Shown | None) -> None:
    st.markdown(f"**{plain(part.title)}.** {plain(part.summary)}")
    lives = "It lives on in:" if part.successors else "No later promise carries it on."
    st.markdown(f"Our reading: {plain(part.theme)}. {lives} {plain(part.note) if not part.successors else ''}".strip())
    if part.successors:
        draw_columns(part.successors, shown)
        if part.note:
            st.markdown(plain(part.note))
    st.caption(f"Source: {plain(part.source)}")
