"""The way of an answer back to the browser: with the headers of every answer, and no answer within another."""

import logging
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from pages.routes.cookies import is_https, secured
from pages.routes.headers import CLOSED, CONTENT_POLICY, FRAMES, security_headers

_log = logging.getLogger("charter")


class HttpAnswer:
    """The answer to one request."""

    def __init__(self, send: Send, scope: Scope) -> None:
        """Take the way that the server gave for this request."""
        self._send = send
        self._scope = scope
        self._begun = False

    async def send(self, message: Message) -> None:
        """Send a part of the answer, the first with the headers of every answer."""
        if message["type"] == "http.response.start":
            self._begun = True
            if message["status"] == HTTPStatus.FORBIDDEN:
                _log.warning("refused: %s %s", self._scope["method"], _kind_of(self._scope["path"]))
            if is_https(Request(self._scope)):
                message["headers"] = [secured(name, value) for name, value in message["headers"]]
            headers = MutableHeaders(scope=message)
            own = {name: headers[name] for name in (CONTENT_POLICY, FRAMES) if name in headers}
            for name, value in security_headers():
                headers[name.decode()] = value.decode()
            if own.get(CONTENT_POLICY, "").startswith(CLOSED):
                headers.update(own)
        await self._send(message)

    async def instead(self, scope: Scope, receive: Receive, response: Response) -> None:
        """Answer in place of what failed, unless half an answer is on its way already."""
        if not self._begun:
            await response(scope, receive, self.send)


def _kind_of(path: str) -> str:
    """Name what an address is for, without what may be a token: `/link/…`, `/files/audit.csv`."""
    parts = path.split("/")[1:]
    kept = parts[: 2 if parts[0] == "files" else 1]
    return "/" + "/".join(kept if len(kept) == len(parts) else [*kept, "…"])
