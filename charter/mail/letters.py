"""What an e-mail is made of: its headers, its plain text, and what is attached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from charter import clock
from charter.settings import settings
from charter.tokens import new_token

_SUBJECT_LIMIT = 150  # characters
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True)
class Attachment:
    """A file that goes with an e-mail: its name, its kind such as `image/png`, and what is in it."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """An e-mail that is ready to go, and the number in its Message-ID by which it is known."""

    message_id: str
    content: bytes


def compose(
    *, address: str, subject: str, text: str, attachments: Sequence[Attachment] = (), stop_token: str | None = None
) -> Letter:
    """Make an e-mail of plain text.

    Args:
        address: where it goes, an address that mail can go to.
        subject: one line; line breaks in it become spaces, so that it can begin no header of its own.
        text: what it says.
        attachments: the files that go with it.
        stop_token: the token of the address at which one press ends such e-mails, for those that come by themselves.
    """
    message = EmailMessage(policy=SMTP)
    message_id = f"<{new_token()}@{_domain()}>"
    message["From"] = sender_address()
    message["To"] = address
    message["Subject"] = one_line(subject)[:_SUBJECT_LIMIT]
    message["Date"] = format_datetime(clock.now())
    # Nobody's holiday notice should answer it.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    for attachment in attachments:
        kind, _, form = attachment.kind.partition("/")
        message.add_attachment(attachment.content, maintype=kind, subtype=form, filename=one_line(attachment.name))
    return Letter(message_id, _unfolded(message_id, stop_token) + message.as_bytes())


def _unfolded(message_id: str, stop_token: str | None) -> bytes:
    """Write the headers that hold an address: the library would fold a long one, and write it in a code of its own."""
    headers = [f"Message-ID: {message_id}"]
    if stop_token is not None:
        headers += [
            f"List-Unsubscribe: <{stop_address(stop_token)}>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ]
    return "".join(f"{one_line(header)}\r\n" for header in headers).encode("ascii", "ignore")


def one_line(text: str) -> str:
    """Give text without line breaks and other signs that cannot be seen."""
    return _INVISIBLE.sub(" ", text).strip()


def stop_address(token: str) -> str:
    """Give the address at which one press ends reminders."""
    return f"{settings().site_address}/stop/{token}"


def sender_address() -> str:
    """Give the address that e-mails come from."""
    return settings().mail_from or f"charter@{_host()}"


def _domain() -> str:
    return sender_address().rpartition("@")[2].lower()


def _host() -> str:
    return urlsplit(settings().site_address).hostname or "localhost"
