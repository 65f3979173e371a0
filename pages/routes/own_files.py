"""`/files/my-answers/…` and `/files/my-data`: an organisation's own files, for its own people alone."""

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
from pages.routes.asking import viewer_of
from pages.routes.downloads import download
from pages.routes.plain_pages import message_page, plain_page


def my_answers(request: Request) -> Response:
    """Give a copy of what was sent, as a page to print, or with `?as=csv` as rows for a spreadsheet."""
    viewer = viewer_of(request)
    ref = request.path_params["ref"]
    try:
        with writing() as session:
            copy = hand_out_copy(session, viewer=viewer, ref=ref)
    except RefusedError as refusal:
        return _refused(viewer, refusal)
    if request.query_params.get("as") == "csv":
        return download(copy_as_csv(copy), name=f"my-answers-{ref}.csv", kind="text/csv; charset=utf-8")
    sent_on = clock.moment_in_words(copy.sent_at) if copy.sent_at else ""
    return plain_page("own_copy.html", copy=copy, sent_on=sent_on)


def my_data(request: Request) -> Response:
    """Give everything that is held about an organisation and its people, as one JSON file."""
    viewer = viewer_of(request)
    ref = request.query_params.get("org", "")
    try:
        with writing() as session:
            written = data_on_request(session, viewer=viewer, ref=ref)
    except RefusedError as refusal:
        return _refused(viewer, refusal)
    return download(written, name=f"my-data-{ref}.json", kind="application/json")


def _refused(viewer: Viewer, refusal: RefusedError) -> Response:
    if isinstance(refusal, SignedOutError) or viewer.session_id is None:
        return message_page(
            403, "Please sign in first", "Sign in on this site, or open your link again, and then ask for this file."
        )
    status = 404 if isinstance(refusal, NotFoundError) else 403
    return message_page(status, "This file is not open to you", str(refusal))


ROUTES = [
    Route("/files/my-answers/{ref}", my_answers, methods=["GET"]),
    Route("/files/my-data", my_data, methods=["GET"]),
]
