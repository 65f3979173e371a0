"""Each public body's lowest main promise in each theme, by what groups experienced of it, and its answer so far."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.figures.inputs import FrozenOrganisation, FrozenPeriod
from charter.figures.scores import scores, themes
from charter.freezing import period_now
from charter.periods import PeriodFound, find_period
from charter.questions import AskedVersion
from charter.release_figures import release_inputs
from charter.right_of_reply import has_looked
from charter.rules.access import Act, Viewer, Who, require, standings
from charter.rules.refusals import NotAllowedError, RefusedError
from charter.rules.shares import whole
from db.models import Action, Release, Theme, YouSaid
from db.types import ActionStatus, Breakdown, Measure, PeriodState, Precision, Scope, Side


@dataclass(frozen=True)
class Promised:
    """What a body said that it will do. Without a date its action is ongoing; without a heading there is none."""

    we_will: str
    action_ref: str
    action: str
    due_on: date | None
    due_precision: Precision | None
    status: ActionStatus | None
    no_action_reason: str
    revision: int
    action_revision: int


@dataclass(frozen=True)
class Lowest:
    """A body's lowest main promise in a theme.

    Attributes:
        ref: the promise; empty where none of the theme's has a score that may be shown.
        score: what groups experienced of it, in whole points; None where there is no such promise.
        promised: what the body said that it will do, or None.
    """

    organisation_id: int
    organisation: str
    theme_ref: str
    theme_title: str
    theme_id: int
    version_id: int
    ref: str
    title: str
    score: int | None
    promised: Promised | None


def lowest_commitments(
    session: Session, *, viewer: Viewer, period_ref: str, organisation_id: int | None = None
) -> tuple[Lowest, ...]:
    """Find each owing body's lowest main promise in each theme, by the figures of a period that has closed.

    Only promises whose score for groups' experience may be shown are looked at; of two alike, the one whose reference
    comes first is taken.

    Args:
        session: a session.
        viewer: who asks.
        period_ref: a period that has closed, or is published.
        organisation_id: one body, or None for all, which is for the person who publishes.

    Returns:
        By theme, in the charter's order, and the bodies' names in each.

    Raises:
        NotAllowedError: the viewer may not see this, or has not said yet that they want to see figures that are not
            published.
        RefusedError: the period has not closed.
    """
    require(viewer, Act.READ_PROMISES, organisation_id=organisation_id)
    period = find_period(session, ref=period_ref)
    _require_seen(session, viewer, period, organisation_id)
    inputs = inputs_of(session, period=period)
    experienced = _experienced(inputs)
    keys = _theme_keys(session, period.charter_id)
    promised = _promised(session, period.id)
    bodies = [body for body in inputs.bodies if organisation_id in (None, body.organisation_id)]
    return tuple(
        _lowest(body, owed, experienced, theme_id=keys[theme], promised=promised)
        for theme in themes(inputs)
        for body in sorted(bodies, key=lambda body: body.name)
        if (owed := _owed(inputs, theme, body))
    )


def inputs_of(session: Session, *, period: PeriodFound) -> FrozenPeriod:
    """Give what a closed period's figures are made from: what was frozen last, or what would be frozen now.

    Raises:
        RefusedError: the period has not closed.
    """
    if period.state is PeriodState.CLOSED:
        return period_now(session, period=period)
    statement = select(Release).where(Release.period_id == period.id).order_by(col(Release.number).desc())
    release = session.exec(statement).first()
    if release is None:
        raise RefusedError("The lowest promises are known once the review has closed. Nothing was changed.")
    return release_inputs(session, release=release)


def _require_seen(session: Session, viewer: Viewer, period: PeriodFound, organisation_id: int | None) -> None:
    publishes = {Who.COORDINATOR, Who.OPERATOR} & standings(viewer)
    if period.state is not PeriodState.CLOSED or publishes or organisation_id is None:
        return
    if not has_looked(session, viewer=viewer, period_ref=period.ref, organisation_id=organisation_id):
        raise NotAllowedError("Say first that you want to see the figures: who looks, and when, is published.")


def _experienced(inputs: FrozenPeriod) -> dict[str, float]:
    """Give the shown scores of what all groups experienced, by promise."""
    return {
        row.ref: row.score
        for row in scores(inputs)
        if row.score is not None
        and row.scope is Scope.COMMITMENT
        and row.side is Side.VCFSE
        and row.measure is Measure.EXPERIENCE
        and row.breakdown is Breakdown.WHOLE
    }


def _owed(inputs: FrozenPeriod, theme: str, body: FrozenOrganisation) -> list[AskedVersion]:
    """Choose the main promises of a theme that a body owes and that groups rate by what they see."""
    return [
        version
        for version in inputs.versions
        if version.theme_ref == theme
        and version.core
        and inputs.measure(version.ref, Side.VCFSE) is Measure.EXPERIENCE
        and version.ref in body.answers
        and body.answers[version.ref].owes
    ]


def _lowest(
    body: FrozenOrganisation,
    owed: list[AskedVersion],
    experienced: dict[str, float],
    *,
    theme_id: int,
    promised: dict[tuple[int, int], Promised],
) -> Lowest:
    shown = [version for version in owed if version.ref in experienced]
    lowest = min(shown, key=lambda version: (experienced[version.ref], version.ref), default=None)
    return Lowest(
        organisation_id=body.organisation_id,
        organisation=body.name,
        theme_ref=owed[0].theme_ref,
        theme_title=owed[0].theme_title,
        theme_id=theme_id,
        version_id=lowest.version_id if lowest else 0,
        ref=lowest.ref if lowest else "",
        title=lowest.title if lowest else "",
        score=whole(experienced[lowest.ref]) if lowest else None,
        promised=promised.get((body.organisation_id, theme_id)),
    )


def _theme_keys(session: Session, charter_id: int) -> dict[str, int]:
    return {theme.ref: theme.id or 0 for theme in session.exec(select(Theme).where(Theme.charter_id == charter_id))}


def _promised(session: Session, period_id: int) -> dict[tuple[int, int], Promised]:
    statement = (
        sa.select(YouSaid, Action)
        .outerjoin(Action, col(Action.id) == col(YouSaid.action_id))
        .where(col(YouSaid.period_id) == period_id)
    )
    return {
        (row.organisation_id, row.theme_id): Promised(
            we_will=row.we_will,
            action_ref=action.ref if action else "",
            action=action.heading if action else "",
            due_on=action.due_on if action else None,
            due_precision=action.due_precision if action else None,
            status=action.status if action else None,
            no_action_reason=row.no_action_reason,
            revision=row.revision,
            action_revision=action.revision if action else 0,
        )
        for row, action in session.execute(statement)
    }
