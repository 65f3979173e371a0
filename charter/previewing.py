"""The figures of a period as they would be published now: made in memory, rounded as published ones, never stored."""

from dataclasses import dataclass

from sqlmodel import Session

from charter import clock
from charter.came_of_it import CameOfIt, came_of_it_now
from charter.figures.all_figures import FigureRow
from charter.figures.inputs import FrozenPeriod
from charter.freezing import period_now
from charter.periods import PeriodFound, find_period
from charter.published.answers import WhoAnswered
from charter.published.asked import asked_of_period
from charter.published.figures import Figures
from charter.published.unstored import figures_from, who_from
from charter.release_figures import figures_from_inputs
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import RefusedError
from db.types import PeriodState


@dataclass(frozen=True)
class Preview:
    """What a closed period would be published as.

    Attributes:
        inputs: what the figures are made from. It never leaves the store.
        came: what would be published of outcomes and actions, summed up.
    """

    period: PeriodFound
    inputs: FrozenPeriod
    figures: Figures
    who: WhoAnswered
    came: CameOfIt


def read_preview(session: Session, *, viewer: Viewer, period_ref: str) -> Preview:
    """Make the preview of a closed period for the person who publishes it.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such period.
        RefusedError: the period is not closed.
    """
    require(viewer, Act.PUBLISH)
    return make_preview(session, period=find_period(session, ref=period_ref))


def make_preview(session: Session, *, period: PeriodFound) -> Preview:
    """Make the preview of a closed period. Who may see it is asked by those who call this.

    Raises:
        RefusedError: the period is not closed.
    """
    if period.state is not PeriodState.CLOSED:
        raise RefusedError("A preview is made of a review that has closed and is not published yet.")
    inputs = period_now(session, period=period)
    rows: list[FigureRow] = figures_from_inputs(session, period=period, inputs=inputs)
    asked = asked_of_period(session, period_id=period.id)
    return Preview(
        period=period,
        inputs=inputs,
        figures=figures_from(session, rows, period=period, asked=asked),
        who=who_from(rows, inputs),
        came=came_of_it_now(session, on=clock.today(), made_up=period.made_up),
    )
