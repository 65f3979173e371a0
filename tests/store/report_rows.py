"""One row of every table of what is made from a release and kept: a part of `rows.py`."""

import itertools
from collections.abc import Callable

from sqlmodel import Session

from db import models
from db.types import SlideKey
from tests import factories
from tests.factories import add, digest

_keys = itertools.cycle(SlideKey)


def deck(session: Session) -> int:
    """Add a deck that an account arranged, and give its id."""
    values = {
        "ref": f"DK-{digest()[:16]}",
        "release_id": factories.release(session),
        "account_id": factories.account(session),
    }
    return add(session, models.Deck, values)


def _deck_slide(session: Session) -> int:
    values = {"deck_id": deck(session), "position": factories.number(), "key": next(_keys)}
    return add(session, models.DeckSlide, values)


def _slide_template(session: Session) -> int:
    values = {"name": f"Our look {factories.number()}", "sha256": digest(), "account_id": factories.account(session)}
    return add(session, models.SlideTemplate, values)


def _release_pack(session: Session) -> int:
    return add(session, models.ReleasePack, {"release_id": factories.release(session), "sha256": digest()})


REPORT_ROWS: dict[str, Callable[[Session], int]] = {
    "deck": deck,
    "deck_slide": _deck_slide,
    "release_pack": _release_pack,
    "slide_template": _slide_template,
}
