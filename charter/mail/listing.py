"""What became of the e-mails, for those who run the review: none that failed or came back is lost sight of."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func
from sqlmodel import Session, col, select

from charter import clock
from charter.mail.keeping_out import KEPT_OUT
from charter.mail.outbox_folder import is_kept
from charter.mail.sending import BEGUN, BROKEN_OFF_AFTER, may_go_again, sends_mail
from charter.mail.wording import CONDITIONS, Condition
from charter.rules.access import Act, Viewer, require
from db.models import EarlyAccess, Invitation, Mail, Organisation
from db.types import MailKind, MailState

_LOST = (
    "The server stopped while this was being sent, so we do not know whether it went. It is not sent twice by itself. "
    "Ask whether it arrived, or send it again."
)


@dataclass(frozen=True)
class MailFound:
    """An e-mail as the store knows it.

    Attributes:
        condition: what is known of it.
        said: the same as a sentence, with the reason where it did not go.
        organisation: the organisation that it is about, or None.
        can_send_again: whether a press of a button sends it once more.
    """

    id: int
    kind: MailKind
    state: MailState
    condition: Condition
    said: str
    address: str
    organisation: str | None
    invitation_id: int | None
    due_on: date | None
    created_at: datetime
    changed_at: datetime
    can_send_again: bool


def list_mail(
    session: Session, *, viewer: Viewer, states: Collection[MailState] = (), newest_only: bool = False
) -> tuple[MailFound, ...]:
    """Read the e-mails, the newest first.

    Args:
        session: a session.
        viewer: who asks.
        states: only those in these states; empty for all.
        newest_only: only the newest to each address: it alone tells whether mail reaches that address.

    Raises:
        NotAllowedError: the viewer may not see whom e-mails went to.
    """
    require(viewer, Act.SEND_MAIL)
    wanted = _mails()
    if states:
        wanted = wanted.where(col(Mail.state).in_(states))
    if newest_only:
        wanted = wanted.where(col(Mail.id).in_(select(func.max(Mail.id)).group_by(col(Mail.address))))
    return _found(session, wanted)


def mail_troubles(session: Session, *, viewer: Viewer) -> tuple[MailFound, ...]:
    """Read the e-mails that came back, failed, or of which nobody knows whether they went, the newest first.

    One is left out once a newer e-mail was made for the same invitation, account or person, once the link that it holds
    was taken back, and where it is a reminder that was not needed any more.

    Raises:
        NotAllowedError: the viewer may not see whom e-mails went to.
    """
    require(viewer, Act.SEND_MAIL)
    newest = select(func.max(Mail.id)).group_by(
        col(Mail.invitation_id), col(Mail.account_id), col(Mail.early_access_id)
    )
    unsettled = (MailState.BOUNCED, MailState.FAILED, MailState.WAITING)
    taken_back = select(EarlyAccess.id).where(
        col(EarlyAccess.id) == col(Mail.early_access_id), col(EarlyAccess.revoked_at).is_not(None)
    )
    wanted = _mails().where(
        col(Mail.id).in_(newest),
        col(Mail.state).in_(unsettled),
        col(Mail.failure).not_in(KEPT_OUT),
        ~taken_back.exists(),
    )
    found = _found(session, wanted)
    troubles = {Condition.BOUNCED, Condition.FAILED, Condition.NOT_KNOWN}
    return tuple(one for one in found if one.condition in troubles)


def count_states(session: Session, *, viewer: Viewer, mail_ids: Collection[int]) -> Counter[MailState]:
    """Count how many of some e-mails are in each state.

    Raises:
        NotAllowedError: the viewer may not see what became of e-mails.
    """
    require(viewer, Act.SEND_MAIL)
    rows = session.exec(select(Mail.state, func.count()).where(col(Mail.id).in_(mail_ids)).group_by(col(Mail.state)))
    return Counter({MailState(state): count for state, count in rows})


def condition_of(row: Mail) -> Condition:
    """Tell what is known of an e-mail."""
    if row.state is MailState.WRITTEN and not is_kept(row.message_id):
        return Condition.HANDED_ON
    if row.state is not MailState.WAITING:
        return Condition(row.state.value)
    if row.failure != BEGUN:
        return Condition.WAITING if is_kept(row.message_id) else Condition.NOT_KNOWN
    recent = clock.now() - row.changed_at <= BROKEN_OFF_AFTER
    return Condition.BEING_SENT if recent else Condition.NOT_KNOWN


def _mails() -> Select[tuple[Mail, str | None]]:
    return (
        select(Mail, Organisation.name)  # type: ignore[return-value]
        .outerjoin(Invitation, col(Invitation.id) == col(Mail.invitation_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .order_by(col(Mail.id).desc())
    )


def _found(session: Session, wanted: Select[tuple[Mail, str | None]]) -> tuple[MailFound, ...]:
    return tuple(_as_found(row, name) for row, name in session.execute(wanted))


def _as_found(row: Mail, organisation: str | None) -> MailFound:
    condition = condition_of(row)
    reason = _LOST if condition is Condition.NOT_KNOWN else row.failure if row.failure != BEGUN else ""
    return MailFound(
        id=row.id or 0,
        kind=row.kind,
        state=row.state,
        condition=condition,
        said=reason or f"{CONDITIONS[condition]}.",
        address=row.address,
        organisation=organisation,
        invitation_id=row.invitation_id,
        due_on=row.due_on,
        created_at=row.created_at,
        changed_at=row.changed_at,
        can_send_again=sends_mail() and may_go_again(row) and is_kept(row.message_id),
    )
