"""Handing letters to the mail server, one connection for as many as it takes."""

import smtplib
import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from charter.mail.letters import sender_address
from charter.mail.server import MailServer, StartTls
from db.types import MailState

_SECONDS = 30.0  # how long an answer of the server is waited for
_OK = 250
_WILL_FORWARD = 251
_REFUSED_FOR_GOOD = 500
_SIGN_IN_FIRST = 530
_NOT_REACHED = (
    "The mail server could not be reached, so nothing was sent. Check that it is running, then send it again."
)
_LATER = "The mail server would not take it now (code {code}). Wait an hour, then send it again."
_NEVER = "The mail server would not take it (code {code}). Ask whoever runs the mail server why."
_SIGN_IN = "The mail server did not let us in. Check the name and the password in CHARTER_SMTP_URL."
_IN_THE_OPEN = "The mail server offers no secret connection that can be trusted, so nothing was sent."
_NO_SUCH = "The mail server says that no mail can go to this address (code {code}). Ask the group for another one."


@dataclass(frozen=True)
class Outcome:
    """What became of a letter, and why in plain words if it did not go.

    Attributes:
        state: sent, failed or bounced; None if the connection broke when it was on its way, so that nobody knows.
    """

    state: MailState | None
    failure: str = ""


class HandingIn:
    """A way to the mail server that is opened at the first letter, and again after it broke."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def hand_in(self, *, address: str, content: bytes) -> Outcome:
        """Hand in one letter. What fails is told in the outcome, and never raised."""
        try:
            connection = self._ready()
        except smtplib.SMTPAuthenticationError:
            return Outcome(MailState.FAILED, _SIGN_IN)
        except (smtplib.SMTPNotSupportedError, ssl.SSLError):
            return Outcome(MailState.FAILED, _IN_THE_OPEN)
        except (smtplib.SMTPException, OSError):
            return Outcome(MailState.FAILED, _NOT_REACHED)
        try:
            refused = _address(connection, address)
        except (smtplib.SMTPException, OSError):
            self._hang_up()
            return Outcome(MailState.FAILED, _NOT_REACHED)
        if refused is not None:
            return refused
        return self._hand_over(connection, content)

    def _hand_over(self, connection: smtplib.SMTP, content: bytes) -> Outcome:
        try:
            code, _ = connection.data(content)
        except smtplib.SMTPDataError as error:
            code = error.smtp_code
        except (smtplib.SMTPException, OSError):
            # The server may have taken the letter and been cut off before it could say so.
            self._hang_up()
            return Outcome(None)
        return Outcome(MailState.SENT) if code == _OK else Outcome(MailState.FAILED, _said(code))

    def _ready(self) -> smtplib.SMTP:
        """Give a connection that answers, opened anew if it must be."""
        if self._connection is not None:
            try:
                code, _ = self._connection.rset()
            except (smtplib.SMTPException, OSError):
                code = 0
            if code == _OK:
                return self._connection
            self._hang_up()
        self._connection = _connect(self._server)
        return self._connection

    def _hang_up(self) -> None:
        if self._connection is None:
            return
        try:
            self._connection.quit()
        except (smtplib.SMTPException, OSError):
            self._connection.close()
        self._connection = None


def _connect(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.secret_from_start:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=trusted)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        connection.ehlo_or_helo_if_needed()
        _make_secret(connection, server, trusted)
        if server.user:
            connection.login(server.user, server.password)
    except Exception:
        connection.close()
        raise
    return connection


def _make_secret(connection: smtplib.SMTP, server: MailServer, trusted: ssl.SSLContext) -> None:
    if server.secret_from_start or server.starttls is StartTls.NEVER:
        return
    if server.starttls is StartTls.OFFERED and not connection.has_extn("starttls"):
        return
    connection.starttls(context=trusted)
    connection.ehlo()


def _address(connection: smtplib.SMTP, address: str) -> Outcome | None:
    """Say from whom and to whom; give an outcome if the server refuses, else None."""
    code, _ = connection.mail(sender_address())
    if code != _OK:
        return Outcome(MailState.FAILED, _said(code))
    code, words = connection.rcpt(address)
    if code in {_OK, _WILL_FORWARD}:
        return None
    # Code 5.7.x says that the server will not work for us, whatever the address.
    if code < _REFUSED_FOR_GOOD or code == _SIGN_IN_FIRST or words.lstrip().startswith(b"5.7."):
        return Outcome(MailState.FAILED, _said(code))
    return Outcome(MailState.BOUNCED, _NO_SUCH.format(code=code))


def _said(code: int) -> str:
    return (_NEVER if code >= _REFUSED_FOR_GOOD else _LATER).format(code=code)
