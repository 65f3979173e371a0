"""Which actions the page shows: as they were published, or for those who may read them so, as they stand now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from charter import clock
from charter.actions.choices import may_keep_actions
from charter.actions.reading import ActionNow, read_actions
from charter.actions.recommendations import read_recommendations
from charter.actions.told import ActionTold, RecommendationTold
from charter.outcomes.owning import may_read_now
from charter.rules.access import Viewer
from charter.store import reading
from pages.ui import cached, keys
from pages.ui.opening import Shown

PUBLISHED, NOW = "As published", "As they stand now"


@dataclass(frozen=True)
class Seen:
    """What the page shows.

    Attributes:
        on: the day for which it is told what is overdue.
        actions: the actions, overdue first.
        recommendations: what committees recommended, the newest first.
        now: each action as it stands now, by reference; empty where they are shown as published.
        may_make: whether the viewer may make an action.
    """

    on: date
    actions: tuple[ActionTold, ...] = ()
    recommendations: tuple[RecommendationTold, ...] = ()
    now: Mapping[str, ActionNow] = field(default_factory=dict)
    may_make: bool = False

    def find(self, ref: str | None) -> ActionTold | None:
        """Give the action of a reference, or None where it is not among them."""
        return next((each for each in self.actions if each.ref == ref), None)


def choose(here: Viewer, shown: Shown | None) -> Seen:
    """Give the actions in the state that is wanted, with the switch between the two where there are two."""
    if not may_read_now(here):
        return _published(shown)
    with reading() as session:
        makes = may_keep_actions(session, viewer=here)
    if shown is not None and _wanted(NOW if makes else PUBLISHED) == PUBLISHED:
        return _published(shown)
    with reading() as session:
        found = {each.told.ref: each for each in read_actions(session, viewer=here)}
        said = read_recommendations(session, viewer=here)
    return Seen(clock.today(), tuple(each.told for each in found.values()), said, found, makes)


def _wanted(first: str) -> str:
    return st.segmented_control(
        "Which actions",
        (PUBLISHED, NOW),
        default=first,
        required=True,
        key=keys.ACTIONS_AS,
        label_visibility="collapsed",
    )


def _published(shown: Shown | None) -> Seen:
    if shown is None:
        return Seen(clock.today())
    on = clock.local(shown.release.published_at).date()
    return Seen(on, cached.actions(shown), cached.recommendations(shown))
