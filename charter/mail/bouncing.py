"""Delivery reports: the e-mails by which other mail servers say that one of ours could not be delivered (RFC 3464)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from sqlmodel import Session, col, select

from charter.mail.sending import set_bounced
from charter.rules.access import Act, Viewer, require
from db.models import Mail
from db.types import MailState

_MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"\d\.\d{1,3}\.\d{1,3}")
_REASONS = {
    "5.1.1": "There is no such address.",
    "5.1.2": "There is no such address.",
    "5.1.10": "There is no such address.",
    "5.2.1": "The mailbox is not used any more.",
    "5.2.2": "The mailbox is full.",
    "5.4.4": "There is no such address.",
}


@dataclass(frozen=True)
class BouncesRead:
    """What was found in the delivery reports that were handed in.

    Attributes:
        bounced: e-mails of ours that came back, and were not known to have.
        not_matched: files that are no delivery report, or speak of no e-mail of ours, or only of a delay.
    """

    bounced: int
    not_matched: int


def read_bounces(session: Session, *, viewer: Viewer, files: Sequence[bytes]) -> BouncesRead:
    """Read delivery reports, saved from a mail program as .eml files, and mark the e-mails that came back.

    Args:
        session: a writing session.
        viewer: who asks.
        files: what is in each file.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
    """
    require(viewer, Act.SEND_MAIL)
    reports = [_report(content) for content in files]
    wanted = [message_id for message_id, _ in filter(None, reports)]
    rows = session.exec(
        select(Mail).where(col(Mail.message_id).in_(wanted)).order_by(col(Mail.id)).with_for_update()
    ).all()
    known = {row.message_id: row for row in rows}
    bounced = 0
    for message_id, failure in filter(None, reports):
        row = known.get(message_id)
        if row is not None and row.state is not MailState.BOUNCED:
            set_bounced(session, viewer=viewer, row=row, failure=failure)
            bounced += 1
    unmatched = sum(report is None or report[0] not in known for report in reports)
    return BouncesRead(bounced=bounced, not_matched=unmatched)


def _report(content: bytes) -> tuple[str, str] | None:
    """Give the Message-ID that a report says failed, and why in plain words; None if it says no such thing."""
    message = message_from_bytes(content, policy=default)
    if message.get_content_type() != "multipart/report":
        return None
    failed = next((status for action, status in _recipients(message) if action == "failed"), None)
    original = next(_original_ids(message), None)
    if failed is None or original is None:
        return None
    return original, _REASONS.get(failed, f"It could not be delivered (code {failed or 'not given'}).")


def _recipients(message: Message) -> Iterator[tuple[str, str]]:
    """Give what happened for each recipient: the action, such as `failed` or `delayed`, and the status code."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, Message) and "action" in block:
                code = _STATUS.search(str(block.get("status", "")))
                yield str(block["action"]).strip().lower(), code[0] if code else ""


def _original_ids(message: Message) -> Iterator[str]:
    """Give the Message-ID of the e-mail that the report encloses, whole or only its headers."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0)
            text = str(inner.get("message-id", "")) if isinstance(inner, EmailMessage) else ""
            found = _MESSAGE_ID.search(f"Message-ID: {text.strip()}")
        elif kind == "text/rfc822-headers":
            headers = part.get_payload(decode=True)
            found = _MESSAGE_ID.search(headers.decode("ascii", "replace")) if isinstance(headers, bytes) else None
        else:
            continue
        if found:
            yield found[1]
