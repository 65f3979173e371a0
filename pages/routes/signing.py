"""`/session`, which hands a signed-in page its cookie, and `/sign-out`, which ends the session."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from charter.rules.refusals import NotFoundError
from charter.sign_in import end_own_session, use_ticket
from charter.store import writing
from pages.routes.asking import address_of
from pages.routes.cookies import drop_cookie, set_cookie, token_of
from pages.routes.origins import from_elsewhere
from pages.routes.plain_pages import elsewhere_page, plain_page

_NO_STORE = {"cache-control": "no-store"}


def take_ticket(request: Request) -> Response:
    """Take the ticket that stands in the page after signing in, and set the cookie.

    The session that the browser had, of whomever, ends: nothing would lead to it any more but a copy of its cookie.
    """
    if from_elsewhere(request):
        return Response(status_code=403, headers=_NO_STORE)
    try:
        with writing() as session:
            token = use_ticket(session, ticket=request.headers.get("x-charter-ticket", ""))
            if earlier := token_of(request):
                end_own_session(session, token=earlier, address=address_of(request))
    except NotFoundError:
        return Response(status_code=403, headers=_NO_STORE)
    response = Response(status_code=204, headers=_NO_STORE)
    set_cookie(response, request, token)
    return response


def ask_to_sign_out(_request: Request) -> Response:
    """Show the button: opening an address signs nobody out."""
    return plain_page("sign_out_page.html")


def sign_out(request: Request) -> Response:
    """End the session in the store, and have the browser forget its cookie."""
    if from_elsewhere(request):
        return elsewhere_page()
    if token := token_of(request):
        with writing() as session:
            end_own_session(session, token=token, address=address_of(request))
    # Who uses the browser next finds nothing of what this person saw in it.
    response = RedirectResponse("/", status_code=303, headers=_NO_STORE | {"clear-site-data": '"cache", "storage"'})
    drop_cookie(response, request)
    return response


ROUTES = [
    Route("/session", take_ticket, methods=["POST"]),
    Route("/sign-out", ask_to_sign_out, methods=["GET"]),
    Route("/sign-out", sign_out, methods=["POST"]),
]
