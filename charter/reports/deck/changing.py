"""Changing one thing of a deck: where a slide stands, whether it is shown, what its speaker notes, its title and end.

Each reads the deck as it is stored, changes that one thing and saves it, so that two changes that come close together,
such as a note that is saved and the press of a button that ended its typing, are both kept.
"""

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from charter.reports.deck.arranging import DeckFound, PlacedSlide, read_deck
from charter.reports.deck.keeping import ELSEWHERE, save_deck
from charter.rules.access import Viewer
from charter.rules.refusals import EditedElsewhereError, RefusedError
from db.types import SlideKey

_ORDER = tuple(SlideKey)
_HAS_NOTES = "This slide has notes, which would be lost. Empty them first, then leave it out. Nothing was changed."


def move_slide(session: Session, *, viewer: Viewer, ref: str, key: SlideKey, earlier: bool) -> DeckFound:
    """Move a slide of a deck one place; at an end of the deck it stays where it is.

    Raises: as `save_deck`.
    """

    def moved(slides: list[PlacedSlide]) -> list[PlacedSlide]:
        keys = [each.key for each in slides]
        place = keys.index(key) if key in keys else -1
        to = place - 1 if earlier else place + 1
        if place >= 0 and 0 <= to < len(slides):
            slides[place], slides[to] = slides[to], slides[place]
        return slides

    return _rearranged(session, viewer, ref, moved)


def show_slide(session: Session, *, viewer: Viewer, ref: str, key: SlideKey, shown: bool) -> DeckFound:
    """Take a slide into a deck, at the place that it has by itself, or leave it out.

    Raises:
        RefusedError: it has notes, which would go with it; and as `save_deck`.
    """

    def picked(slides: list[PlacedSlide]) -> list[PlacedSlide]:
        if not shown:
            if any(each.key is key and each.notes.strip() for each in slides):
                raise RefusedError(_HAS_NOTES)
            return [each for each in slides if each.key is not key]
        if any(each.key is key for each in slides):
            return slides
        later = (place for place, each in enumerate(slides) if _ORDER.index(each.key) > _ORDER.index(key))
        slides.insert(next(later, len(slides)), PlacedSlide(key))
        return slides

    return _rearranged(session, viewer, ref, picked)


def save_notes(session: Session, *, viewer: Viewer, ref: str, key: SlideKey, notes: str, seen: str) -> DeckFound:
    """Save what the speaker of a deck notes on a slide.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the deck.
        key: the slide.
        notes: the words.
        seen: the words that the page showed.

    Raises: as `save_deck`.
    """

    def noted(slides: list[PlacedSlide]) -> list[PlacedSlide]:
        stored = [each.notes for each in slides if each.key is key]
        if stored != [seen]:  # changed, or left out with its slide
            raise EditedElsewhereError(ELSEWHERE)
        return [PlacedSlide(key, notes) if each.key is key else each for each in slides]

    return _rearranged(session, viewer, ref, noted)


def save_title(session: Session, *, viewer: Viewer, ref: str, words: str, seen: str) -> DeckFound:
    """Save a deck's title, the headline of its first slide. `seen` is the title that the page showed.

    Raises: as `save_deck`.
    """
    deck = read_deck(session, viewer=viewer, ref=ref)
    _require_seen(deck.title, seen)
    return _saved(session, viewer, deck, replace(deck, title=words))


def save_closing(session: Session, *, viewer: Viewer, ref: str, words: str, seen: str) -> DeckFound:
    """Save the words of a deck's last slide; empty for those that come with it. `seen` are those that the page showed.

    Raises: as `save_deck`.
    """
    deck = read_deck(session, viewer=viewer, ref=ref)
    _require_seen(deck.closing, seen)
    return _saved(session, viewer, deck, replace(deck, closing=words))


def _rearranged(
    session: Session, viewer: Viewer, ref: str, change: Callable[[list[PlacedSlide]], list[PlacedSlide]]
) -> DeckFound:
    deck = read_deck(session, viewer=viewer, ref=ref)
    return _saved(session, viewer, deck, replace(deck, slides=tuple(change(list(deck.slides)))))


def _saved(session: Session, viewer: Viewer, before: DeckFound, after: DeckFound) -> DeckFound:
    """Save a deck; one that is as it was already is left alone, and its revision stays."""
    if after == before:
        return before
    return save_deck(
        session,
        viewer=viewer,
        ref=after.ref,
        title=after.title,
        closing=after.closing,
        slides=after.slides,
        seen_revision=before.revision,
    )


def _require_seen(stored: str, seen: str) -> None:
    if stored != seen:
        raise EditedElsewhereError(ELSEWHERE)
