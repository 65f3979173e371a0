"""The two plain pages behind `/preview/<token>`: what the link opens, and the figures."""

from collections.abc import Sequence
from typing import TypedDict

import pandas as pd
from starlette.responses import Response

from charter import clock, headlines, preview_words
from charter.came_of_it import came_sentences
from charter.early_access import PreviewFound
from charter.previewing import Preview
from charter.words import hidden_note
from pages.routes.plain_pages import plain_page


class _Words(TypedDict):
    """What both pages say: for whom the link is, of which review, and until when."""

    name: str
    period: str
    until: str


def link_page(found: PreviewFound) -> Response:
    """Draw what the link opens, and no figure."""
    return plain_page("preview_link.html", **_shown(found))


def figures_page(found: PreviewFound, preview: Preview) -> Response:
    """Draw the figures."""
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
    return [
        *headlines.headline(preview.figures, preview.who),
        *preview_words.changed_sentences(preview.figures),
        *came_sentences(preview.came),
    ]


def _shown(found: PreviewFound) -> _Words:
    until = clock.moment_in_words(found.expires_at)
    return _Words(name=found.name, period=found.period.named, until=until)


def _table(title: str, frame: pd.DataFrame) -> dict[str, object]:
    return {"title": title, "columns": list(frame.columns), "rows": frame.to_numpy().tolist()}
