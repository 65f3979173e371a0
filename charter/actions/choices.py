"""What can be chosen in the form of an action: who keeps it, who is to do it, and what it came from."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from charter import clock
from charter.actions.held import led_by
from charter.actions.recommendations import read_recommendations
from charter.outcomes.now import indicators_now
from charter.rules.access import Act, Viewer, may, require
from db.models import Organisation, OrganisationMerge
from db.types import PUBLIC_KINDS, OrganisationKind


@dataclass(frozen=True)
class Choices:
    """What a viewer can choose, by key or reference, each with its name.

    Attributes:
        keepers: who may keep the action up to date: for the coordinator every public body and board, else the
            viewer's own organisations.
        anybody: whether the action may also be nobody's, so that the coordinator keeps it.
        doers: public bodies, boards, and the viewer's own organisations.
        indicators: the outcomes that the viewer may read now.
        recommendations: what committees recommended, the newest first.
    """

    keepers: dict[int, str]
    anybody: bool
    doers: dict[int, str]
    indicators: dict[str, str]
    recommendations: dict[str, str]


def may_keep_actions(session: Session, *, viewer: Viewer) -> bool:
    """Tell whether a viewer may make an action: everybody's, or one of an organisation that the viewer leads."""
    return may(viewer, Act.KEEP_ACTIONS) or (viewer.account_id is not None and bool(led_by(session, viewer=viewer)))


def choices(session: Session, *, viewer: Viewer) -> Choices:
    """Read what a viewer can choose for an action.

    Raises:
        NotAllowedError: the viewer keeps no organisation's actions.
    """
    runs, led = may(viewer, Act.KEEP_ACTIONS), led_by(session, viewer=viewer)
    if not runs:
        require(viewer, Act.KEEP_ACTIONS, organisation_id=next(iter(led), None))
    own = or_(col(Organisation.kind).in_((*PUBLIC_KINDS, OrganisationKind.BOARD)), col(Organisation.id).in_(led))
    rows = session.exec(select(Organisation).where(own, _is_there()).order_by(col(Organisation.name))).all()
    doers = {row.id or 0: row.name for row in rows}
    return Choices(
        keepers=doers if runs else {key: doers[key] for key in doers if key in led},
        anybody=runs,
        doers=doers,
        indicators={each.ref: each.title for each in indicators_now(session, viewer=viewer)},
        recommendations={
            each.ref: f"{each.committee}, {clock.day_in_words(each.made_on)}"
            for each in read_recommendations(session, viewer=viewer)
        },
    )


def _is_there() -> ColumnElement[bool]:
    """Give the condition that an organisation is not over, and is no duplicate of another."""
    merged = col(Organisation.id).in_(select(OrganisationMerge.organisation_id))
    return or_(col(Organisation.ends_on).is_(None), col(Organisation.ends_on) >= clock.today()) & ~merged
