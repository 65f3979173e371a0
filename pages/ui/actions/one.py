"""One action: what it is, what it came from, what changed, and for those who keep it the forms."""

from collections.abc import Mapping

import streamlit as st

from charter import clock
from charter.action_words import cause_words, changes, doers_words, late_words
from charter.actions.told import ActionTold, Cause, CauseKind
from charter.evidence.citations import evidence_of_action
from charter.headlines import opening
from charter.promising_words import due_words
from charter.rules.access import Viewer
from charter.store import reading
from charter.words import ACTION_STATUSES, MADE_UP_MARK
from pages.ui.actions import changing
from pages.ui.actions.board import PAGE
from pages.ui.actions.seen import Seen
from pages.ui.evidence import cited
from pages.ui.plain import plain

_PAGES: Mapping[CauseKind, str] = {
    CauseKind.PROMISE: "public/commitment.py",
    CauseKind.COMMITMENT: "public/commitment.py",
    CauseKind.INDICATOR: "public/indicator.py",
    CauseKind.CONCERN: "partner/concerns.py",
}


def draw(here: Viewer, told: ActionTold, seen: Seen, address: Mapping[str, str]) -> None:
    """Draw an action.

    Args:
        here: who looks.
        told: the action.
        seen: what the page shows.
        address: what has to stand in an address to show the same release.
    """
    now = seen.now.get(told.ref)
    st.page_link(PAGE, label="All actions", query_params=dict(address))
    mark = f" {MADE_UP_MARK}" if now is not None and now.made_up and MADE_UP_MARK not in told.keeper else ""
    st.header(plain(f"{told.heading}{mark}"), anchor=False)
    late = late_words(told, on=seen.on)
    st.markdown(f"**{plain(ACTION_STATUSES[told.status])}{f' · {late}' if late else ''}**")
    _draw_facts(told)
    for words in (told.details, told.notes):
        for paragraph in filter(None, (each.strip() for each in words.split("\n"))):
            st.markdown(plain(paragraph))
    _draw_causes(told, address)
    with reading() as session:
        items = evidence_of_action(session, viewer=here, action_ref=told.ref)
    if items:
        st.subheader("Evidence", anchor=False)
        cited.draw(items)
    _draw_changes(told)
    if now is not None:
        changing.draw(here, now)


def _draw_facts(told: ActionTold) -> None:
    facts = [f"**Who:** {plain(doers_words(told.doers))}"] if told.doers else []
    facts.append(f"**By when:** {plain(opening(due_words(told.due_on, told.due_precision)))}")
    if told.keeper and told.doers != (told.keeper,):
        facts.append(f"**Kept up to date by:** {plain(told.keeper)}")
    facts.append(f"**Last changed:** {clock.day_in_words(told.changed_on)}")
    st.markdown("\n".join(f"- {fact}" for fact in facts))


def _draw_causes(told: ActionTold, address: Mapping[str, str]) -> None:
    if not told.causes:
        return
    st.subheader("What it came from", anchor=False)
    with st.container(gap=None):
        for cause in told.causes:
            _draw_cause(cause, address)


def _draw_cause(cause: Cause, address: Mapping[str, str]) -> None:
    page = _PAGES.get(cause.kind)
    if page is None:
        st.markdown(plain(cause_words(cause)))
        return
    query = {"ref": cause.ref} if cause.kind is CauseKind.CONCERN else {**address, "ref": cause.ref}
    st.page_link(page, label=plain(cause_words(cause)), query_params=query)


def _draw_changes(told: ActionTold) -> None:
    found = changes(told)
    with st.expander(f"What changed ({len(found)})"):
        if not found:
            st.markdown("Nothing changed since it was made.")
        said = [f"- **{clock.day_in_words(day)}:** {plain(words)}" for day, words in found]
        made = f"- **{clock.day_in_words(told.made_on)}:** it was made."
        st.markdown("\n".join([*said, made]))
