"""The outbox as the coordinator uses it where there is no mail server: download the letters, then delete them.

A letter may hold a link that sets a password. One to a person with a further role than a partner's is therefore for
those who keep accounts: a coordinator who read it could sign in as that person.
"""

import io
import zipfile
from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter import audit
from charter.mail.keeping_out import keep_out_needless, needless
from charter.mail.outbox_folder import content_of, is_kept, take_out
from charter.rules.access import Act, Viewer, may, require
from db.models import AccountGrant, Mail
from db.types import MailState, Role


@dataclass(frozen=True)
class OutboxHolds:
    """How many letters wait to be downloaded, and the number of the last of them (0 where there is none)."""

    letters: int
    last_id: int


def outbox_holds(session: Session, *, viewer: Viewer) -> OutboxHolds:
    """Count the letters that wait to be downloaded.

    Raises:
        NotAllowedError: the viewer may not read letters.
    """
    require(viewer, Act.SEND_MAIL)
    rows = _written(session, viewer, up_to=None)
    return OutboxHolds(len(rows), rows[-1][0] if rows else 0)


def outbox_zip(session: Session, *, viewer: Viewer, up_to: int | None = None) -> bytes:
    """Give the letters that wait to be downloaded as a ZIP of .eml files, which any mail program opens.

    Reminders that are not needed any more are kept out, and go from the outbox.

    Args:
        session: a writing session: that they were downloaded is written to the audit log, as they hold links.
        viewer: who asks.
        up_to: only letters with this number or a lower one.

    Raises:
        NotAllowedError: the viewer may not read letters.
    """
    require(viewer, Act.SEND_MAIL)
    keep_out_needless(session, col(Mail.state) == MailState.WRITTEN)
    packed = io.BytesIO()
    letters = 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, message_id in _written(session, viewer, up_to=up_to):
            if (content := content_of(message_id)) is not None:
                archive.writestr(f"{key:06d}.eml", content)
                letters += 1
    audit.record(session, viewer, act="outbox_downloaded", subject=f"{letters} letters")
    return packed.getvalue()


def delete_written(session: Session, *, viewer: Viewer, up_to: int) -> int:
    """Delete letters that were downloaded, and give how many they were. The e-mails stay in the list.

    Args:
        session: a writing session.
        viewer: who asks.
        up_to: the last number that was downloaded: what was written since is not deleted unread.

    Raises:
        NotAllowedError: the viewer may not read letters.
    """
    require(viewer, Act.SEND_MAIL)
    rows = _written(session, viewer, up_to=up_to)
    audit.record(session, viewer, act="outbox_deleted", subject=f"{len(rows)} letters")
    return sum(take_out(message_id) for _, message_id in rows)


def _written(session: Session, viewer: Viewer, *, up_to: int | None) -> list[tuple[int, str]]:
    needed = col(Mail.id).not_in(needless().with_only_columns(col(Mail.id)))
    wanted = select(Mail.id, Mail.message_id).where(col(Mail.state) == MailState.WRITTEN, needed).order_by(col(Mail.id))
    if not may(viewer, Act.KEEP_ACCOUNTS):
        further = select(AccountGrant.id).where(
            col(AccountGrant.account_id) == col(Mail.account_id), col(AccountGrant.role) != Role.PARTNER
        )
        wanted = wanted.where(~further.exists())
    if up_to is not None:
        wanted = wanted.where(col(Mail.id) <= up_to)
    return [(key or 0, message_id) for key, message_id in session.exec(wanted) if is_kept(message_id)]
