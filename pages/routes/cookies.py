"""The one cookie: an HttpOnly token of a session in the store."""

from starlette.requests import Request
from starlette.responses import Response

from charter.sessions import cookie_name
from charter.settings import settings

# The store decides when a session is over. The cookie outlives it, so that the person can be told that it has ended,
# and so that the browser is known when they sign in again.
_KEPT = 30 * 24 * 60 * 60  # seconds


def token_of(request: Request) -> str:
    """Give the token in a request's cookie, or nothing."""
    return request.cookies.get(cookie_name(), "")


def set_cookie(response: Response, request: Request, token: str) -> None:
    """Hand the browser its token: no script can read it, and no other site's form sends it."""
    response.set_cookie(
        cookie_name(), token, max_age=_KEPT, path="/", httponly=True, samesite="lax", secure=is_https(request)
    )


def drop_cookie(response: Response, request: Request) -> None:
    """Have the browser forget its token."""
    response.delete_cookie(cookie_name(), path="/", httponly=True, samesite="lax", secure=is_https(request))


def is_https(request: Request) -> bool:
    """Tell whether people reach the site by https, through a proxy or not."""
    return request.url.scheme == "https" or settings().site_address.startswith("https://")
