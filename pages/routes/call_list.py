"""`/files/call-list`: whom to ring, on paper, for the coordinator alone."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter import clock
from charter.periods import find_period
from charter.responses.calling import call_list
from charter.responses.listing import Response as Invited
from charter.rules.access import Viewer
from charter.store import reading
from pages.routes.asking import for_coordinator
from pages.routes.plain_pages import plain_page


def show_call_list(request: Request) -> Response:
    """Send the groups that have not sent their answers, with what is needed to ring them and room for notes."""
    return for_coordinator(request, _call_list)


def _call_list(request: Request, viewer: Viewer) -> Response:
    ward = request.query_params.get("ward", "")
    with reading() as session:
        period = find_period(session, ref=request.query_params.get("period", ""))
        found = call_list(session, viewer=viewer, period_id=period.id, ward=ward)
    return plain_page(
        "call_list.html",
        period=period.named,
        ward=ward,
        printed=clock.moment_in_words(clock.now()),
        closes=clock.day_in_words(period.last_day),
        total=found.total,
        rows=[_call(row) for row in found.rows],
    )


def _call(row: Invited) -> dict[str, str]:
    reminded = clock.day_in_words(clock.local(row.reminded_at).date()) if row.reminded_at else "never"
    begun = "begun" if row.state is not None else "not begun"
    return {"name": row.name, "phone": row.phone, "email": row.email, "reminded": reminded, "begun": begun}


ROUTES = [Route("/files/call-list", show_call_list, methods=["GET"])]
