"""One item of evidence: what it is, where it can be read, what it speaks of, and what it is evidence for."""

import streamlit as st

from charter.evidence.citations import Citations, answers_citing, cited_by
from charter.evidence.reading import EvidenceFound, find_evidence
from charter.evidence.words import SEEN_BY_NOW, about_words, file_words
from charter.outcome_words import span_words
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError
from charter.store import reading
from pages.ui.assessment.evidence import address_of_file
from pages.ui.evidence import changing
from pages.ui.evidence.listing import PAGE, draw_tags
from pages.ui.plain import plain
from pages.ui.running import acting


def draw(who: Viewer, ref: str) -> None:
    """Draw the item, or say that there is none that this viewer may see."""
    found = _found(who, ref)
    if found is None:
        st.title("Evidence", anchor=False)
        acting.draw_message()
        st.warning("There is no such item, or its owner does not show it to you. Nothing was changed.")
    else:
        item, cited, answers = found
        st.title(plain(item.title), anchor=False)
        acting.draw_message()
        _draw_facts(item)
        _draw_cited(cited, answers)
        if item.may_change:
            changing.draw(who, item, cited)
    st.page_link(PAGE, label="All evidence")


def _found(who: Viewer, ref: str) -> tuple[EvidenceFound, Citations, tuple[tuple[str, str], ...]] | None:
    try:
        with reading() as session:
            item = find_evidence(session, viewer=who, ref=ref)
            return item, cited_by(session, viewer=who, item=item), answers_citing(session, viewer=who, item=item)
    except NotFoundError:
        return None


def _draw_facts(item: EvidenceFound) -> None:
    st.caption(plain(f"{item.ref} · {about_words(item)}"))
    st.markdown(f"It is {SEEN_BY_NOW[item.fields.seen_by]}.")
    draw_tags(item)
    with st.container(horizontal=True):
        if item.file is not None:
            label = f"Download “{item.file.name}” ({file_words(item.file)})"
            st.link_button(plain(label), address_of_file(item), wrap=True)
        if item.link:
            st.link_button("Read it on the web", item.link)
    if item.file is None and not item.link:
        st.markdown("There is neither a file nor a link: ask its owner for it.")
    elif item.file is not None:
        st.caption("The file is as its owner sent it. What is in it was not checked by this site.")


def _draw_cited(cited: Citations, answers: tuple[tuple[str, str], ...]) -> None:
    if not (cited.values or cited.actions or answers):
        return
    st.header("What it is evidence for", anchor=False)
    if answers:
        said = [f"The answer to “{promise}”, {period}" for period, promise in answers]
        st.markdown("\n".join(f"- {plain(each)}" for each in said))
    with st.container(gap=None, key="speaks_for"):
        for value in cited.values:
            label = plain(f"Reported: {value.title}, {span_words(value.span)}")
            st.page_link("public/indicator.py", label=label, query_params={"ref": value.indicator_ref})
        for action in cited.actions:
            label = plain(f"Action: {action.heading}")
            st.page_link("public/actions.py", label=label, query_params={"ref": action.ref})
