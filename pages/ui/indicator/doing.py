"""What is done about an indicator: the actions that came from it, and the evidence that its figures rest on."""

import streamlit as st

from charter.action_words import line
from charter.actions.reading import read_actions
from charter.actions.told import ActionTold, CauseKind
from charter.evidence.citations import evidence_of_indicator
from charter.outcomes.recorded import RecordedIndicator
from charter.rules.access import Viewer
from charter.store import reading
from charter.words import ACTION_STATUSES
from pages.ui import cached
from pages.ui.evidence import cited
from pages.ui.opening import Shown
from pages.ui.plain import plain

_ACTIONS = "public/actions.py"


def draw(who: Viewer, found: RecordedIndicator, shown: Shown | None, *, as_now: bool) -> None:
    """Draw the actions, as they were published or as they stand now, and the evidence that the viewer may see."""
    actions = [each for each in _told(who, shown, as_now=as_now) if _came_from(each, found.ref)]
    if actions:
        st.header("What is done about it", anchor=False)
    for each in actions:
        address = {} if shown is None or as_now else shown.address
        with st.container(gap=None, key=f"doing_{each.ref}"):
            st.page_link(_ACTIONS, label=plain(each.heading), query_params={**address, "ref": each.ref})
            st.caption(plain(f"{ACTION_STATUSES[each.status]} · {line(each)}"))
    with reading() as session:
        items = evidence_of_indicator(session, viewer=who, indicator_ref=found.ref)
    if items:
        st.header("What its figures rest on", anchor=False)
        cited.draw(items)


def _told(who: Viewer, shown: Shown | None, *, as_now: bool) -> tuple[ActionTold, ...]:
    if not as_now:
        return cached.actions(shown) if shown is not None else ()
    with reading() as session:
        return tuple(each.told for each in read_actions(session, viewer=who))


def _came_from(told: ActionTold, ref: str) -> bool:
    return any(cause.kind is CauseKind.INDICATOR and cause.ref == ref for cause in told.causes)
