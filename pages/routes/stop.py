"""`/stop/<token>`: no more reminders. Opening it only shows a button; pressing it is what takes effect.

Mail programs press it too, by a POST of their own that says `List-Unsubscribe=One-Click` (RFC 8058). It comes from
another site and with no cookie: the token in the address is all that it needs.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.mail.stopping import find_stop, stop_reminders
from charter.rules.refusals import NotFoundError
from charter.store import reading, writing
from pages.routes.asking import address_of, token_in
from pages.routes.plain_pages import message_page, plain_page


def show_stop(request: Request) -> Response:
    """Say whose reminders the button stops. Mail scanners open links, so this changes nothing."""
    try:
        with reading() as session:
            organisation = find_stop(session, token=token_in(request))
    except NotFoundError:
        return _unknown()
    return plain_page("stop.html", organisation=organisation)


def press_stop(request: Request) -> Response:
    """Stop the reminders."""
    try:
        with writing() as session:
            stop_reminders(session, token=token_in(request), address=address_of(request))
    except NotFoundError:
        return _unknown()
    return message_page(
        200,
        "No more reminders",
        "Your group gets no more reminders. Your link still works, and what you saved is safe. If you pressed by "
        "mistake, tell the person who runs the review.",
    )


def _unknown() -> Response:
    return message_page(
        404,
        "We do not know this address",
        "Check that you have all of it, or ask the person who runs the review to stop the reminders. "
        "Nothing was changed.",
    )


ROUTES = [
    Route("/stop/{token}", show_stop, methods=["GET"]),
    Route("/stop/{token}", press_stop, methods=["POST"]),
]
