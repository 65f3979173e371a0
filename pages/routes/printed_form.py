"""`/files/form`: the groups' form, blank and in large type, to be printed by the coordinator."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter import clock
from charter.asking import BlankForm, blank_form
from charter.form_words import seen_by_few
from charter.levels import read_levels
from charter.rules.access import Viewer
from charter.store import reading
from charter.words import CONTACTS, ENGAGEMENT_LEVELS, INFLUENCES, NO_LEVELS, QUESTION_HINTS, QUESTIONS
from db.types import Question
from pages.routes.asking import for_coordinator
from pages.routes.plain_pages import plain_page

_CHOICES = {
    Question.INFLUENCE: tuple(INFLUENCES.values()),
    Question.CONTACT: tuple(CONTACTS.values()),
    Question.ENGAGEMENT_LEVEL: tuple(ENGAGEMENT_LEVELS.values()),
}


def show_form(request: Request) -> Response:
    """Send the groups' form, blank, in large type."""
    return for_coordinator(request, _form)


def _form(request: Request, viewer: Viewer) -> Response:
    with reading() as session:
        form = blank_form(session, viewer=viewer, ref=request.query_params.get("period", ""))
        levels = [level.label.capitalize() for level in read_levels(session)]
    return plain_page(
        "printed_form.html",
        period=form.period.named,
        charter=form.period.charter_title,
        closes=clock.day_in_words(form.period.closes_on),
        promise=seen_by_few(form.period.threshold),
        questions=_main(form),
        choices=[*levels, *(label.capitalize() for label in NO_LEVELS.values())],
        closing=[
            {"text": QUESTIONS[question], "hint": QUESTION_HINTS.get(question), "choices": _CHOICES[question]}
            for question in form.closing
        ],
    )


def _main(form: BlankForm) -> list[dict[str, str]]:
    return [{"title": asked.version.title, "text": asked.text} for asked in form.core]


ROUTES = [Route("/files/form", show_form, methods=["GET"])]
