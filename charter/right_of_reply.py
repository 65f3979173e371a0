"""The right of reply: before its figures are published, each public body sees its own, and may answer in words.

Seeing them is early access (rule 9f): it is written down who looked and when, and published with the figures.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.assessments import organisation_row
from charter.drafting import require_lead
from charter.periods import PeriodFound, find_period, held_period
from charter.previewing import make_preview
from charter.published.figures import Score
from charter.questions import side_of
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotAllowedError, RefusedError
from charter.saved import Saved
from charter.texts import TextFound, find_text, keep_text
from db.models import Account, EarlyAccess, Organisation, Period
from db.types import PUBLIC_KINDS, NoLevel, PeriodState, ReleaseTextKind, Side

_NOT_NOW = "A public body replies after the review has closed and before it is published. Nothing was changed."


@dataclass(frozen=True)
class OwnBody:
    """A public body that the viewer speaks for."""

    organisation_id: int
    name: str


@dataclass(frozen=True)
class OwnFigure:
    """What a body said of one of its promises, beside what groups said of it.

    Attributes:
        level: what it answered, 0 to 4, or None.
        counts: whether the monitoring group has accepted its answers, so that they would be published.
        experience: what groups said, as it would be published; None where they were not asked.
    """

    ref: str
    title: str
    theme: str
    level: int | None
    no_level: NoLevel | None
    counts: bool
    experience: Score | None


def own_bodies(session: Session, *, viewer: Viewer) -> tuple[OwnBody, ...]:
    """Read the public bodies that the viewer is a partner of, by name. Groups have no right of reply."""
    rows = session.exec(
        select(Organisation)
        .where(col(Organisation.id).in_(viewer.organisations()), col(Organisation.kind).in_(PUBLIC_KINDS))
        .order_by(col(Organisation.name))
    )
    return tuple(OwnBody(row.id or 0, row.name) for row in rows)


def answering_periods(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[PeriodFound, ...]:
    """Read the periods that a public body answers now.

    Returns:
        Those that have closed, the newest first, to which it may reply; then the newest that is published, whose
        promises it may still change.

    Raises:
        NotAllowedError: the viewer is no partner of this organisation.
    """
    require(viewer, Act.REPLY, organisation_id=organisation_id)
    own = Period.made_up == organisation_row(session, organisation_id).made_up
    newest = col(Period.opens_on).desc()
    closed = session.exec(select(Period.ref).where(own, Period.state == PeriodState.CLOSED).order_by(newest)).all()
    published = select(Period.ref).where(own, Period.state == PeriodState.PUBLISHED).order_by(newest).limit(1)
    return tuple(find_period(session, ref=ref) for ref in (*closed, *session.exec(published).all()))


def has_looked(session: Session, *, viewer: Viewer, period_ref: str, organisation_id: int) -> bool:
    """Tell whether this person has looked at their body's figures, which was written down then.

    Raises:
        NotAllowedError: the viewer is no partner of this organisation.
        NotFoundError: there is no such period.
    """
    require(viewer, Act.REPLY, organisation_id=organisation_id)
    period = find_period(session, ref=period_ref)
    return _access(session, viewer, period.id, organisation_id) is not None


def look_first(session: Session, *, viewer: Viewer, period_ref: str, organisation_id: int) -> None:
    """Write down that a person looks at their body's figures before they are published. Once is enough.

    Raises:
        NotAllowedError: the viewer is no partner of this organisation, or it is no public body.
        RefusedError: the period is not between closing and publishing.
    """
    period = _require(session, viewer, period_ref, organisation_id)
    if _access(session, viewer, period.id, organisation_id) is not None:
        return
    account = session.get_one(Account, viewer.account_id)
    now = clock.now()
    session.add(
        EarlyAccess(
            period_id=period.id,
            name=account.name,
            email=account.email,
            organisation_id=organisation_id,
            shared_at=now,
            first_seen_at=now,
        )
    )
    session.flush()
    audit.record(session, viewer, act="own_figures_seen", subject=f"period {period.ref}")


def own_figures(session: Session, *, viewer: Viewer, period_ref: str, organisation_id: int) -> tuple[OwnFigure, ...]:
    """Read what a body answered about each promise that it owes, beside what groups said of it.

    Raises:
        NotAllowedError: the viewer is no partner of this organisation, or has not looked by `look_first`.
        RefusedError: the period is not between closing and publishing.
    """
    require(viewer, Act.REPLY, organisation_id=organisation_id)
    period = find_period(session, ref=period_ref)
    if _access(session, viewer, period.id, organisation_id) is None:
        raise NotAllowedError("Say first that you want to see the figures: who looks, and when, is published.")
    preview = make_preview(session, period=period)
    body = next((body for body in preview.inputs.bodies if body.organisation_id == organisation_id), None)
    if body is None:
        return ()
    return tuple(
        OwnFigure(
            ref=promise.ref,
            title=promise.title,
            theme=promise.asked.theme_title,
            level=body.answers[promise.ref].level,
            no_level=body.answers[promise.ref].no_level,
            counts=body.counted,
            experience=promise.sector,
        )
        for promise in preview.figures.promises
        if promise.ref in body.answers and body.answers[promise.ref].owes
    )


def save_reply(
    session: Session, *, viewer: Viewer, period_ref: str, organisation_id: int, words: str, seen_revision: int
) -> Saved:
    """Save a public body's reply; empty words take it away.

    Raises:
        NotAllowedError: the viewer is no partner of this organisation, or it is no public body.
        RefusedError: the viewer drafts a part only, or the period is not between closing and publishing.
        FieldError: the words are too long.
        EditedElsewhereError: they were changed since the page showed them.
    """
    period = _require(session, viewer, period_ref, organisation_id)
    require_lead(session, viewer=viewer, organisation_id=organisation_id)
    return keep_text(
        session,
        viewer=viewer,
        period=period,
        kind=ReleaseTextKind.RIGHT_OF_REPLY,
        words=words,
        seen_revision=seen_revision,
        organisation_id=organisation_id,
    )


def read_reply(session: Session, *, viewer: Viewer, period_ref: str, organisation_id: int) -> TextFound:
    """Read a public body's own reply; empty words of revision 0 where there is none.

    Raises:
        NotAllowedError: the viewer is no partner of this organisation.
    """
    require(viewer, Act.REPLY, organisation_id=organisation_id)
    period = find_period(session, ref=period_ref)
    kind = ReleaseTextKind.RIGHT_OF_REPLY
    row = find_text(session, period_id=period.id, kind=kind, organisation_id=organisation_id)
    name = organisation_row(session, organisation_id).name
    return TextFound(kind, name, row.words if row else "", row.revision if row else 0)


def _require(session: Session, viewer: Viewer, period_ref: str, organisation_id: int) -> PeriodFound:
    require(viewer, Act.REPLY, organisation_id=organisation_id)
    if side_of(organisation_row(session, organisation_id).kind) is not Side.PUBLIC:
        raise NotAllowedError("Only a public body has a right of reply. Nothing was changed.")
    period = held_period(session, ref=period_ref)
    if period.state is not PeriodState.CLOSED:
        raise RefusedError(_NOT_NOW)
    return period


def _access(session: Session, viewer: Viewer, period_id: int, organisation_id: int) -> EarlyAccess | None:
    return session.exec(
        select(EarlyAccess)
        .join(Account, col(Account.email) == EarlyAccess.email)
        .where(
            EarlyAccess.period_id == period_id,
            EarlyAccess.organisation_id == organisation_id,
            col(EarlyAccess.token_digest).is_(None),
            Account.id == viewer.account_id,
        )
    ).first()
