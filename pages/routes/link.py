"""`/link/<token>`: an invitation link. Opening it only shows what it is for; *Continue* is what takes effect."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from charter.links import find_link, open_link
from charter.rules.refusals import ClosedError, NotFoundError
from charter.sessions import end_session
from charter.store import reading, writing
from charter.viewers import Ending
from pages.routes.asking import address_of, token_in
from pages.routes.cookies import set_cookie, token_of
from pages.routes.origins import from_elsewhere
from pages.routes.plain_pages import elsewhere_page, message_page, plain_page

_ASK = "Ask the person who sent it to you for a new one. Nothing was changed."


def show_link(request: Request) -> Response:
    """Say whose form the link opens. Mail scanners open links, so this changes nothing."""
    try:
        with reading() as session:
            found = find_link(session, token=token_in(request))
    except NotFoundError:
        return _unknown()
    if found.ending is Ending.PERIOD_CLOSED:
        return _closed()
    if found.ending is not None:
        return _withdrawn()
    return plain_page("link.html", organisation=found.organisation, period=found.period_title)


def follow_link(request: Request) -> Response:
    """Begin a session by the link, in place of the one that the browser had, and go to the form."""
    if from_elsewhere(request):
        return elsewhere_page()
    try:
        with writing() as session:
            end_session(session, token=token_of(request))
            token = open_link(session, token=token_in(request), address=address_of(request))
    except ClosedError:
        return _closed()
    except NotFoundError:
        return show_link(request)
    response = RedirectResponse("/self-assessment", status_code=303, headers={"cache-control": "no-store"})
    set_cookie(response, request, token)
    return response


def _unknown() -> Response:
    return message_page(404, "We do not know this link", f"Check that you have all of it. {_ASK}")


def _withdrawn() -> Response:
    return message_page(410, "This link is no longer in use", _ASK)


def _closed() -> Response:
    return message_page(
        410,
        "This review is not open for answers",
        "What your group saved before it closed is safe. If you have a question, ask the person who sent the link.",
    )


ROUTES = [
    Route("/link/{token}", show_link, methods=["GET"]),
    Route("/link/{token}", follow_link, methods=["POST"]),
]
