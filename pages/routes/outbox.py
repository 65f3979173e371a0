"""`/files/outbox.zip`: the letters that wait to be downloaded, for those who run the review alone."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.mail.outbox import outbox_zip
from charter.rules.refusals import NotAllowedError
from charter.store import writing
from pages.routes.asking import viewer_of
from pages.routes.downloads import download
from pages.routes.plain_pages import message_page


def outbox(request: Request) -> Response:
    """Send the letters. They stay in the outbox until somebody deletes them: a download may be broken off."""
    asked = request.query_params.get("up_to", "")
    up_to = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None  # noqa: PLR2004
    viewer = viewer_of(request)
    try:
        with writing() as session:
            letters = outbox_zip(session, viewer=viewer, up_to=up_to)
    except NotAllowedError as refusal:
        return message_page(403, "This is not open to you", f"{refusal} Sign in as the person who runs the review.")
    return download(letters, name="outbox.zip", kind="application/zip")


ROUTES = [Route("/files/outbox.zip", outbox, methods=["GET"])]
