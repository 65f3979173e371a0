"""The words that are frozen with a release: texts, promises with what became of the last ones, and early access."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import (
    Action,
    EarlyAccess,
    Organisation,
    Period,
    PeriodText,
    Release,
    ReleaseEarlyAccess,
    ReleasePromise,
    ReleaseText,
    Theme,
    YouSaid,
)


def freeze_words(session: Session, *, release: Release) -> None:
    """Copy a period's words, as they are now, into a release of it; what became of the last promises among them."""
    session.add_all(_texts(session, release))
    session.add_all(_promises(session, release, period_id=release.period_id))
    if release.previous_id is not None:
        before = session.get_one(Release, release.previous_id)
        session.add_all(_promises(session, release, period_id=before.period_id))
    session.add_all(_early_access(session, release))
    session.flush()


def _texts(session: Session, release: Release) -> list[ReleaseText]:
    statement = (
        select(PeriodText, Organisation)
        .outerjoin(Organisation, col(Organisation.id) == PeriodText.organisation_id)
        .where(PeriodText.period_id == release.period_id, PeriodText.words != "")
        .order_by(col(PeriodText.kind), col(Organisation.name))
    )
    return [
        ReleaseText(
            release_id=release.id or 0,
            kind=row.kind,
            organisation=organisation.name if organisation else "",
            words=row.words,
        )
        for row, organisation in session.exec(statement)
    ]


def _promises(session: Session, release: Release, *, period_id: int) -> list[ReleasePromise]:
    statement = (
        sa.select(YouSaid, Organisation, Theme, Period, Action)
        .join(Organisation, col(Organisation.id) == col(YouSaid.organisation_id))
        .join(Theme, col(Theme.id) == col(YouSaid.theme_id))
        .join(Period, col(Period.id) == col(YouSaid.period_id))
        .outerjoin(Action, col(Action.id) == col(YouSaid.action_id))
        .where(col(YouSaid.period_id) == period_id)
        .order_by(col(Theme.position), col(Organisation.name))
    )
    return [
        ReleasePromise(
            release_id=release.id or 0,
            period_ref=period.ref,
            organisation_id=organisation.id or 0,
            organisation=organisation.name,
            theme=theme.ref,
            commitment_version_id=row.commitment_version_id,
            we_will=row.we_will,
            action=action.heading if action else "",
            due_on=action.due_on if action else None,
            due_precision=action.due_precision if action else None,
            status=action.status if action else None,
            no_action_reason=row.no_action_reason,
        )
        for row, organisation, theme, period, action in session.execute(statement)
    ]


def _early_access(session: Session, release: Release) -> list[ReleaseEarlyAccess]:
    """Name everyone who could look before the first release of the period, and when they first did, if ever."""
    statement = (
        select(EarlyAccess, Organisation)
        .outerjoin(Organisation, col(Organisation.id) == EarlyAccess.organisation_id)
        .where(EarlyAccess.period_id == release.period_id)
        .order_by(col(EarlyAccess.shared_at), col(EarlyAccess.id))
    )
    return [
        ReleaseEarlyAccess(
            release_id=release.id or 0,
            name=row.name,
            organisation=organisation.name if organisation else "",
            shared_at=row.shared_at,
            first_seen_at=row.first_seen_at,
        )
        for row, organisation in session.exec(statement)
    ]
