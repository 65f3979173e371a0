"""`/files/my-answers/…` and `/files/my-data`: an organisation's own files, for its own people alone."""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter import clock
from charter.own.copies import hand_out_copy
from charter.own.copy_file import copy_as_csv
from charter.own.data import data_on_request
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError, RefusedError, SignedOutError
from charter.store import writing
from charter.viewers import see
from pages.routes.cookies import token_of
from pages.routes.plain_pages import message_page, plain_page

_UNFIT = re.compile(r"[^A-Za-z0-9.-]+")


def my_answers(request: Request) -> Response:
    """Give a copy of what was sent, as a page to print, or with `?as=csv` as rows for a spreadsheet."""
    viewer = _viewer(request)
    ref = request.path_params["ref"]
    try:
        with writing() as session:
            copy = hand_out_copy(session, viewer=viewer, ref=ref)
    except RefusedError as refusal:
        return _refused(viewer, refusal)
    if request.query_params.get("as") == "csv":
        return _file(copy_as_csv(copy), f"my-answers-{ref}.csv", "text/csv; charset=utf-8")
    sent_on = clock.moment_in_words(copy.sent_at) if copy.sent_at else ""
    return plain_page("own_copy.html", copy=copy, sent_on=sent_on)


def my_data(request: Request) -> Response:
    """Give everything that is held about an organisation and its people, as one JSON file."""
    viewer = _viewer(request)
    ref = request.query_params.get("org", "")
    try:
        with writing() as session:
            written = data_on_request(session, viewer=viewer, ref=ref)
    except RefusedError as refusal:
        return _refused(viewer, refusal)
    return _file(written, f"my-data-{ref}.json", "application/json")


def _viewer(request: Request) -> Viewer:
    address = request.client.host if request.client else ""
    return see(token=token_of(request), address=address).viewer


def _refused(viewer: Viewer, refusal: RefusedError) -> Response:
    if isinstance(refusal, SignedOutError) or viewer.session_id is None:
        return message_page(
            403, "Please sign in first", "Sign in on this site, or open your link again, and then ask for this file."
        )
    status = 404 if isinstance(refusal, NotFoundError) else 403
    return message_page(status, "This file is not open to you", str(refusal))


def _file(content: str, name: str, kind: str) -> Response:
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="{_UNFIT.sub("-", name)}"',
    }
    return Response(content, media_type=kind, headers=headers)


ROUTES = [
    Route("/files/my-answers/{ref}", my_answers, methods=["GET"]),
    Route("/files/my-data", my_data, methods=["GET"]),
]
