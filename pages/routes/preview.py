"""`/preview/<token>`: figures that are not published yet, for one named person and 24 hours."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter import clock, headlines, preview_words
from charter.early_access import PreviewEnding, PreviewFound, find_preview, open_preview
from charter.previewing import Preview, make_preview
from charter.rules.refusals import ClosedError, NotFoundError
from charter.store import reading, writing
from charter.words import MADE_UP_MARK, hidden_note
from pages.routes.origins import from_elsewhere
from pages.routes.plain_pages import message_page, plain_page

_ASK = "Ask the person who sent it to you. Nothing was changed."
_ENDED: Mapping[PreviewEnding, tuple[str, str]] = {
    PreviewEnding.EXPIRED: ("This link has run out", f"It was good for 24 hours. {_ASK}"),
    PreviewEnding.REVOKED: ("This link is no longer in use", f"It was taken back. {_ASK}"),
    PreviewEnding.PUBLISHED: ("These figures are published now", "Everyone can read them on this site."),
}


class _Words(TypedDict):
    """What both pages say: for whom the link is, of which review, and until when."""

    name: str
    period: str
    until: str


def show_preview(request: Request) -> Response:
    """Say what the link opens. Mail scanners open links, so this changes nothing and shows no figure."""
    try:
        with reading() as session:
            found = find_preview(session, token=request.path_params["token"])
    except NotFoundError:
        return message_page(404, "We do not know this link", f"Check that you have all of it. {_ASK}")
    if found.ending is not None:
        return message_page(410, *_ENDED[found.ending])
    return plain_page("preview_link.html", **_shown(found))


def open_figures(request: Request) -> Response:
    """Write down that the person looks, and show the figures in the answer itself: nothing else opens them."""
    if from_elsewhere(request):
        return message_page(403, "This did not come from our site", "Nothing was changed.")
    try:
        with writing() as session:
            found = open_preview(session, token=request.path_params["token"])
    except (ClosedError, NotFoundError):
        return show_preview(request)
    with reading() as session:
        preview = make_preview(session, period=found.period)
    return plain_page(
        "preview.html",
        sentences=_sentences(preview),
        tables=[
            _table("Themes", preview_words.theme_table(preview.figures)),
            _table("Promises", preview_words.promise_table(preview.figures)),
        ],
        note=hidden_note(found.period.threshold),
        **_shown(found),
    )


def _sentences(preview: Preview) -> Sequence[str]:
    return [*headlines.headline(preview.figures, preview.who), *preview_words.changed_sentences(preview.figures)]


def _shown(found: PreviewFound) -> _Words:
    mark = f" {MADE_UP_MARK}" if found.period.made_up else ""
    until = clock.moment_in_words(found.expires_at)
    return _Words(name=found.name, period=f"{found.period.title}{mark}", until=until)


def _table(title: str, frame: pd.DataFrame) -> dict[str, object]:
    return {"title": title, "columns": list(frame.columns), "rows": frame.to_numpy().tolist()}


ROUTES = [
    Route("/preview/{token}", show_preview, methods=["GET"]),
    Route("/preview/{token}", open_figures, methods=["POST"]),
]
