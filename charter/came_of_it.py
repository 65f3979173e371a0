"""What came of the charter, for the headlines: how outcomes stand, what is off track, and which actions are late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from charter.actions.recorded import action_records
from charter.actions.told import ActionTold
from charter.outcomes.counting import count_indicators
from charter.outcomes.overview import (
    counts_sentence,
    off_track,
    off_track_sentence,
    reported,
    route_of,
)
from charter.outcomes.recorded import RecordedIndicator, indicator_records
from charter.rules.outcomes import Counts


@dataclass(frozen=True)
class OffTrack:
    """An outcome that is off track: by how much, and how it gets back; empty where nobody has said so."""

    ref: str
    title: str
    how_far: str
    route: str


@dataclass(frozen=True)
class CameOfIt:
    """What came of the charter.

    Attributes:
        counts: how the outcomes stand that partners report.
        counted: the same as a sentence.
        off_track: those that are off track; those without a route to green first.
        actions: how many actions there are.
        overdue: how many of them are overdue.
    """

    counts: Counts
    counted: str
    off_track: tuple[OffTrack, ...]
    actions: int
    overdue: int


def came_of_it(indicators: Sequence[RecordedIndicator], actions: Sequence[ActionTold]) -> CameOfIt:
    """Sum up what a release holds of outcomes and actions, or would hold."""
    found = reported(indicators)
    return CameOfIt(
        counts=count_indicators(found),
        counted=counts_sentence(found),
        off_track=tuple(
            OffTrack(each.ref, each.title, off_track_sentence(each), route_of(each)) for each in off_track(found)
        ),
        actions=len(actions),
        overdue=sum(each.overdue for each in actions),
    )


def came_of_it_now(session: Session, *, on: date, made_up: bool) -> CameOfIt:
    """Sum up what a release would hold if it were published on a day. Who may see it is asked by those who call it.

    Args:
        session: a session.
        on: the day.
        made_up: whether it would be a made-up release.
    """
    indicators = [found for _, found in indicator_records(session, on, made_up)]
    return came_of_it(indicators, [found for _, found in action_records(session, on, made_up)])


def came_sentences(found: CameOfIt) -> tuple[str, ...]:
    """Say what came of it: outcomes on track, those off track with and without a route to green, late actions."""
    return tuple(said for said in (found.counted, off_track_words(found), overdue_words(found)) if said)


def off_track_words(found: CameOfIt) -> str:
    """Say how many outcomes are off track, and of how many nobody has said how they get back."""
    off = len(found.off_track)
    if not found.counts.with_status:
        return ""
    if not off:
        return "None is off track."
    missing = sum(not each.route for each in found.off_track)
    said = f"{off} {'is' if off == 1 else 'are'} off track"
    if not missing:
        return f"{said}, {'with a plan for how it gets' if off == 1 else 'each with a plan for how it gets'} back."
    whose = "" if missing == off else f"for {missing} of them "
    return f"{said}, and {whose}nobody has said yet how {'it gets' if missing == 1 else 'they get'} back."


def overdue_words(found: CameOfIt) -> str:
    """Say how many actions are overdue."""
    if not found.actions:
        return ""
    if found.actions == 1:
        return "The one action is overdue." if found.overdue else "The one action is not overdue."
    if not found.overdue:
        return f"None of the {found.actions} actions is overdue."
    return f"{found.overdue} of the {found.actions} actions {'is' if found.overdue == 1 else 'are'} overdue."
