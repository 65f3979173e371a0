"""The row of a self-assessment: finding it, starting it, and telling whether it can be changed."""

from sqlmodel import Session, select

from charter import audit, clock
from charter.assisted import require_answering
from charter.holding import hold_period
from charter.periods import period_by_id, require_open
from charter.rules import workflow
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError, RefusedError
from charter.tokens import readable
from db.models import Invitation, Organisation, SelfAssessment
from db.types import PUBLIC_KINDS

_SENT = "These answers have been sent, so this change was not saved. What you sent is safe."


def start(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int) -> SelfAssessment:
    """Give the organisation's self-assessment, locked for this write, starting it where there is none.

    One that the monitoring group sent back is given after closing too; so is one that was sent, for those who ask
    whether it was.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        NotFoundError: the organisation is not invited.
    """
    require_answering(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    # Closing takes this row for itself, so that it waits for a write under way, and no write slips in after it.
    hold_period(session, period_id=period_id, alone=False)
    period = period_by_id(session, period_id=period_id)
    # Locking the invitation makes two windows that start at once take turns.
    require_invited(session, organisation_id=organisation_id, period_id=period_id, lock=True)
    row = find_row(session, organisation_id=organisation_id, period_id=period_id, lock=True)
    if workflow.needs_open_period(row.state if row else None):
        require_open(period)
    return row or add_row(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)


def add_row(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int) -> SelfAssessment:
    """Start an organisation's self-assessment, of which there is none. Whoever calls it has asked who may."""
    row = SelfAssessment(ref=new_ref(), period_id=period_id, organisation_id=organisation_id, started_at=clock.now())
    session.add(row)
    session.flush()
    audit.record(session, viewer, act="self_assessment_started", subject=f"self_assessment {row.ref}")
    return row


def start_editable(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int) -> SelfAssessment:
    """Give the organisation's self-assessment as `start` does, for a change of its answers.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        NotFoundError: the organisation is not invited.
        RefusedError: it was sent.
    """
    row = start(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    if not workflow.editable(row.state):
        require_open(period_by_id(session, period_id=period_id))
        raise RefusedError(f"{_SENT} {_way_back(organisation_row(session, organisation_id))}")
    return row


def _way_back(organisation: Organisation) -> str:
    if organisation.kind in PUBLIC_KINDS:
        return "To change something, ask the monitoring group to send them back."
    return "To change something, open “Change my answers” first."


def new_ref() -> str:
    """Draw a reference for a self-assessment, such as `SA-7Q4M0ZKD`: 8 of 32 characters, so none can be guessed."""
    return f"SA-{readable()}"


def organisation_row(session: Session, organisation_id: int) -> Organisation:
    """Read an organisation.

    Raises:
        NotFoundError: there is no such organisation.
    """
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFoundError("There is no such organisation.")
    return organisation


def require_invited(session: Session, *, organisation_id: int, period_id: int, lock: bool = False) -> None:
    """Refuse unless the organisation is on the period's invitation list.

    Args:
        session: a session; a writing one where `lock` is set.
        organisation_id: the organisation.
        period_id: the period.
        lock: whether to hold the invitation until the write is over.

    Raises:
        NotFoundError: it is not on the list, or was taken off it.
    """
    statement = select(Invitation).where(
        Invitation.period_id == period_id, Invitation.organisation_id == organisation_id
    )
    invitation = session.exec(statement.with_for_update() if lock else statement).first()
    if invitation is None or invitation.removed_at is not None:
        raise NotFoundError("This organisation is not on the invitation list of this review.")


def find_row(session: Session, *, organisation_id: int, period_id: int, lock: bool = False) -> SelfAssessment | None:
    """Read the organisation's self-assessment in a period, locked for a write if asked, or None."""
    statement = select(SelfAssessment).where(
        SelfAssessment.period_id == period_id, SelfAssessment.organisation_id == organisation_id
    )
    return session.exec(statement.with_for_update() if lock else statement).first()
