"""What becomes of a duplicate's place on the list of a review that is planned or open."""

import sqlalchemy as sa
from sqlmodel import Session, col

from charter import clock
from charter.organisations.answering import Standing
from db.models import Invitation, InvitationLink, LinkRequest

_REASON_LIMIT = 300  # characters


def move_invitation(session: Session, duplicate: Standing, into: Standing) -> bool:
    """Move a duplicate's place on a list, its links and its answers. Tell whether there was anything to move.

    One that was taken off the list stays as it is. The caller has made sure that only one of the two has answered.
    """
    if duplicate.invitation is None or not duplicate.on_list:
        return False
    _move_answers(session, duplicate, into)
    if into.invitation is None:
        duplicate.invitation.organisation_id = into.organisation_id
    else:
        _join_places(session, duplicate.invitation, into.invitation, into)
    session.flush()
    return True


def _move_answers(session: Session, duplicate: Standing, into: Standing) -> None:
    if duplicate.answers is None:
        return
    if not duplicate.has_answered:
        session.delete(duplicate.answers)
        session.flush()
        return
    if into.answers is not None:
        session.delete(into.answers)
        session.flush()  # there is one self-assessment of an organisation in a review, so the empty one goes first
    duplicate.answers.organisation_id = into.organisation_id


def _join_places(session: Session, left: Invitation, kept: Invitation, into: Standing) -> None:
    """Let one place on the list stand for two. One that was taken off with its answers is not put back unasked."""
    if not into.has_answered:
        kept.removed_at, kept.removed_reason = None, ""
    # The e-mails stay with the place that they were sent about: two reminders of one day cannot share one.
    for table in (InvitationLink, LinkRequest):
        session.execute(
            sa.update(table).where(col(table.invitation_id) == left.id).values(invitation_id=kept.id),
            execution_options={"synchronize_session": "fetch"},
        )
    left.removed_at = clock.now()
    left.removed_reason = f"Merged into {into.name}"[:_REASON_LIMIT]
