"""Which outcomes the page speaks of: as a release holds them, or as they stand now for those who may read that."""

from dataclasses import dataclass

import streamlit as st

from charter.outcomes import overview
from charter.outcomes.now import indicators_now
from charter.outcomes.owning import may_read_now
from charter.outcomes.recorded import RecordedIndicator
from charter.rules.access import Viewer
from charter.store import reading
from pages.ui import cached, keys
from pages.ui.opening import Shown

PUBLISHED, NOW = "As published", "As it stands now"


@dataclass(frozen=True)
class Seen:
    """The outcomes to show.

    Attributes:
        found: those that partners report, by theme.
        agenda: those that would be worth having.
        shown: the release that they are of, or None where they are as they stand now.
    """

    found: tuple[RecordedIndicator, ...]
    agenda: tuple[RecordedIndicator, ...]
    shown: Shown | None


def choose(who: Viewer, shown: Shown | None) -> Seen | None:
    """Give the outcomes that are wanted, with the switch for those who have the choice; None where none are open."""
    if may_read_now(who):
        if shown is None:
            st.info("These outcomes are not published yet. Those who take part in the charter can see them before.")
            return _now(who, made_up=False)
        wanted = st.segmented_control(
            "Which figures",
            (PUBLISHED, NOW),
            default=PUBLISHED,
            required=True,
            key=keys.OUTCOME_AS,
            label_visibility="collapsed",
        )
        if wanted == NOW:
            return _now(who, made_up=shown.release.made_up)
    return None if shown is None else _seen(cached.indicators(shown), shown)


def _now(who: Viewer, *, made_up: bool) -> Seen:
    with reading() as session:
        found = indicators_now(session, viewer=who)
    return _seen(tuple(each for each in found if each.made_up is made_up), None)


def _seen(found: tuple[RecordedIndicator, ...], shown: Shown | None) -> Seen:
    return Seen(overview.reported(found), overview.agenda(found), shown)
