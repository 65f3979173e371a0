"""Who asks, and from where: what every route wants to know of a request."""

import re
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from charter.rules.access import Viewer
from charter.rules.refusals import NotAllowedError, NotFoundError
from charter.viewers import see
from pages.routes.cookies import token_of
from pages.routes.plain_pages import message_page

# What a sentence, a bracket or a mail program puts after an address, and a person copies with it: no token has these.
_AROUND = re.compile(r"^[^A-Za-z0-9_-]+|[^A-Za-z0-9_-]+$")


def token_in(request: Request) -> str:
    """Give the token in a request's address, without the full stop or bracket that was copied with it."""
    return _AROUND.sub("", request.path_params["token"])


def address_of(request: Request) -> str:
    """Give the network address that a request comes from, or nothing where the server does not tell it."""
    return request.client.host if request.client else ""


def viewer_of(request: Request) -> Viewer:
    """Find who asks, by the session's token in the cookie."""
    return see(token=token_of(request), address=address_of(request)).viewer


def for_coordinator(request: Request, draw: Callable[[Request, Viewer], Response]) -> Response:
    """Draw a page that is for the coordinator, or say that it is not open to this viewer, or that there is none."""
    try:
        return draw(request, viewer_of(request))
    except NotAllowedError:
        return message_page(403, "This page is not open to you", "Sign in as the coordinator, then open it again.")
    except NotFoundError as refusal:
        return message_page(404, "There is no such page", str(refusal))
