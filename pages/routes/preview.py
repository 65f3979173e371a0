"""`/preview/<token>`: figures that are not published yet, for one named person and 24 hours."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.early_access import PreviewEnding, find_preview, open_preview
from charter.previewing import make_preview
from charter.rules.refusals import ClosedError, NotFoundError
from charter.store import reading, writing
from pages.routes.asking import token_in
from pages.routes.origins import from_elsewhere
from pages.routes.plain_pages import elsewhere_page, message_page
from pages.routes.preview_page import figures_page, link_page

_ASK = "Ask the person who sent it to you. Nothing was changed."
_ENDED: Mapping[PreviewEnding, tuple[str, str]] = {
    PreviewEnding.EXPIRED: ("This link has run out", f"It was good for 24 hours. {_ASK}"),
    PreviewEnding.REVOKED: ("This link is no longer in use", f"It was taken back. {_ASK}"),
    PreviewEnding.PUBLISHED: ("These figures are published now", "Everyone can read them on this site."),
}


def show_preview(request: Request) -> Response:
    """Say what the link opens. Mail scanners open links, so this changes nothing and shows no figure."""
    try:
        with reading() as session:
            found = find_preview(session, token=token_in(request))
    except NotFoundError:
        return message_page(404, "We do not know this link", f"Check that you have all of it. {_ASK}")
    if found.ending is not None:
        return message_page(410, *_ENDED[found.ending])
    return link_page(found)


def open_figures(request: Request) -> Response:
    """Write down that the person looks, and show the figures in the answer itself: nothing else opens them."""
    if from_elsewhere(request):
        return elsewhere_page()
    try:
        with writing() as session:
            found = open_preview(session, token=token_in(request))
    except (ClosedError, NotFoundError):
        return show_preview(request)
    with reading() as session:
        preview = make_preview(session, period=found.period)
    return figures_page(found, preview)


ROUTES = [
    Route("/preview/{token}", show_preview, methods=["GET"]),
    Route("/preview/{token}", open_figures, methods=["POST"]),
]
