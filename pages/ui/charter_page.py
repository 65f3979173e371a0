"""The parts of the page on the charters: their milestones, and each charter by itself."""

from collections.abc import Sequence

import streamlit as st

from charter import charter_words, clock
from charter.charters import CharterFound, MilestoneFound, SignatoryFound, StatementFound
from charter.charts import timeline
from charter.reports.drawings import ready
from db.types import StatementKind
from pages.ui import charts
from pages.ui.plain import plain


def draw_milestones(milestones: Sequence[MilestoneFound]) -> None:
    """Draw the milestones as a line of time, and as a table with their sources."""
    if not milestones:
        return
    first, last = milestones[0].happened_on.year, milestones[-1].happened_on.year
    frame = charter_words.milestone_frame(milestones)
    drawn = ready(
        timeline.lineage(frame, dark=charts.is_dark()),
        title=f"{len(milestones)} steps from {first} to {last}",
        subtitle="Each mark is as long as its date is uncertain: a day, a month or a year",
        words=timeline.lineage_words(frame),
        table=charter_words.milestone_table(milestones),
    )
    charts.draw_found(drawn, key="milestones", table="What happened, and how we know")


def draw_charter(
    charter: CharterFound, statements: Sequence[StatementFound], signatories: Sequence[SignatoryFound]
) -> None:
    """Draw one charter: what it is, how it came about, what is in it, who signed, and what is not held."""
    st.header(plain(charter.title), anchor=False)
    st.caption(plain(charter.official_title))
    st.markdown(f"**{plain(charter.summary)}**")
    st.markdown(plain(charter_words.state_sentence(charter)))
    if charter.not_held:
        st.info(plain(charter.not_held))
    st.markdown(plain(charter.how_it_came_about))
    st.markdown(plain(charter_words.adopted_sentence(charter)))
    _draw_list("What is in it", [s.text for s in _own(charter, statements, StatementKind.CONTENT)])
    _draw_signed(charter, [signed for signed in signatories if signed.charter_ref == charter.ref])
    achievements = _own(charter, statements, StatementKind.ACHIEVEMENT)
    if achievements:
        with st.expander(f"What was done already: {len(achievements)} examples that the source gives"):
            st.markdown("\n".join(f"- {plain(each.text)}" for each in achievements))


def _own(charter: CharterFound, statements: Sequence[StatementFound], kind: StatementKind) -> list[StatementFound]:
    return [each for each in statements if each.charter_ref == charter.ref and each.kind is kind]


def _draw_signed(charter: CharterFound, signatories: Sequence[SignatoryFound]) -> None:
    signed = [
        f"{each.name}, on {clock.day_in_words(each.signed_on)}" + (f", through {each.through}" if each.through else "")
        for each in signatories
    ]
    named = [name for name in charter.signed_by.split("; ") if name]
    _draw_list("Who signed", [*signed, *named])
    if not signed and not named:
        st.markdown("We do not hold who signed it.")


def _draw_list(title: str, parts: Sequence[str]) -> None:
    if parts:
        st.subheader(title, anchor=False)
        st.markdown("\n".join(f"- {plain(part)}" for part in parts))
