"""Handing out slides that are not as everyone gets them: in a deck's order, or in an organisation's own look."""

import hashlib
import threading

from charter.reports.contents import find_standing, read_contents
from charter.reports.deck.arranging import read_deck
from charter.reports.deck.templates import template_content
from charter.reports.forms import FORMS, Form, file_name
from charter.reports.handing_out import HandedOut
from charter.rules.access import Viewer
from charter.settings import settings
from charter.store import reading

_making = threading.Lock()  # one at a time, as whoever has a deck's address may ask, and nothing of it is kept


def hand_out_slides(*, viewer: Viewer, ref: str, deck_ref: str = "", template_id: int | None = None) -> HandedOut:
    """Give the slides of a release as somebody arranged them, or in an organisation's own look.

    Args:
        viewer: who asks.
        ref: the release, such as `2026.1`, or `latest`.
        deck_ref: the deck; empty for every slide in its own order. Its release is the deck's, whatever `ref` says.
        template_id: the look; None for ours.

    Raises:
        NotAllowedError: the viewer may not use the looks that are kept.
        NotFoundError: there is no such release, deck or look.
        FieldError: slides cannot be made in this look.
        RefusedError: the release was withdrawn, or the look was damaged where it is kept.
    """
    # The libraries behind take long to load, and nobody who only reads pages should wait for them.
    from charter.reports.making import slides_like  # noqa: PLC0415

    with reading() as session:
        template = None if template_id is None else template_content(session, viewer=viewer, template_id=template_id)
        deck = read_deck(session, viewer=viewer, ref=deck_ref) if deck_ref else None
        release = find_standing(session, viewer=viewer, ref=deck.release_ref if deck else ref)
        contents = read_contents(session, viewer=viewer, ref=release.ref)
    with _making:
        content = slides_like(contents, address=settings().site_address, deck=deck, template=template)
    name = file_name(Form.SLIDES.value, ref=release.ref, made_up=release.made_up)
    return HandedOut(name, FORMS[Form.SLIDES].media_type, content, hashlib.sha256(content).hexdigest())
