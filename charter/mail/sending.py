"""Having an e-mail sent: the row in the caller's transaction, the letter in the outbox, and trying again by hand."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.mail.addresses import usable_address
from charter.mail.letters import Attachment, Letter, compose
from charter.mail.outbox_folder import is_kept, keep, take_out
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.settings import settings
from charter.tokens import digest
from db.models import Mail
from db.types import MailKind, MailState

# Stands in `failure` from the moment a letter's sending begins until it is known what became of it.
BEGUN = "begun"
# A sending that takes longer than this was broken off: the mail server is never waited for so long.
BROKEN_OFF_AFTER = timedelta(minutes=10)
# What was written to the outbox may have been downloaded and sent by hand.
MAY_COME_BACK = frozenset({MailState.SENT, MailState.WRITTEN})
_NOT_KEPT = "This e-mail is not kept any more. Send a new one instead. Nothing was changed."


def sends_mail() -> bool:
    """Tell whether there is a mail server. Without one, letters wait in the outbox to be downloaded."""
    return settings().mail_server is not None


def post(
    session: Session,
    *,
    viewer: Viewer,
    kind: MailKind,
    address: str,
    subject: str,
    text: str,
    invitation_id: int | None = None,
    account_id: int | None = None,
    early_access_id: int | None = None,
    due_on: date | None = None,
    attachments: Sequence[Attachment] = (),
    stop_token: str | None = None,
) -> int:
    """Have an e-mail sent after the caller's transaction is committed, and give its number.

    The letter is laid into the outbox before the commit. If there is no commit, it is cleared away from there, and
    what it holds opens nothing. `text` is plain and may hold a link: it is kept in the outbox alone. It is about an
    invitation, an account or an early access, or about none of them. `due_on` is the date that a reminder is for, and
    `stop_token` is that by which its reader ends such e-mails.

    Raises:
        NotAllowedError: the viewer may not have e-mails sent.
        FieldError: no mail can go to this address.
    """
    require(viewer, Act.POST_MAIL)
    usable = usable_address(address)
    if usable is None:
        raise FieldError("address", "No mail can go to this address. It should look like name@example.org.")
    letter = compose(address=usable, subject=subject, text=text, attachments=attachments, stop_token=stop_token)
    row = _row_of(letter, kind, usable, stop_token)
    row.invitation_id, row.account_id, row.early_access_id = invitation_id, account_id, early_access_id
    row.due_on = due_on
    session.add(row)
    session.flush()
    keep(letter)
    audit.record(session, viewer, act="mail_posted", subject=f"mail {row.id}", detail={"kind": kind.value})
    return row.id or 0


def _row_of(letter: Letter, kind: MailKind, address: str, stop_token: str | None) -> Mail:
    return Mail(
        kind=kind,
        state=MailState.WAITING if sends_mail() else MailState.WRITTEN,
        address=address,
        message_id=letter.message_id,
        stop_digest=digest(stop_token) if stop_token else None,
        created_at=clock.now(),
        changed_at=clock.now(),
    )


def send_again(session: Session, *, viewer: Viewer, mail_id: int) -> None:
    """Have an e-mail sent that failed, or of which nobody knows whether it went, or that waits to be downloaded.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
        NotFoundError: there is no such e-mail.
        RefusedError: there is no mail server, it went or is on its way, or it is not kept any more.
    """
    require(viewer, Act.SEND_MAIL)
    row = _locked(session, mail_id)
    if not sends_mail():
        raise RefusedError("No mail server is set, so nothing can be sent. Download the letters instead.")
    if not may_go_again(row):
        raise RefusedError("This e-mail went, came back, or is on its way. Nothing was changed.")
    if not is_kept(row.message_id):
        raise RefusedError(_NOT_KEPT)
    _wait_again(session, viewer, row)


def send_all_again(session: Session, *, viewer: Viewer) -> int:
    """Have every e-mail sent that failed and is still kept, and give how many they are.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
    """
    require(viewer, Act.SEND_MAIL)
    failed = session.exec(select(Mail).where(col(Mail.state) == MailState.FAILED).with_for_update()).all()
    again = [row for row in failed if sends_mail() and is_kept(row.message_id)]
    for row in again:
        _wait_again(session, viewer, row)
    return len(again)


def mark_bounced(session: Session, *, viewer: Viewer, mail_id: int) -> None:
    """Write down that an e-mail came back: its address is not used again.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
        NotFoundError: there is no such e-mail.
        RefusedError: it was written down already, or the e-mail did not go.
    """
    require(viewer, Act.SEND_MAIL)
    row = _locked(session, mail_id)
    if row.state is MailState.BOUNCED:
        raise RefusedError("It was noted already that this e-mail came back. Nothing was changed.")
    if row.state not in MAY_COME_BACK:
        raise RefusedError("This e-mail did not go, so it cannot have come back. Nothing was changed.")
    set_bounced(session, viewer=viewer, row=row, failure="It came back, as somebody here noted.")


def set_bounced(session: Session, *, viewer: Viewer, row: Mail, failure: str) -> None:
    """Set an e-mail to bounced. Its letter is not kept, as it would go to the same address."""
    detail = audit.changes({"state": row.state}, {"state": MailState.BOUNCED})
    row.state, row.failure, row.changed_at = MailState.BOUNCED, failure, clock.now()
    audit.record(session, viewer, act="mail_bounced", subject=f"mail {row.id}", detail=detail)
    take_out(row.message_id)


def may_go_again(row: Mail) -> bool:
    """Tell whether an e-mail may be sent by hand: it failed, waits to be downloaded, or was broken off."""
    if row.state is MailState.WAITING:
        return row.failure == BEGUN and clock.now() - row.changed_at > BROKEN_OFF_AFTER
    return row.state in {MailState.FAILED, MailState.WRITTEN}


def _locked(session: Session, mail_id: int) -> Mail:
    row = session.exec(select(Mail).where(Mail.id == mail_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFoundError("There is no such e-mail. Nothing was changed.")
    return row


def _wait_again(session: Session, viewer: Viewer, row: Mail) -> None:
    detail = audit.changes({"state": row.state}, {"state": MailState.WAITING})
    row.state, row.failure, row.changed_at = MailState.WAITING, "", clock.now()
    audit.record(session, viewer, act="mail_sent_again", subject=f"mail {row.id}", detail=detail)
