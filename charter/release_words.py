"""The words that are frozen with a release: texts, promises with what became of the last ones, and early access.

The promises of the review before are taken in the words in which they were published: a body that wrote another one
since does not change what it is held to. Only where the action behind it stands is taken anew.
"""

from dataclasses import dataclass

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
from db.types import ActionStatus


@dataclass(frozen=True)
class WordsNow:
    """The words that would be frozen with a release now, as rows not yet stored."""

    texts: list[ReleaseText]
    promises: list[ReleasePromise]
    last_promises: list[ReleasePromise]


def freeze_words(session: Session, *, release: Release) -> None:
    """Copy a period's words, as they are now, into a release of it; what became of the last promises among them."""
    now = words_now(session, release=release)
    session.add_all([*now.texts, *now.promises, *now.last_promises])
    session.add_all(_early_access(session, release))
    session.flush()


def words_now(session: Session, *, release: Release) -> WordsNow:
    """Read the words that would be frozen with a release now, but for who had early access."""
    last = [] if release.previous_id is None else _last_promises(session, release, before_id=release.previous_id)
    return WordsNow(_texts(session, release), _promises(session, release), last)


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


def _promises(session: Session, release: Release) -> list[ReleasePromise]:
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
        for row, organisation, theme, period, action in session.execute(_promised(release.period_id))
    ]


def _last_promises(session: Session, release: Release, *, before_id: int) -> list[ReleasePromise]:
    """Copy what the release before published of its own review's promises, with where their actions stand now."""
    period_id = session.get_one(Release, before_id).period_id
    ref = session.get_one(Period, period_id).ref
    stands = {
        (organisation.id, theme.ref): action.status if action else ActionStatus.STOPPED
        for _, organisation, theme, _, action in session.execute(_promised(period_id))
    }
    frozen = select(ReleasePromise).where(ReleasePromise.release_id == before_id, ReleasePromise.period_ref == ref)
    kept = [
        ReleasePromise(**row.model_dump(exclude={"id"}) | {"release_id": release.id or 0})
        for row in session.exec(frozen.order_by(col(ReleasePromise.id)))
    ]
    for row in kept:
        if row.status is not None:
            row.status = stands.get((row.organisation_id, row.theme), row.status)
    return kept


def _promised(period_id: int) -> sa.Select[YouSaid, Organisation, Theme, Period, Action]:
    return (
        sa.select(YouSaid, Organisation, Theme, Period, Action)
        .join(Organisation, col(Organisation.id) == col(YouSaid.organisation_id))
        .join(Theme, col(Theme.id) == col(YouSaid.theme_id))
        .join(Period, col(Period.id) == col(YouSaid.period_id))
        .outerjoin(Action, col(Action.id) == col(YouSaid.action_id))
        .where(col(YouSaid.period_id) == period_id)
        .order_by(col(Theme.position), col(Organisation.name))
    )


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
