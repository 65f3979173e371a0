"""`/files/call-list` and `/files/form`: pages to be printed, for the coordinator alone."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter import clock
from charter.asking import BlankForm, blank_form
from charter.form_words import seen_by_few
from charter.levels import read_levels
from charter.periods import find_period
from charter.responses.calling import call_list
from charter.responses.listing import Response as Invited
from charter.rules.access import Viewer
from charter.rules.refusals import NotAllowedError, NotFoundError
from charter.store import reading
from charter.viewers import see
from charter.words import CONTACTS, ENGAGEMENT_LEVELS, INFLUENCES, NO_LEVELS, QUESTIONS
from db.types import Question
from pages.routes.cookies import token_of
from pages.routes.plain_pages import message_page, plain_page

_CHOICES = {
    Question.INFLUENCE: tuple(INFLUENCES.values()),
    Question.CONTACT: tuple(CONTACTS.values()),
    Question.ENGAGEMENT_LEVEL: tuple(ENGAGEMENT_LEVELS.values()),
}


def show_call_list(request: Request) -> Response:
    """Send the groups that have not sent their answers, with what is needed to ring them and room for notes."""
    return _for_viewer(request, _call_list)


def show_form(request: Request) -> Response:
    """Send the groups' form, blank, in large type."""
    return _for_viewer(request, _form)


def _for_viewer(request: Request, draw: Callable[[Request, Viewer], Response]) -> Response:
    address = request.client.host if request.client else ""
    try:
        return draw(request, see(token=token_of(request), address=address).viewer)
    except NotAllowedError:
        return message_page(403, "This page is not open to you", "Sign in as the coordinator, then open it again.")
    except NotFoundError as refusal:
        return message_page(404, "There is no such page", str(refusal))


def _call_list(request: Request, viewer: Viewer) -> Response:
    ward = request.query_params.get("ward", "")
    with reading() as session:
        period = find_period(session, ref=request.query_params.get("period", ""))
        found = call_list(session, viewer=viewer, period_id=period.id, ward=ward)
    return plain_page(
        "call_list.html",
        period=period.title,
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


def _form(request: Request, viewer: Viewer) -> Response:
    with reading() as session:
        form = blank_form(session, viewer=viewer, ref=request.query_params.get("period", ""))
        levels = [level.label.capitalize() for level in read_levels(session)]
    return plain_page(
        "printed_form.html",
        period=form.period.title,
        charter=form.period.charter_title,
        closes=clock.day_in_words(form.period.closes_on),
        promise=seen_by_few(form.period.threshold),
        questions=_main(form),
        choices=[*levels, *(label.capitalize() for label in NO_LEVELS.values())],
        closing=[{"text": QUESTIONS[question], "choices": _CHOICES[question]} for question in form.closing],
    )


def _main(form: BlankForm) -> list[dict[str, str]]:
    return [{"title": asked.version.title, "text": asked.text} for asked in form.core]


ROUTES = [
    Route("/files/call-list", show_call_list, methods=["GET"]),
    Route("/files/form", show_form, methods=["GET"]),
]
