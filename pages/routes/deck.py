"""`/deck/<release>`: the slides of a release as one page of their own, for a hall, and to be saved on a stick."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from charter.reports.deck.show_parts import content_policy
from charter.reports.deck.showing import find_show, hand_out_show
from charter.rules.refusals import NotFoundError, RefusedError
from pages.routes.apart import apart
from pages.routes.downloads import download
from pages.routes.having import unless_had
from pages.routes.headers import CONTENT_POLICY, FRAMES
from pages.routes.plain_pages import message_page


def show(request: Request) -> Response:
    """Send the show, or nothing but word that the asker has it already; or the same as a file to be saved."""
    ref, asked = request.path_params["release"], request.query_params
    try:
        release, deck = find_show(ref=ref, deck_ref=asked.get("deck", ""))
        if release.ref != ref:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/deck/{release.ref}{query}", headers={"cache-control": "no-store"})
        file = hand_out_show(release, deck)
    except NotFoundError as refusal:
        return message_page(404, "There is no such show", str(refusal))
    except RefusedError as refusal:
        return message_page(410, "This show is no longer given out", str(refusal))
    if asked.get("download") == "1":
        return download(file.content, name=file.name, kind=file.media_type)
    # Only our own page of `/present` shows it in a frame.
    headers = {CONTENT_POLICY: f"{content_policy()}; frame-ancestors 'self'", FRAMES: "SAMEORIGIN"}
    answer = Response(file.content, media_type=file.media_type, headers=headers)
    return unless_had(request, answer, digest=file.sha256, kept_by="private")


ROUTES = [Route("/deck/{release}", apart(show), methods=["GET"])]
