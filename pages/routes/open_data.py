"""`/open-data/<release>/<file>`: the tables of a release, for any program to read, from any site.

`latest` leads to the newest release. An answer may be kept, and has to be asked for again: a release may be taken back.
"""

import hashlib
import threading
from functools import lru_cache
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from charter.releases import ReleaseFound
from charter.reports.contents import find_standing, read_contents
from charter.reports.forms import file_name
from charter.reports.open_data import make_open_data
from charter.reports.reading_code import LATEST
from charter.reports.versions import version_of
from charter.rules.access import PUBLIC
from charter.rules.refusals import NotFoundError, RefusedError
from charter.settings import settings
from charter.store import reading
from pages.routes.apart import apart
from pages.routes.headers import CONTENT_POLICY, NOTHING_RUNS
from pages.routes.plain_pages import message_page

_FROM_ANYWHERE = {"access-control-allow-origin": "*", "access-control-expose-headers": "etag"}
_MAY_ASK = {
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "if-none-match, range",
    "access-control-max-age": "86400",
}
_KINDS = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}
_KEPT = 8  # releases, each about a megabyte
_making = threading.Lock()  # many who ask for a new release at once are given what the first of them waited for


def table(request: Request) -> Response:
    """Send a file of a release's open data, or word that the asker has it already."""
    ref, name = request.path_params["release"], request.path_params["name"]
    try:
        with reading() as session:
            release = find_standing(session, viewer=PUBLIC, ref=ref)
            version = version_of(session, release=release)
    except NotFoundError as refusal:
        return _open(message_page(404, "There is no such release", str(refusal)))
    except RefusedError as refusal:
        return _open(message_page(410, "These figures are no longer given out", str(refusal)))
    if ref == LATEST:
        return _leads_to(f"/open-data/{quote(release.ref)}/{quote(name)}")
    with _making:
        files = _files(settings().store_url, release.ref, version)
    if name not in files:
        said = "See what there is on the page of open data, at /data."
        return _open(message_page(404, "There is no such table", said))
    return _answer(request, files[name], name=name, release=release)


def every_table(request: Request) -> Response:
    """Lead from the folder of a release, or of all, to the page that lists its tables."""
    ref = request.path_params.get("release", LATEST)
    return _leads_to("/data" if ref == LATEST else f"/data?release={quote(ref, safe='')}")


def may_ask(request: Request) -> Response:
    """Tell a browser that a page of any site may read these addresses."""
    del request
    return _open(Response(status_code=204, headers=_MAY_ASK))


@lru_cache(maxsize=_KEPT)
def _files(store_url: str, ref: str, version: str) -> dict[str, bytes]:  # noqa: ARG001 - kept under all three
    with reading() as session:
        contents = read_contents(session, viewer=PUBLIC, ref=ref)
    return make_open_data(contents, address=settings().site_address)


def _answer(request: Request, content: bytes, *, name: str, release: ReleaseFound) -> Response:
    # Weak, as the same table is sent compressed too.
    tag = f'W/"{hashlib.sha256(content).hexdigest()}"'
    kept = {"etag": tag, "cache-control": "public, no-cache"}
    asked = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if asked & {tag.removeprefix("W/"), "*"}:
        return _open(Response(status_code=304, headers=kept))
    saved_as = file_name(name, ref=release.ref, made_up=release.made_up)
    kept["content-disposition"] = f'inline; filename="{saved_as}"'
    answer = _open(Response(content, media_type=_KINDS[name.rpartition(".")[2]], headers=kept))
    answer.headers[CONTENT_POLICY] = NOTHING_RUNS
    return answer


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
