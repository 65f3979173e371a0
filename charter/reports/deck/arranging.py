"""Decks: the slides of a release as somebody picked and ordered them, with their own notes and their own ending.

A deck holds no figure and no slide. It holds which slides are shown and in which order; the slides are made from the
release each time, so that a deck never tells another figure than the release. How decks are kept is in `keeping.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from charter.reports.deck.fitting import LINE_LETTERS, lines_of, shortened
from charter.reports.deck.slide import Slide
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError
from db.models import Deck, DeckSlide, Release
from db.types import Role, SlideKey

NO_DECK = "There is no such deck. It may have been removed."


@dataclass(frozen=True)
class PlacedSlide:
    """A slide of a deck, in its place, with the speaker's own notes."""

    key: SlideKey
    notes: str = ""


@dataclass(frozen=True)
class DeckFound:
    """A deck.

    Attributes:
        ref: what stands in its address.
        release_ref: the release whose slides it shows.
        title: the headline of its first slide.
        closing: the words of its last slide; empty where it has none of its own.
        slides: its slides in their order; what is left out is not in it.
        revision: rises with each change.
        changed_at: when it was changed last.
        own: whether the viewer may change it.
    """

    ref: str
    release_ref: str
    title: str
    closing: str
    slides: tuple[PlacedSlide, ...]
    revision: int
    changed_at: datetime
    own: bool


def read_deck(session: Session, *, viewer: Viewer, ref: str) -> DeckFound:
    """Read a deck. Whoever has its address may: its figures are published, and its address cannot be guessed.

    Raises:
        NotAllowedError: the viewer may not read releases.
        NotFoundError: there is no such deck.
    """
    require(viewer, Act.READ_RELEASES)
    found = session.exec(
        select(Deck, Release.ref).join(Release, col(Release.id) == Deck.release_id).where(Deck.ref == ref)
    ).first()
    if found is None:
        raise NotFoundError(NO_DECK)
    row, release_ref = found
    placed = session.exec(select(DeckSlide).where(DeckSlide.deck_id == row.id).order_by(col(DeckSlide.position)))
    return _found(viewer, row, release_ref, [PlacedSlide(each.key, each.notes) for each in placed])


def list_decks(session: Session, *, viewer: Viewer) -> tuple[DeckFound, ...]:
    """Read the viewer's own decks, the one changed last first; none for whoever has no account.

    Raises:
        NotAllowedError: the viewer may not read releases.
    """
    require(viewer, Act.READ_RELEASES)
    if viewer.account_id is None:
        return ()
    decks = session.exec(
        select(Deck, Release.ref)
        .join(Release, col(Release.id) == Deck.release_id)
        .where(Deck.account_id == viewer.account_id)
        .order_by(col(Deck.changed_at).desc(), col(Deck.id).desc())
    ).all()
    keys = [row.id for row, _ in decks]
    placed = session.exec(
        select(DeckSlide).where(col(DeckSlide.deck_id).in_(keys)).order_by(col(DeckSlide.position))
    ).all()
    return tuple(
        _found(viewer, row, ref, [PlacedSlide(each.key, each.notes) for each in placed if each.deck_id == row.id])
        for row, ref in decks
    )


def arranged(slides: Sequence[Slide], deck: DeckFound) -> tuple[Slide, ...]:
    """Put a release's slides in a deck's order, with its title, its notes before each slide's own, and its ending.

    Args:
        slides: what `make_slides` made.
        deck: the deck. What it names and the release has nothing for is left out; where nothing is left, every slide
            is shown.
    """
    made = {slide.key: slide for slide in slides}
    told = tuple(_as_told(made[each.key], each, deck) for each in deck.slides if each.key in made)
    return told or tuple(slides)


def _as_told(slide: Slide, placed: PlacedSlide, deck: DeckFound) -> Slide:
    noted = replace(slide, notes=(*lines_of(placed.notes), *slide.notes))
    match slide.key:
        case SlideKey.TITLE:
            return replace(noted, headline=deck.title)
        case SlideKey.CLOSING if deck.closing:
            first, *rest = lines_of(deck.closing)
            return replace(
                noted, headline=shortened(first, LINE_LETTERS), said=(*rest, *slide.said), notes=(first, *noted.notes)
            )
        case _:
            return noted


def is_own(viewer: Viewer, row: Deck) -> bool:
    """Tell whether a viewer may change a deck: whoever made it may, and the coordinator."""
    coordinates = any(grant.role is Role.COORDINATOR for grant in viewer.grants)
    return coordinates or (viewer.account_id is not None and row.account_id == viewer.account_id)


def _found(viewer: Viewer, row: Deck, release_ref: str, slides: Sequence[PlacedSlide]) -> DeckFound:
    return DeckFound(
        ref=row.ref,
        release_ref=release_ref,
        title=row.title,
        closing=row.closing,
        slides=tuple(slides),
        revision=row.revision,
        changed_at=row.changed_at,
        own=is_own(viewer, row),
    )
