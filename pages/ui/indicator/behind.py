"""What stands behind an indicator: the promises that it speaks to, what it means, and what came before."""

import streamlit as st

from charter import clock
from charter.outcomes.facts import IndicatorFacts, Numbered
from charter.outcomes.promises import promise_line
from charter.outcomes.recorded import RecordedIndicator
from charter.words import MADE_UP_MARK
from pages.ui import cached
from pages.ui.opening import Shown
from pages.ui.plain import plain

_COMMITMENT = "public/commitment.py"
_FIELDS = {
    "What is counted, and how": "definition",
    "Where the figures come from": "source",
    "Who or what they cover": "coverage",
    "What they do not tell": "limits",
    "Why it is worth having": "why",
}


def draw(found: RecordedIndicator, shown: Shown | None) -> None:
    """Draw the promises with how they score in the release, the definition sheet, and the earlier ones."""
    _draw_promises(found, shown)
    if found.sheets:
        st.header("What it means", anchor=False)
        _draw_sheet(found.sheets[0])
    if len(found.sheets) > 1:
        with st.expander(f"What it meant before ({len(found.sheets) - 1})"):
            for each in found.sheets[1:]:
                written = clock.day_in_words(clock.local(each.written_at).date())
                st.markdown(f"**Written on {written}**")
                _draw_sheet(each)
    st.page_link("public/indicator.py", label="Every outcome", query_params=shown.address if shown else None)


def _draw_promises(found: IndicatorFacts, shown: Shown | None) -> None:
    titles = {each.ref: each.title for each in cached.commitments()}
    known = [ref for ref in found.commitments if ref in titles]
    if not known:
        return
    st.header("Which promises it speaks to", anchor=False)
    figures = cached.figures(shown) if shown is not None else None
    if shown is not None:
        mark = f" {MADE_UP_MARK}" if shown.release.made_up else ""
        st.caption(plain(f"How they score is from the {shown.period}{mark}."))
    for ref in known:
        promise = figures.promise(ref) if figures is not None else None
        address = shown.address if shown is not None else {}
        with st.container(gap=None):
            st.page_link(_COMMITMENT, label=plain(titles[ref]), query_params={"ref": ref, **address})
            if promise is not None:
                st.caption(plain(promise_line(promise)))


def _draw_sheet(numbered: Numbered) -> None:
    said = [(label, getattr(numbered.sheet, name)) for label, name in _FIELDS.items()]
    st.markdown("\n".join(f"- **{label}:** {plain(words)}" for label, words in said if words))
