"""What the public may read of indicators: each with all that is told of it and how it stands, frozen in a release."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlmodel import Session, col

from charter.outcomes.derived import Derived, derive
from charter.outcomes.facts import IndicatorFacts
from charter.outcomes.gathering import gather
from db.models import Indicator


@dataclass(frozen=True)
class RecordedIndicator(IndicatorFacts):
    """An indicator as its page and the page of outcomes show it: from a release, or as it stands now."""

    stands: Derived


def recorded(facts: IndicatorFacts) -> RecordedIndicator:
    """Give an indicator with how it stands."""
    held = {field.name: getattr(facts, field.name) for field in fields(IndicatorFacts)}
    return RecordedIndicator(**held, stands=derive(facts))


def indicator_records(session: Session, on: date, made_up: bool) -> Sequence[tuple[str, RecordedIndicator]]:  # noqa: ARG001 - what every maker takes
    """Make the records of all indicators, by theme and title. Nothing of an indicator is secret once it is published.

    Args:
        session: a session.
        on: the day of publication.
        made_up: whether made-up indicators are wanted, or real ones.
    """
    facts = gather(session, col(Indicator.made_up).is_(made_up))
    return [(each.ref, recorded(each)) for each in facts]
