"""A real mail server for tests: it takes letters, or refuses them in the ways that real ones do."""

from asyncio import WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.http.serving import free_port


@dataclass
class MailServerHere:
    """The server, and what it took.

    Attributes:
        refused: what it answers to an address in place of taking it, such as `550 5.1.1 No such user`.
        answer: what it answers to a letter.
        leaves_after: how many letters it takes before it goes away; None: it stays.
        leaves_while_taking: whether it goes away when it has a letter, and before it says that it took it.
    """

    port: int
    refused: dict[str, str] = field(default_factory=dict)
    answer: str = "250 OK"
    leaves_after: int | None = None
    leaves_while_taking: bool = False
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address, as the setting names it."""
        return f"smtp://127.0.0.1:{self.port}"

    def letters(self) -> list[EmailMessage]:
        """Give the letters that it took, in their order."""
        return [message_from_bytes(content, policy=default) for _, _, content in self.taken]

    def to(self, address: str) -> list[EmailMessage]:
        """Give the letters that it took for an address."""
        return [letter for letter in self.letters() if letter["To"] == address]

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Take or refuse an address."""
        del server, session, rcpt_options
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take or refuse a letter."""
        del session
        if self.leaves_while_taking or self.leaves_after == len(self.taken):
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
            return self.answer
        if self.answer.startswith("250") and isinstance(envelope.content, bytes):
            self.taken.append((envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content))
        return self.answer


@contextmanager
def mail_server() -> Iterator[MailServerHere]:
    """Start a mail server on this machine, and stop it at the end."""
    here = MailServerHere(free_port())
    controller = Controller(here, hostname="127.0.0.1", port=here.port)
    controller.start()
    try:
        yield here
    finally:
        controller.stop()
