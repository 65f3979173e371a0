"""Letters that nobody needs any more when they come to be sent: they are kept out, with the reason, and are no trouble.

Between the writing of a reminder and its sending there may be days, where the mail server was away or where there is
none: a group may have answered meanwhile.
"""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.mail.outbox_folder import is_kept, take_out
from charter.mail.recipients import SENT_ANSWERS
from charter.rules.access import OPERATOR, Act, Viewer, require
from db.models import Invitation, Mail, Organisation, Period, SelfAssessment
from db.types import MailKind, MailState, PeriodState

_NOT_GONE = frozenset({MailState.WAITING, MailState.WRITTEN, MailState.FAILED})
_TAKEN_BACK = "The link in it was taken back, so it is not sent."
_OVER = "The review is over, so this reminder is not sent."
_REMOVED = "It was taken off the invitation list, so this reminder is not sent."
_ANSWERED = "Its answers have arrived meanwhile, so this reminder is not sent."
_STOPPED = "It has stopped reminders, so this one is not sent."
# What stands in `failure` of an e-mail that was kept out. Nothing is left to be done about it.
KEPT_OUT = frozenset({_TAKEN_BACK, _OVER, _REMOVED, _ANSWERED, _STOPPED})


def needless() -> sa.Select[*tuple[int, str]]:
    """Give the query for the reminders that have not gone and are not needed any more: their keys, and why."""
    why = sa.case(
        ((col(Period.state) != PeriodState.OPEN) | (col(Period.closes_on) < clock.today()), _OVER),
        (col(Invitation.removed_at).is_not(None), _REMOVED),
        (col(SelfAssessment.state).in_(SENT_ANSWERS), _ANSWERED),
        (col(Organisation.reminders_stopped_at).is_not(None), _STOPPED),
    )
    return (
        sa.select(col(Mail.id), why)
        .join(Invitation, col(Invitation.id) == col(Mail.invitation_id))
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .join(Period, col(Period.id) == col(Invitation.period_id))
        .outerjoin(
            SelfAssessment,
            (col(SelfAssessment.organisation_id) == col(Organisation.id))
            & (col(SelfAssessment.period_id) == col(Period.id)),
        )
        .where(col(Mail.kind) == MailKind.REMINDER, col(Mail.state).in_(_NOT_GONE), why.is_not(None))
    )


def keep_out_needless(session: Session, which: sa.ColumnElement[bool]) -> bool:
    """Keep out those of some e-mails that are reminders and not needed any more, and tell whether there were any.

    It is done by the server itself, whoever had the reminders written.

    Args:
        session: a writing session.
        which: the condition that chooses the e-mails.
    """
    found = session.execute(needless().where(which)).all()
    for key, why in found:
        _keep_out(session, OPERATOR, session.get_one(Mail, key), why)
    return bool(found)


def take_back_letters(session: Session, *, viewer: Viewer, which: sa.ColumnElement[bool]) -> int:
    """Keep letters out whose link was put out of use, and give how many had not gone yet.

    One that is being handed to the mail server in this very moment may still arrive; its link opens nothing.

    Args:
        session: a writing session, in which the link was put out of use.
        viewer: who asks.
        which: the condition that chooses the letters that hold the link.

    Raises:
        NotAllowedError: the viewer may not have e-mails sent.
    """
    require(viewer, Act.POST_MAIL)
    mine = select(Mail).where(which, col(Mail.state).in_(_NOT_GONE))
    rows = [row for row in session.exec(mine.with_for_update()) if is_kept(row.message_id)]
    for row in rows:
        _keep_out(session, viewer, row, _TAKEN_BACK)
    return len(rows)


def _keep_out(session: Session, viewer: Viewer, row: Mail, why: str) -> None:
    detail = audit.changes({"state": row.state}, {"state": MailState.FAILED})
    row.state, row.failure, row.changed_at = MailState.FAILED, why, clock.now()
    take_out(row.message_id)
    audit.record(session, viewer, act="mail_taken_back", subject=f"mail {row.id}", detail=detail)
