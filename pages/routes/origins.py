"""Whether a request that changes something was made by a page of ours."""

from urllib.parse import urlsplit

from starlette.requests import Request

from charter.settings import settings

_OURS = frozenset({"same-origin", "none"})


def from_elsewhere(request: Request) -> bool:
    """Tell whether another site's page sent this request. Browsers say so; what says nothing is let through."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in _OURS:
        return True
    origin = request.headers.get("origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc not in {request.headers.get("host"), urlsplit(settings().site_address).netloc}
