"""Letters whose link was taken back before they went: they are not sent, and not kept."""

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.mail.outbox_folder import is_kept, take_out
from charter.rules.access import Act, Viewer, require
from db.models import Mail
from db.types import MailState

_NOT_GONE = frozenset({MailState.WAITING, MailState.WRITTEN, MailState.FAILED})
_WHY = "The link in it was taken back, so it is not sent."


def take_back_letters(session: Session, *, viewer: Viewer, early_access_id: int) -> int:
    """Keep the letters with a preview's link from being sent, and give how many had not gone yet.

    One that is being handed to the mail server in this very moment may still arrive; its link opens nothing.

    Args:
        session: a writing session, in which the link was put out of use.
        viewer: who asks.
        early_access_id: the early access that the letters are about.

    Raises:
        NotAllowedError: the viewer may not have e-mails sent.
    """
    require(viewer, Act.POST_MAIL)
    mine = select(Mail).where(Mail.early_access_id == early_access_id, col(Mail.state).in_(_NOT_GONE))
    rows = [row for row in session.exec(mine.with_for_update()) if is_kept(row.message_id)]
    for row in rows:
        row.state, row.failure, row.changed_at = MailState.FAILED, _WHY, clock.now()
        take_out(row.message_id)
        audit.record(session, viewer, act="mail_taken_back", subject=f"mail {row.id}")
    return len(rows)
