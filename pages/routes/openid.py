"""`/sign-in/openid` and `/sign-in/openid/back`: to an organisation's own directory, and back as somebody it knows.

The server waits for the directory without holding a thread, so that a slow one keeps nobody else.
"""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from charter.openid.asking import RETURN, DirectoryAwayError, way_to, who_came_back
from charter.openid.claims import Identity, StatementWrongError
from charter.openid.directory import Directory
from charter.openid.journeys import FRONT, Journey, begin_journey, end_journey, page_of_ours
from charter.openid.signing_in import sign_in_by_directory
from charter.rules.refusals import NotFoundError
from charter.sessions import end_session
from charter.settings import settings
from charter.store import writing
from pages.routes.asking import address_of
from pages.routes.cookies import (
    drop_journey_cookie,
    journey_token_of,
    set_cookie,
    set_journey_cookie,
    token_of,
)
from pages.routes.plain_pages import message_page, plain_page

_log = logging.getLogger("charter")
_NO_STORE = {"cache-control": "no-store"}


async def go(request: Request) -> Response:
    """Send the browser to the directory."""
    directory = settings().directory
    if directory is None:
        return _unknown()
    way_back = page_of_ours(request.query_params.get("back", ""))
    journey = await run_in_threadpool(_begin, way_back)
    try:
        address = await way_to(directory, journey)
    except DirectoryAwayError as error:
        return _away(error, way_back)
    response = RedirectResponse(address, status_code=303, headers=_NO_STORE)
    set_journey_cookie(response, request, journey.token)
    return response


async def come_back(request: Request) -> Response:
    """Take a browser that comes back, whatever it brings. Its journey is over then, in the store and in its cookie."""
    directory = settings().directory
    if directory is None:
        return _unknown()
    try:
        journey, way_back = await run_in_threadpool(_end, request)
    except NotFoundError:
        response = _lost()
    else:
        response = await _arrive(request, directory, journey, way_back)
    drop_journey_cookie(response, request)
    return response


async def _arrive(request: Request, directory: Directory, journey: Journey, way_back: str) -> Response:
    brought = request.query_params
    if "error" in brought:
        return _not_let_in(way_back)
    try:
        identity = await who_came_back(directory, journey, code=brought.get("code", ""))
        token = await run_in_threadpool(_sign_in, request, identity)
    except DirectoryAwayError as error:
        return _away(error, way_back)
    except StatementWrongError as error:
        _log.warning("directory: what it signed is not believed: %s", error)
        return _refused(way_back)
    except NotFoundError:
        _log.warning("directory: no account that can sign in goes with who came")
        return _refused(way_back)
    response = RedirectResponse(way_back, status_code=303, headers=_NO_STORE)
    set_cookie(response, request, token)
    return response


def _begin(way_back: str) -> Journey:
    with writing() as session:
        return begin_journey(session, way_back=way_back)


def _end(request: Request) -> tuple[Journey, str]:
    with writing() as session:
        return end_journey(session, token=journey_token_of(request), state=request.query_params.get("state", ""))


def _sign_in(request: Request, identity: Identity) -> str:
    """Begin a session in place of the one that the browser had."""
    with writing() as session:
        end_session(session, token=token_of(request))
        return sign_in_by_directory(session, identity=identity, address=address_of(request))


def _unknown() -> Response:
    return message_page(404, "There is no such page", "Check the address.")


def _lost() -> Response:
    return _said(
        403,
        "That did not sign you in",
        "It works once, within ten minutes, in the browser that you began in. Nothing was changed. Go back and begin "
        "again.",
        FRONT,
    )


def _not_let_in(way_back: str) -> Response:
    return _said(
        200,
        "That did not sign you in",
        "You stopped, or your organisation did not let you in. Nothing was changed. You can go back and try again, or "
        "sign in with a password.",
        way_back,
    )


def _away(error: DirectoryAwayError, way_back: str) -> Response:
    _log.warning("directory: %s", error)
    return _said(
        424,
        "We could not ask your organisation",
        "Its own sign-in did not answer as it should. Nothing was changed. Go back and try again in a few minutes, or "
        "sign in with a password. If it happens again, tell the person who runs the review.",
        way_back,
    )


def _refused(way_back: str) -> Response:
    return _said(
        403,
        "That did not sign you in",
        "Your organisation knows you, but we could not find an account of yours here that can sign in. Nothing was "
        "changed. Ask the person who runs the review, or go back and sign in with a password.",
        way_back,
    )


def _said(status: int, title: str, message: str, way_back: str) -> Response:
    return plain_page("directory.html", status=status, title=title, message=message, way_back=way_back)


ROUTES = [
    Route("/sign-in/openid", go, methods=["GET"]),
    Route(RETURN, come_back, methods=["GET"]),
]
