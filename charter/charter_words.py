"""What is told of the charters: how each follows from the one before, when it was adopted, and what is not held."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from charter import clock
from charter.charters import CharterFound, MilestoneFound
from charter.words import CHARTER_STATES, listed
from db.types import CharterState, Precision


def lineage_sentences(charters: Sequence[CharterFound]) -> tuple[str, ...]:
    """Say what is assessed, what it follows, and of which charters no text is held.

    Args:
        charters: every charter, the oldest first; at least one.
    """
    assessed = [charter for charter in charters if charter.state is CharterState.ASSESSED]
    said = [f"What this review asks about: {listed([charter.title for charter in assessed])}."] if assessed else []
    line = [f"{charter.title} ({charter.adopted_on.year})" for charter in charters]
    if len(line) > 1:
        said.append(f"It stands in a line: {', then '.join(line)}.")
    said += [f"{charter.title}: {charter.not_held}" for charter in charters if charter.not_held]
    return tuple(said)


def adopted_sentence(charter: CharterFound) -> str:
    """Say when a charter was adopted, by whom, and what is not known of that."""
    when = as_known(charter.adopted_on, charter.adopted_precision)
    on = "on" if charter.adopted_precision is Precision.DAY else "in"
    note = f" {charter.adoption_note}" if charter.adoption_note else ""
    return f"Adopted {on} {when}. By: {charter.adopted_by}.{note}"


def state_sentence(charter: CharterFound) -> str:
    """Say what a charter is here for, and which one it follows."""
    follows = f" It follows {charter.follows}." if charter.follows else ""
    return f"{charter.kind}: {CHARTER_STATES[charter.state]}.{follows}"


def milestone_frame(milestones: Sequence[MilestoneFound]) -> pd.DataFrame:
    """Give what `lineage` draws: a row a milestone."""
    return pd.DataFrame(
        [{"when": each.happened_on, "precision": each.precision.value, "title": each.title} for each in milestones],
        columns=["when", "precision", "title"],
    )


def milestone_table(milestones: Sequence[MilestoneFound]) -> pd.DataFrame:
    """Tabulate the milestones: when, and what with its source."""
    return pd.DataFrame(
        {
            "When": [when_words(each) for each in milestones],
            "What happened, and how we know": [
                f"{each.title}. {each.sentence} Source: {each.source}." for each in milestones
            ],
        },
        dtype=str,
    )


def when_words(milestone: MilestoneFound) -> str:
    """Say as much of a milestone's date as is known."""
    return as_known(milestone.happened_on, milestone.precision)


def as_known(when: date, precision: Precision) -> str:
    """Write as much of a date as is known: 2006, December 2006, or 3 December 2006."""
    match precision:
        case Precision.YEAR:
            return f"{when.year}"
        case Precision.MONTH:
            return f"{when:%B %Y}"
        case Precision.DAY:
            return clock.day_in_words(when)
