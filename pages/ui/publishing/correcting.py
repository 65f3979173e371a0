"""Putting a published review right: what would change in public, the reason, and the press that has it published."""

import streamlit as st

from charter import correction_words
from charter.correction_preview import CorrectionPreview, preview_correction
from charter.corrections import REASON_LIMIT
from charter.publishing import start_correction
from charter.releases import ReleaseFound
from charter.rules.access import Viewer
from charter.rules.refusals import RefusedError
from charter.store import reading
from pages.ui import keys, tables, viewer
from pages.ui.plain import plain
from pages.ui.publishing import progress, retyping
from pages.ui.running import acting

_MOST_ROWS = 12  # figures that change and are shown at once; more are behind a line that opens


def draw(here: Viewer, release: ReleaseFound) -> None:
    """Draw everything about the next correction of a review's newest release."""
    st.header("Put it right", anchor=False)
    st.markdown(
        f"A correction is a new release. Release {plain(release.ref)} stays readable at its address, and says why it "
        "was corrected.\n"
        "- Public bodies’ answers, promises and all words are taken as they are now.\n"
        "- Groups’ answers stay as they were published, but for those that you put right below."
    )
    retyping.draw(here, release)
    st.header("Publish the correction", anchor=False)
    key = f"correct_reason_{release.ref}"
    st.text_area("The reason, for everyone to read", key=key, max_chars=REASON_LIMIT, height=100, persist_state="page")
    name = f"correct_{release.ref}"
    if st.session_state.get(keys.CONFIRM) == name:
        _draw_changes(here, release)
    acting.confirmed(
        "See what will change, then publish",
        name=name,
        warning=(
            "The correction is made public with your reason at the top of every page. "
            f"Release {plain(release.ref)} stays readable at its address."
        ),
        yes="Yes, publish the correction",
        act=lambda: _correct(release.ref, key),
    )


def _draw_changes(here: Viewer, release: ReleaseFound) -> None:
    st.subheader("What will change for everyone", anchor=False)
    try:
        with st.spinner("Making the figures"), reading() as session:
            found = preview_correction(session, viewer=here, ref=release.ref, retyped=retyping.gathered(release.ref))
    except RefusedError as refusal:
        st.error(plain(str(refusal)))
        return
    _draw_found(found)


def _draw_found(found: CorrectionPreview) -> None:
    figures = correction_words.figures_table(found)
    said = (
        *correction_words.figures_sentences(figures),
        *correction_words.body_sentences(found),
        *correction_words.words_sentences(found),
    )
    st.markdown("\n".join(f"- {plain(each)}" for each in said))
    alt = "Every public figure that changes, now and after the correction"
    if len(figures) > _MOST_ROWS:
        with st.expander(f"All {len(figures)} figures that change"):
            tables.draw(figures, alt=alt)
    else:
        tables.draw(figures, alt=alt)


def _correct(ref: str, key: str) -> None:
    reason = str(st.session_state.get(key) or "")
    progress.start(
        lambda session: start_correction(
            session, viewer=viewer.current(), ref=ref, reason=reason, retyped=retyping.gathered(ref)
        )
    )
