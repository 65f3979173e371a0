"""Handing a show out: made when it is first asked for, and kept in memory for those who ask next."""

import hashlib
import threading
from functools import lru_cache

from charter.releases import ReleaseFound
from charter.reports.deck.arranging import DeckFound, arranged, read_deck
from charter.reports.deck.slide import Slide
from charter.reports.deck.slides import make_slides
from charter.reports.forms import FORMS, Form, file_name
from charter.reports.handing_out import HandedOut
from charter.reports.told import Told, contents_of, find_told
from charter.rules.access import PUBLIC
from charter.settings import settings
from charter.store import reading

_SHOWS, _RELEASES = 16, 4  # a show is about one megabyte
# One at a time: when a hall opens the same show, the first waits for it and the others are given what it waited for.
_making = threading.Lock()


def find_show(*, ref: str, deck_ref: str = "") -> tuple[ReleaseFound, DeckFound | None]:
    """Find the release of a show, and the deck by which it is arranged.

    Args:
        ref: the release, such as `2026.1`, or `latest`.
        deck_ref: the deck; empty for every slide in its own order.

    Returns:
        The release and the deck. Where a deck is given, it is the release of the deck, whatever the address says.

    Raises:
        NotFoundError: nothing is published under this reference, or there is no such deck.
        RefusedError: the release was withdrawn.
    """
    with reading() as session:
        deck = read_deck(session, viewer=PUBLIC, ref=deck_ref) if deck_ref else None
    return find_told(deck.release_ref if deck else ref)[0], deck


def hand_out_show(release: ReleaseFound, deck: DeckFound | None = None) -> HandedOut:
    """Give a show as a file.

    Args:
        release: the release.
        deck: how it is arranged; None for every slide in its own order.
    """
    _, told = find_told(release.ref)
    with _making:
        content, digest = _made(told, deck)
    name = file_name(Form.SHOW.value, ref=release.ref, made_up=release.made_up)
    return HandedOut(name, FORMS[Form.SHOW].media_type, content, digest)


def slides_of(release: ReleaseFound) -> tuple[Slide, ...]:
    """Give every slide of a release, in its own order.

    Args:
        release: a release that stands.
    """
    _, told = find_told(release.ref)
    with _making:
        return _slides(told)


@lru_cache(maxsize=_SHOWS)
def _made(told: Told, deck: DeckFound | None) -> tuple[bytes, str]:
    # The libraries behind take long to load, and nobody who only reads pages should wait for them.
    from charter.reports.deck.show import make_show  # noqa: PLC0415

    slides = _slides(told)
    shown = arranged(slides, deck) if deck is not None else slides
    content = make_show(contents_of(told), shown, address=settings().site_address)
    return content, hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=_RELEASES)
def _slides(told: Told) -> tuple[Slide, ...]:
    return make_slides(contents_of(told), address=settings().site_address)
