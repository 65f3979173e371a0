"""When it comes back: the review that follows the one of a release."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from charter import clock
from charter.rules.access import Act, Viewer, require
from charter.words import marked
from db.models import Period, Release
from db.types import PeriodState


@dataclass(frozen=True)
class NextReview:
    """The review after the one of a release.

    Attributes:
        title: what it is called, marked where it is made up.
        closes_on: the last day on which answers are taken, as it is planned.
        state: where it stands.
    """

    title: str
    closes_on: date
    state: PeriodState


def next_review(session: Session, *, viewer: Viewer, release_id: int) -> NextReview | None:
    """Find the review of the same charter that opens next after a release's own, or None where none is planned.

    Raises:
        NotAllowedError: the viewer may not read releases.
    """
    require(viewer, Act.READ_RELEASES)
    own = session.exec(
        select(Period).join(Release, col(Release.period_id) == Period.id).where(Release.id == release_id)
    ).one()
    later = session.exec(
        select(Period)
        .where(
            Period.charter_id == own.charter_id,
            Period.made_up == own.made_up,
            Period.opens_on > own.opens_on,
        )
        .order_by(col(Period.opens_on), col(Period.id))
    ).first()
    if later is None:
        return None
    return NextReview(
        title=marked(later.title, made_up=later.made_up),
        closes_on=later.closes_on,
        state=later.state,
    )


def next_sentence(found: NextReview | None) -> str:
    """Say when figures come back to those who read this."""
    if found is None:
        return "No date is set for the next review yet."
    if found.state is PeriodState.PUBLISHED:
        return f"The next one, the {found.title}, is published already."
    day = clock.day_in_words(found.closes_on)
    if found.state is PeriodState.CLOSED:
        return f"The next one, the {found.title}, closed on {day}. Its results come once they are published."
    return f"The next one, the {found.title}, closes on {day}. Its results say what became of all that stands here."
