"""`/open-data/<release>/<file>`: the tables of a release, for any program to read, from any site.

`latest` leads to the newest release. An answer may be kept, and has to be asked for again: a release may be taken back.
"""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from charter.reports.reading_code import LATEST
from charter.reports.table_files import hand_out_table
from charter.reports.told import find_told
from charter.rules.refusals import NotFoundError, RefusedError
from pages.routes.apart import apart
from pages.routes.downloads import download
from pages.routes.having import unless_had
from pages.routes.headers import CONTENT_POLICY, NOTHING_RUNS
from pages.routes.plain_pages import message_page

_FROM_ANYWHERE = {"access-control-allow-origin": "*", "access-control-expose-headers": "etag"}
_MAY_ASK = {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "if-none-match, range",
    "access-control-max-age": "86400",
}


def table(request: Request) -> Response:
    """Send a file of a release's open data, or word that the asker has it already."""
    ref, name = request.path_params["release"], request.path_params["name"]
    try:
        if ref == LATEST:
            return _leads_to(f"/open-data/{quote(find_told(ref)[0].ref)}/{quote(name)}")
        file = hand_out_table(name, ref=ref)
    except NotFoundError as refusal:
        return _open(message_page(404, "There is nothing at this address", str(refusal)))
    except RefusedError as refusal:
        return _open(message_page(410, "These figures are no longer given out", str(refusal)))
    answer = download(file.content, name=file.name, kind=file.media_type, shown=True)
    answer.headers[CONTENT_POLICY] = NOTHING_RUNS
    return _open(unless_had(request, answer, digest=file.sha256))


def every_table(request: Request) -> Response:
    """Lead from the folder of a release, or of all, to the page that lists its tables."""
    ref = request.path_params.get("release", LATEST)
    return _leads_to("/data" if ref == LATEST else f"/data?release={quote(ref, safe='')}")


def may_ask(request: Request) -> Response:
    """Tell a browser that a page of any site may read these addresses."""
    del request
    return _open(Response(status_code=204, headers=_MAY_ASK))


def _leads_to(address: str) -> Response:
    return _open(RedirectResponse(address, status_code=307, headers={"cache-control": "no-cache"}))


def _open(answer: Response) -> Response:
    """Let a page of any site read an answer: there is nothing in it but what is published."""
    answer.headers.update(_FROM_ANYWHERE)
    return answer


ROUTES = [
    Route("/open-data", every_table, methods=["GET"]),
    Route("/open-data/{release}", every_table, methods=["GET"]),
    Route("/open-data/{release}/", every_table, methods=["GET"]),
    Route("/open-data/{release}/{name}", apart(table), methods=["GET"]),
    Route("/open-data/{release}/{name}", may_ask, methods=["OPTIONS"]),
]
