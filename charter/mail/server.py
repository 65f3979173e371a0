"""Where e-mails are handed in: the mail server, as one address tells it."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"smtp": 587, "smtps": 465}


class StartTls(StrEnum):
    """Whether a connection that begins in the open is made secret before anything is said."""

    REQUIRED = "required"
    OFFERED = "offered"  # if the server offers it
    NEVER = "never"


@dataclass(frozen=True)
class MailServer:
    """A mail server.

    Attributes:
        host: its name or address.
        port: 1 to 65535.
        secret_from_start: whether the connection is TLS from its first byte (`smtps`).
        starttls: what is done where it is not.
        user: the name to sign in with; empty for none.
        password: kept out of what is printed.
    """

    host: str
    port: int
    secret_from_start: bool
    starttls: StartTls
    user: str = ""
    password: str = field(default="", repr=False)


def read_server(url: str) -> MailServer:
    """Read the address of a mail server, such as `smtps://name:password@mail.example.org`.

    `smtp://` begins in the open and goes over to TLS: it must where a password is given, and else does so where the
    server offers it. `?starttls=required`, `offered` or `never` says otherwise. Signs with a meaning in addresses are
    written with a percent sign in name and password.

    Raises:
        ValueError: it cannot be used. The message is for the person who set it, and holds nothing of what was set.
    """
    parts = _split(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError("this must look like smtp://name:password@mail.example.org:587 or smtps://…")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    server = MailServer(
        host=parts.hostname,
        port=_port(parts) or _PORTS[parts.scheme],
        secret_from_start=parts.scheme == "smtps",
        starttls=_starttls(parts.query, signs_in=bool(user)),
        user=user,
        password=password,
    )
    _require_secret_password(server)
    return server


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # its own words may repeat what was set
        raise ValueError("this is not an address") from None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise ValueError("the port must be a number from 1 to 65535") from None


def _starttls(query: str, *, signs_in: bool) -> StartTls:
    asked = parse_qs(query, keep_blank_values=True)
    if not asked:
        return StartTls.REQUIRED if signs_in else StartTls.OFFERED
    words = asked.get("starttls", [])
    if len(asked) != 1 or len(words) != 1 or words[0] not in set(StartTls):
        raise ValueError("after the question mark there may be starttls=required, starttls=offered or starttls=never")
    return StartTls(words[0])


def _require_secret_password(server: MailServer) -> None:
    """A password that crosses a network in the open can be read on the way."""
    if server.password and not server.user:
        raise ValueError("there is a password without a name before it")
    open_network = not server.secret_from_start and server.host not in _THIS_MACHINE
    if server.user and open_network and server.starttls is not StartTls.REQUIRED:
        raise ValueError("a password is only sent in secret: use smtps://, or starttls=required")
