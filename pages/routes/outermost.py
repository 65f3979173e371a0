"""The outermost layer around every request: headers on each answer, no traceback, no endless bodies, no floods."""

import logging
import time

from starlette.types import ASGIApp, Receive, Scope, Send

from charter.incidents import report
from pages.routes.bodies import BodyTooLargeError, limited
from pages.routes.buckets import Buckets, TooManyRequestsError
from pages.routes.compressed import compressed_file
from pages.routes.http_answer import HttpAnswer
from pages.routes.plain_pages import failure_page, message_page, wait_page
from pages.routes.rates import Rates
from pages.routes.uploads import is_from_nobody

_log = logging.getLogger("charter")
# Streamlit answers these to anyone: how the server is doing, and a way to drive the pages by program.
_SHUT = ("/_stcore/metrics", "/_stcore/agent")
_DENIAL = "websocket.http.response"  # what a server calls it that a socket may be refused by an answer with words
_TELLS_EVERY = 60.0  # seconds
_TRY_LATER = 1013  # what a socket that is not to be opened now ends with


class OutermostMiddleware:
    """Wraps the whole application, so that what goes wrong further in is answered here too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._rates = Rates(Buckets())
        self._told_at = -_TELLS_EVERY

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or speak over one socket for as long as it is open."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with self._rates.open_socket(scope):
                await self._app(scope, receive, send)
        except TooManyRequestsError as refusal:
            self._tell_of_flood()
            if _DENIAL in scope.get("extensions", {}):
                await wait_page(refusal.seconds)(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": _TRY_LATER})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = HttpAnswer(send, scope)
        try:
            self._rates.count(scope)
            await self._answer(scope, limited(scope, receive), answer.send)
        except TooManyRequestsError as refusal:
            self._tell_of_flood()
            await answer.instead(scope, receive, wait_page(refusal.seconds))
        except BodyTooLargeError:
            await answer.instead(scope, receive, message_page(413, "Too much was sent", "Nothing was changed."))
        except Exception as error:  # noqa: BLE001 - this is the last place where it can be answered
            await answer.instead(scope, receive, failure_page(report(error)))

    def _tell_of_flood(self) -> None:
        """Write into the log that somebody had to wait: now and then, as a flood must not fill the log too."""
        now = time.monotonic()
        if now - self._told_at >= _TELLS_EVERY:
            self._told_at = now
            _log.warning("refused: more was asked from one address in a minute, or kept open, than people do")

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith(_SHUT):
            await message_page(404, "There is no such page", "Check the address.")(scope, receive, send)
        elif await is_from_nobody(scope):
            await message_page(403, "Please sign in first", "Then send the file again.")(scope, receive, send)
        elif (response := compressed_file(scope)) is not None:
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)
