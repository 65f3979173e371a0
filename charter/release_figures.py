"""Making figures from frozen inputs: when a release is published, when it is verified, and for a preview."""

from sqlmodel import Session, col, select

from charter.figures.all_figures import Earlier, FigureRow, all_figures
from charter.figures.corrected import held_back
from charter.figures.inputs import FrozenPeriod
from charter.freezing import frozen_period
from charter.periods import PeriodFound
from charter.questions import asked_versions, same_meaning
from db.models import Period, Release


def figures_of(session: Session, *, release: Release) -> list[FigureRow]:
    """Make a release's figures from its frozen inputs: when it is published, and each time it is verified."""
    period = release_inputs(session, release=release)
    charter_id = session.get_one(Period, release.period_id).charter_id
    earlier = _earlier(session, period, previous_id=release.previous_id, charter_id=charter_id)
    return all_figures(period, release_id=release.id or 0, earlier=earlier)


def figures_from_inputs(session: Session, *, period: PeriodFound, inputs: FrozenPeriod) -> list[FigureRow]:
    """Make the figures that a period would have if these inputs were published. Nothing is stored."""
    previous_id = release_before(session, period)
    earlier = _earlier(session, inputs, previous_id=previous_id, charter_id=period.charter_id)
    return all_figures(inputs, release_id=0, earlier=earlier)


def release_inputs(session: Session, *, release: Release) -> FrozenPeriod:
    """Read a release's frozen inputs; those of a correction with what must not be shown beside the earlier ones."""
    inputs = frozen_period(session, release=release)
    return beside_earlier(session, inputs, period_id=release.period_id, number=release.number)


def beside_earlier(session: Session, inputs: FrozenPeriod, *, period_id: int, number: int) -> FrozenPeriod:
    """Mark in the inputs of a release what must not be shown beside the earlier ones of its period (rule 9f).

    Args:
        session: a session.
        inputs: what is frozen with the release, or would be.
        period_id: its period.
        number: its number; only a correction, from 2 on, has earlier ones.
    """
    if number == 1:
        return inputs
    statement = select(Release).where(Release.period_id == period_id, Release.number < number)
    earlier: list[FrozenPeriod] = []
    for one in session.exec(statement.order_by(col(Release.number))):
        before = frozen_period(session, release=one)
        earlier.append(held_back(before, earlier) if earlier else before)
    return held_back(inputs, earlier)


def release_before(session: Session, period: PeriodFound) -> int | None:
    """Find the standing release of the last period before this one that asked about the same charter."""
    statement = (
        select(Release.id)
        .join(Period, col(Period.id) == Release.period_id)
        .where(
            Period.charter_id == period.charter_id,
            Period.made_up == period.made_up,
            Period.opens_on < period.opens_on,
            col(Release.withdrawn_at).is_(None),
        )
        .order_by(col(Period.opens_on).desc(), col(Release.number).desc())
    )
    return session.exec(statement).first()


def _earlier(session: Session, period: FrozenPeriod, *, previous_id: int | None, charter_id: int) -> Earlier | None:
    if previous_id is None:
        return None
    before = session.get_one(Release, previous_id)
    comparable = same_meaning(
        session,
        first={version.ref: version.number for version in asked_versions(session, period_id=before.period_id)},
        second={version.ref: version.number for version in period.versions},
        charter_id=charter_id,
    )
    inputs = release_inputs(session, release=before)
    return Earlier(period=inputs, release_id=previous_id, comparable=comparable)
