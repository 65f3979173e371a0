"""Which indicator the page is about, and in which state: as published, as its sources state it, or as it stands now."""

from dataclasses import dataclass

import streamlit as st

from charter.outcomes.now import indicators_now
from charter.outcomes.owning import may_read_now, may_report
from charter.outcomes.recorded import RecordedIndicator
from charter.rules.access import Viewer
from charter.store import reading
from pages.ui import cached, keys
from pages.ui.opening import Shown

PUBLISHED, NOW = "As published", "As it stands now"


@dataclass(frozen=True)
class Seen:
    """What a viewer may see of the indicator that the address names.

    Attributes:
        ref: the reference in the address, or None.
        now: how it stands now, for those who may read that.
        may_report: whether the viewer may change it.
    """

    ref: str | None
    now: RecordedIndicator | None
    may_report: bool

    def published(self, shown: Shown | None) -> RecordedIndicator | None:
        """Give what a release holds of it, or else what its sources state, which waits for no release."""
        released = cached.indicators(shown) if shown is not None else ()
        return next((each for each in (*released, *cached.stated_indicators()) if each.ref == self.ref), None)

    def title(self, shown: Shown | None) -> str:
        """Give what it is called, or what the page is called where it is about none."""
        found = self.now if self.may_report else self.published(shown) or self.now
        return found.title if found is not None else "Every outcome"


def find(who: Viewer, ref: str | None) -> Seen:
    """Read what a viewer may see of an indicator before it is published."""
    if ref is None or not may_read_now(who):
        return Seen(ref, None, may_report=False)
    with reading() as session:
        found = next(iter(indicators_now(session, viewer=who, ref=ref)), None)
        may = found is not None and may_report(session, viewer=who, owner_ref=found.owner_ref)
    return Seen(ref, found, may)


def in_release(found: RecordedIndicator, shown: Shown | None, *, as_now: bool) -> Shown | None:
    """Give the release that an indicator stands in as it is shown, or None where it stands in none."""
    if shown is None or as_now:
        return None
    return shown if found in cached.indicators(shown) else None


def choose(seen: Seen, shown: Shown | None) -> tuple[RecordedIndicator | None, bool]:
    """Give it in the state that is wanted, and whether that is now, with the switch where there is a choice."""
    published = seen.published(shown)
    if seen.now is None or published is None:
        if seen.now is not None:
            st.info("This is not published yet. Those who take part in the charter can see it before.")
        return published or seen.now, published is None
    wanted = st.segmented_control(
        "Which figures",
        (PUBLISHED, NOW),
        default=NOW if seen.may_report else PUBLISHED,
        required=True,
        key=f"{keys.OUTCOME_AS}_{seen.ref}",
        label_visibility="collapsed",
    )
    return (seen.now, True) if wanted == NOW else (published, False)
