"""How much a request may send."""

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

BODY_LIMIT = 64 * 1024  # bytes: our own routes take short forms; Streamlit limits uploads itself
_STREAMLIT = "/_stcore/"


class BodyTooLargeError(Exception):
    """More was sent than any route of ours takes."""


def limited(scope: Scope, receive: Receive) -> Receive:
    """Refuse a body above the limit, whether its length is announced or comes in parts.

    Raises:
        BodyTooLargeError: it is announced as too large; what `limited` gives raises it once too much has come.
    """
    if scope["path"].startswith(_STREAMLIT):
        return receive
    announced = Headers(scope=scope).get("content-length", "0")
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > BODY_LIMIT:
            raise BodyTooLargeError
        return message

    if announced.isdigit() and int(announced) > BODY_LIMIT:
        raise BodyTooLargeError
    return counted
