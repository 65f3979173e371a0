"""Making, changing and removing decks. What a deck is, and reading one, is in `arranging.py`."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from charter import audit, clock
from charter.releases import find_release
from charter.reports.deck.arranging import NO_DECK, DeckFound, PlacedSlide, is_own, read_deck
from charter.reports.deck.word_slides import QUESTION
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.tokens import readable
from charter.typed import clean_text
from db.models import Deck, DeckSlide
from db.models.reports import CLOSING_LIMIT, NOTES_LIMIT
from db.types import SlideKey

TITLE_LETTERS = 120  # what a title slide holds
CLOSING_LETTERS, NOTES_LETTERS = CLOSING_LIMIT, NOTES_LIMIT
ELSEWHERE = (
    "This deck was changed in another window after this page showed it. Nothing was overwritten: what you see now is "
    "what is saved."
)


def make_deck(
    session: Session, *, viewer: Viewer, release_ref: str, slides: Sequence[SlideKey] = tuple(SlideKey)
) -> DeckFound:
    """Make a deck of every slide of a release, in their own order, to be arranged.

    Args:
        session: a writing session.
        viewer: who asks.
        release_ref: the release.
        slides: those that the release has something for. What nobody sees would stand in the way of what is moved.

    Raises:
        NotAllowedError: the viewer has no account.
        NotFoundError: there is no such release.
        RefusedError: it was withdrawn.
    """
    require(viewer, Act.ARRANGE_DECKS)
    release = find_release(session, viewer=viewer, ref=release_ref)
    if release.withdrawn_at is not None:
        raise RefusedError(f"Release {release.ref} was withdrawn, so no slides of it are shown. Nothing was changed.")
    now = clock.now()
    row = Deck(
        ref=f"DK-{readable()}{readable()}",
        release_id=release.id,
        account_id=viewer.account_id,
        title=QUESTION,
        made_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    _place(session, row, [PlacedSlide(key) for key in slides])
    audit.record(session, viewer, act="deck_made", subject=f"deck {row.ref}", detail={"release": release.ref})
    return read_deck(session, viewer=viewer, ref=row.ref)


def save_deck(
    session: Session,
    *,
    viewer: Viewer,
    ref: str,
    title: str,
    closing: str,
    slides: Sequence[PlacedSlide],
    seen_revision: int,
) -> DeckFound:
    """Save a deck as it is to be now: its title, its slides in their order with their notes, and its ending.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the deck.
        title: the headline of its first slide.
        closing: the words of its last slide; empty for those that come with it.
        slides: the slides that are shown, each once.
        seen_revision: the revision that the page showed.

    Raises:
        NotAllowedError: the deck is somebody else's.
        NotFoundError: there is no such deck.
        FieldError: the title is missing, something is too long, or no slide is left.
        EditedElsewhereError: it was changed since the page showed it.
    """
    row = _own_row(session, viewer, ref)
    if row.revision != seen_revision:
        raise EditedElsewhereError(ELSEWHERE)
    before = _told(session, row)
    row.title, row.closing = _title(title), _bounded("closing", closing, CLOSING_LIMIT)
    placed = [PlacedSlide(each.key, _bounded("notes", each.notes, NOTES_LIMIT)) for each in slides]
    if not placed:
        raise FieldError("slides", "A deck needs one slide at least. Nothing was changed.")
    row.revision, row.changed_at = row.revision + 1, clock.now()
    session.add(row)
    _place(session, row, placed)
    detail = audit.changes(before, _told(session, row))
    audit.record(session, viewer, act="deck_saved", subject=f"deck {ref}", detail=detail)
    return read_deck(session, viewer=viewer, ref=ref)


def remove_deck(session: Session, *, viewer: Viewer, ref: str) -> None:
    """Remove a deck. Whoever has its address is told that it is not there.

    Raises:
        NotAllowedError: the deck is somebody else's.
        NotFoundError: there is no such deck.
    """
    row = _own_row(session, viewer, ref)
    detail = audit.changes(_told(session, row), {"title": None, "closing": None, "slides": None})
    session.exec(delete(DeckSlide).where(col(DeckSlide.deck_id) == row.id))
    session.delete(row)
    audit.record(session, viewer, act="deck_removed", subject=f"deck {ref}", detail=detail)


def _own_row(session: Session, viewer: Viewer, ref: str) -> Deck:
    require(viewer, Act.ARRANGE_DECKS)
    held = select(Deck).where(Deck.ref == ref).with_for_update()
    # A row that this session read before it waited is read anew.
    row = session.exec(held.execution_options(populate_existing=True)).first()
    if row is None:
        raise NotFoundError(NO_DECK)
    if not is_own(viewer, row):
        raise NotAllowedError("This deck is somebody else’s: you can show it and not change it. Nothing was changed.")
    return row


def _told(session: Session, row: Deck) -> dict[str, object]:
    """Give what a deck says, for the audit log: its notes are the speaker's own."""
    placed = select(DeckSlide.key).where(DeckSlide.deck_id == row.id).order_by(col(DeckSlide.position))
    return {"title": row.title, "closing": row.closing, "slides": list(session.exec(placed))}


def _place(session: Session, row: Deck, slides: Sequence[PlacedSlide]) -> None:
    session.exec(delete(DeckSlide).where(col(DeckSlide.deck_id) == row.id))
    session.add_all(
        DeckSlide(deck_id=row.id or 0, position=place, key=each.key, notes=each.notes)
        for place, each in enumerate(slides, start=1)
    )
    session.flush()


def _title(typed: str) -> str:
    title = " ".join(clean_text(typed).split())
    if not title:
        raise FieldError("title", "Please give your talk a title. Nothing was changed.")
    return _bounded("title", title, TITLE_LETTERS)


def _bounded(field: str, typed: str, most: int) -> str:
    words = clean_text(typed)
    if len(words) > most:
        raise FieldError(field, f"This has {len(words):,} letters, and there is room for {most:,}. Nothing was lost.")
    return words
