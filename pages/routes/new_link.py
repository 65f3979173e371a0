"""`/new-link`: a group that lost its link asks for another one. Whether its address is known is not told."""

from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.attempts import LockedError
from charter.mail.new_links import ask_for_link
from charter.rules.refusals import ClosedError, FieldError
from charter.store import writing
from pages.routes.asking import address_of
from pages.routes.origins import from_elsewhere
from pages.routes.plain_pages import elsewhere_page, message_page, plain_page

_LONGEST = 300  # characters that are taken from the field; no address is as long


def show_form(_request: Request) -> Response:
    """Show the form."""
    return plain_page("new_link.html", email="", problem="")


async def ask(request: Request) -> Response:
    """Take the address that was typed."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    return await run_in_threadpool(_ask, request, form.get("email", [""])[0][:_LONGEST])


def _ask(request: Request, email: str) -> Response:
    if from_elsewhere(request):
        return elsewhere_page()
    try:
        with writing() as session:
            ask_for_link(session, email=email, address=address_of(request))
    except FieldError as refusal:
        return plain_page("new_link.html", status=422, email=email, problem=str(refusal))
    except ClosedError as refusal:
        return message_page(410, "No review is open", f"{refusal} Nothing was changed.")
    except LockedError as refusal:
        return message_page(429, "Please wait a little", str(refusal))
    return message_page(
        200,
        "Look at your e-mails",
        "If this is the address that we hold for a group in the open review, a new link is on its way to it. It may "
        "take a few minutes. If nothing comes, look where your mail program puts what it does not trust, or ask the "
        "person who runs the review.",
    )


ROUTES = [
    Route("/new-link", show_form, methods=["GET"]),
    Route("/new-link", ask, methods=["POST"]),
]
