"""The cookies, each an HttpOnly token: of a session in the store, and for minutes of a way to the directory."""

from starlette.requests import Request
from starlette.responses import Response

from charter.openid.journeys import LASTS
from charter.sessions import cookie_name
from charter.settings import settings

# The store decides when a session is over. The cookie outlives it, so that the person can be told that it has ended,
# and so that the browser is known when they sign in again.
_KEPT = 30 * 24 * 60 * 60  # seconds
_JOURNEY = "charter_directory"


def token_of(request: Request) -> str:
    """Give the token in a request's cookie, or nothing."""
    return request.cookies.get(cookie_name(), "")


def set_cookie(response: Response, request: Request, token: str) -> None:
    """Hand the browser its token: no script can read it, and no other site's form sends it."""
    _set(response, request, cookie_name(), token, kept=_KEPT)


def drop_cookie(response: Response, request: Request) -> None:
    """Have the browser forget its token."""
    _drop(response, request, cookie_name())


def journey_token_of(request: Request) -> str:
    """Give the token of the browser's way to the directory, or nothing."""
    return request.cookies.get(cookie_name(_JOURNEY), "")


def set_journey_cookie(response: Response, request: Request, token: str) -> None:
    """Hand the browser the token by which it is known when it comes back from the directory."""
    _set(response, request, cookie_name(_JOURNEY), token, kept=int(LASTS.total_seconds()))


def drop_journey_cookie(response: Response, request: Request) -> None:
    """Have the browser forget its way to the directory."""
    _drop(response, request, cookie_name(_JOURNEY))


def is_https(request: Request) -> bool:
    """Tell whether people reach the site by https, through a proxy or not."""
    return request.url.scheme == "https" or settings().site_address.startswith("https://")


def _set(response: Response, request: Request, name: str, token: str, *, kept: int) -> None:
    # Lax: another site's form does not send it, and who comes back from the directory by its redirect brings it.
    response.set_cookie(name, token, max_age=kept, path="/", httponly=True, samesite="lax", secure=is_https(request))


def _drop(response: Response, request: Request, name: str) -> None:
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=is_https(request))


def secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Give a header of an answer by https: a cookie in it goes back by https alone.

    Streamlit's own, against requests from other sites' pages, does not know of the https of a proxy.
    """
    if name.lower() == b"set-cookie" and b"secure" not in value.lower().replace(b" ", b"").split(b";"):
        return name, value + b"; Secure"
    return name, value
