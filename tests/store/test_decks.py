"""Decks: arranged by those who have an account, read by whoever has their address, and never another's to change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, col, select, update

from charter import clock
from charter.reports.deck import changing
from charter.reports.deck.arranging import DeckFound, PlacedSlide, arranged, list_decks, read_deck
from charter.reports.deck.keeping import make_deck, remove_deck, save_deck
from charter.reports.deck.slide import Slide
from charter.reports.deck.word_slides import CLOSING, QUESTION
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import AuditEntry, Deck, DeckSlide
from db.types import Role, SlideKey
from tests import factories

NAMES = "Llŷn, Łódź, ਪੰਜਾਬੀ <b>&"


def person(session: Session, role: Role = Role.PARTNER) -> Viewer:
    return Viewer(account_id=factories.account(session), grants=frozenset({Grant(role)}))


@pytest.fixture
def made(store: Store) -> tuple[Viewer, DeckFound]:
    """Make a deck of a release."""
    with store.writing() as session:
        viewer = person(session)
        factories.release(session, ref="2026.1")
        return viewer, make_deck(session, viewer=viewer, release_ref="2026.1")


def save(session: Session, viewer: Viewer, deck: DeckFound, *, seen: int | None = None) -> DeckFound:
    return save_deck(
        session,
        viewer=viewer,
        ref=deck.ref,
        title=deck.title,
        closing=deck.closing,
        slides=deck.slides,
        seen_revision=deck.revision if seen is None else seen,
    )


def keys(deck: DeckFound) -> list[SlideKey]:
    return [each.key for each in deck.slides]


def acts(session: Session) -> list[str]:
    return list(session.exec(select(AuditEntry.act).order_by(col(AuditEntry.number))))


def test_a_deck_begins_with_every_slide_in_its_own_order(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, deck = made
    assert (deck.release_ref, deck.title, deck.closing, deck.revision, deck.own) == ("2026.1", QUESTION, "", 1, True)
    assert keys(deck) == list(SlideKey)
    with store.reading() as session:
        assert read_deck(session, viewer=viewer, ref=deck.ref) == deck
        assert acts(session) == ["deck_made"]


def test_what_is_saved_comes_back_to_whoever_has_the_address(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, deck = made
    slides = (PlacedSlide(SlideKey.GAP, "Pause here."), PlacedSlide(SlideKey.TITLE, f"{NAMES}\nTwo lines"))
    with store.writing() as session:
        saved = save(
            session, viewer, replace(deck, title=f"  {NAMES} \n", closing="Diolch!\n\nThank you.", slides=slides)
        )
        assert acts(session) == ["deck_made", "deck_saved"]
    with store.reading() as session:
        read = read_deck(session, viewer=PUBLIC, ref=deck.ref)
    assert (read.title, read.closing, read.slides, read.revision) == (NAMES, "Diolch!\n\nThank you.", slides, 2)
    assert (saved.own, read.own) == (True, False)


def test_one_who_was_overtaken_is_told_and_overwrites_nothing(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, deck = made
    with store.writing() as session:
        save(session, viewer, replace(deck, title="First"))
    with pytest.raises(EditedElsewhereError, match="another window"), store.writing() as session:
        save(session, viewer, replace(deck, title="Second"))
    with store.reading() as session:
        assert read_deck(session, viewer=viewer, ref=deck.ref).title == "First"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda deck: replace(deck, title=" \n"), "give your talk a title"),
        (lambda deck: replace(deck, title="x" * 121), "121 letters, and there is room for 120"),
        (lambda deck: replace(deck, closing="x" * 601), "601 letters, and there is room for 600"),
        (lambda deck: replace(deck, slides=()), "one slide at least"),
        (lambda deck: replace(deck, slides=(PlacedSlide(SlideKey.ASK, "x" * 4001),)), "4,001 letters"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_of_it_is_kept(
    store: Store, made: tuple[Viewer, DeckFound], change: Callable[[DeckFound], DeckFound], said: str
) -> None:
    viewer, deck = made
    with pytest.raises(FieldError, match=said), store.writing() as session:
        save(session, viewer, change(deck))
    with store.reading() as session:
        assert read_deck(session, viewer=viewer, ref=deck.ref) == deck


@pytest.mark.parametrize("who", [PUBLIC, OPERATOR, Viewer(account_id=1)], ids=["anyone", "operator", "no role"])
def test_without_a_role_nobody_makes_changes_or_removes_one(
    store: Store, made: tuple[Viewer, DeckFound], who: Viewer
) -> None:
    _, deck = made
    writes: list[Callable[[Session], object]] = [
        lambda session: make_deck(session, viewer=who, release_ref="2026.1"),
        lambda session: save(session, who, deck),
        lambda session: remove_deck(session, viewer=who, ref=deck.ref),
    ]
    for write in writes:
        with pytest.raises(NotAllowedError), store.writing() as session:
            write(session)
    with store.reading() as session:
        assert acts(session) == ["deck_made"]


def test_anothers_deck_is_theirs_and_the_coordinators(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    owner, deck = made
    with store.writing() as session:
        other, coordinator = person(session), person(session, Role.COORDINATOR)
    for write in (save, lambda session, viewer, deck: remove_deck(session, viewer=viewer, ref=deck.ref)):
        with pytest.raises(NotAllowedError, match="somebody else’s"), store.writing() as session:
            write(session, other, deck)
    with store.writing() as session:
        assert save(session, coordinator, replace(deck, title="Ours")).own
    with store.reading() as session:
        assert list_decks(session, viewer=other) == list_decks(session, viewer=PUBLIC) == ()
        assert [each.title for each in list_decks(session, viewer=owner)] == ["Ours"]


def test_ones_decks_are_listed_the_one_changed_last_first(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, first = made
    with store.writing() as session:
        factories.release(session, ref="2027.1")
        second = make_deck(session, viewer=viewer, release_ref="2027.1")
    with store.writing() as session:
        first = save(session, viewer, replace(first, slides=first.slides[:2]))
    with store.reading() as session:
        assert list_decks(session, viewer=viewer) == (first, second)


def test_a_removed_deck_is_gone_with_its_slides(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, deck = made
    with store.writing() as session:
        remove_deck(session, viewer=viewer, ref=deck.ref)
        assert acts(session) == ["deck_made", "deck_removed"]
    with store.reading() as session:
        assert session.exec(select(DeckSlide)).all() == []
        with pytest.raises(NotFoundError, match="no such deck"):
            read_deck(session, viewer=viewer, ref=deck.ref)
    with pytest.raises(NotFoundError), store.writing() as session:
        remove_deck(session, viewer=viewer, ref=deck.ref)


def test_no_deck_is_made_of_what_is_withdrawn_or_unknown(store: Store) -> None:
    with store.writing() as session:
        viewer = person(session)
        factories.release(session, ref="2026.1", withdrawn_at=clock.now(), withdrawn_reason="A wrong list.")
    with pytest.raises(RefusedError, match=r"2026\.1 was withdrawn"), store.writing() as session:
        make_deck(session, viewer=viewer, release_ref="2026.1")
    with pytest.raises(NotFoundError, match="no release 9"), store.writing() as session:
        make_deck(session, viewer=viewer, release_ref="9")


def test_each_change_is_made_to_the_deck_as_it_is_stored(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, deck = made
    with store.writing() as session:
        who: dict[str, Any] = {"session": session, "viewer": viewer, "ref": deck.ref}
        changing.move_slide(**who, key=SlideKey.GAP, earlier=True)
        changing.save_notes(**who, key=SlideKey.GAP, notes="Pause here.", seen="")
        changing.show_slide(**who, key=SlideKey.ANSWERED, shown=False)
        changing.move_slide(**who, key=SlideKey.TITLE, earlier=False)
        changing.save_title(**who, words="Our year", seen=QUESTION)
        told = changing.save_closing(**who, words="Diolch!", seen="")
    first = [SlideKey.THEMES, SlideKey.TITLE, SlideKey.GAP, SlideKey.CHANGED, SlideKey.OUTCOMES]
    assert keys(told)[:5] == first
    assert told.slides[2].notes == "Pause here."
    assert (told.title, told.closing, told.revision) == ("Our year", "Diolch!", 7)


def test_what_changes_nothing_leaves_the_deck_as_it_is(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, deck = made
    with store.writing() as session:
        who: dict[str, Any] = {"session": session, "viewer": viewer, "ref": deck.ref}
        changing.move_slide(**who, key=SlideKey.TITLE, earlier=True)
        changing.move_slide(**who, key=SlideKey.CLOSING, earlier=False)
        changing.show_slide(**who, key=SlideKey.GAP, shown=True)
        assert changing.save_title(**who, words=QUESTION, seen=QUESTION) == deck


def test_a_slide_comes_back_to_its_place(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, deck = made
    with store.writing() as session:
        for key in (SlideKey.GAP, SlideKey.CLOSING):
            changing.show_slide(session, viewer=viewer, ref=deck.ref, key=key, shown=False)
        changing.move_slide(session, viewer=viewer, ref=deck.ref, key=SlideKey.GAP, earlier=True)
        for key in (SlideKey.CLOSING, SlideKey.GAP):
            told = changing.show_slide(session, viewer=viewer, ref=deck.ref, key=key, shown=True)
    assert keys(told) == list(SlideKey)


def test_a_slide_with_notes_is_not_left_out_with_them(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, deck = made
    who: dict[str, Any] = {"viewer": viewer, "ref": deck.ref, "key": SlideKey.GAP}
    with store.writing() as session:
        changing.save_notes(session, **who, notes="Pause here.", seen="")
    with pytest.raises(RefusedError, match="Empty them first"), store.writing() as session:
        changing.show_slide(session, **who, shown=False)
    with store.writing() as session:
        changing.save_notes(session, **who, notes="", seen="Pause here.")
        told = changing.show_slide(session, **who, shown=False)
    assert SlideKey.GAP not in keys(told)


def test_words_that_changed_elsewhere_are_not_overwritten(store: Store, made: tuple[Viewer, DeckFound]) -> None:
    viewer, deck = made
    with store.writing() as session:
        changing.save_notes(session, viewer=viewer, ref=deck.ref, key=SlideKey.GAP, notes="Theirs", seen="")
        changing.save_closing(session, viewer=viewer, ref=deck.ref, words="Theirs", seen="")
    writes: tuple[Callable[[Session], object], ...] = (
        lambda session: changing.save_notes(
            session, viewer=viewer, ref=deck.ref, key=SlideKey.GAP, notes="Mine", seen=""
        ),
        lambda session: changing.save_closing(session, viewer=viewer, ref=deck.ref, words="Mine", seen=""),
        lambda session: changing.save_title(session, viewer=viewer, ref=deck.ref, words="Mine", seen="Another"),
    )
    for write in writes:
        with pytest.raises(EditedElsewhereError), store.writing() as session:
            write(session)


def test_a_note_on_a_slide_that_was_left_out_meanwhile_is_not_said_to_be_saved(
    store: Store, made: tuple[Viewer, DeckFound]
) -> None:
    viewer, deck = made
    with store.writing() as session:
        changing.show_slide(session, viewer=viewer, ref=deck.ref, key=SlideKey.GAP, shown=False)
    with pytest.raises(EditedElsewhereError), store.writing() as session:
        changing.save_notes(session, viewer=viewer, ref=deck.ref, key=SlideKey.GAP, notes="Mine", seen="")


def test_a_deck_that_changed_after_it_was_read_is_read_anew_before_it_is_saved(
    store: Store, made: tuple[Viewer, DeckFound]
) -> None:
    viewer, deck = made
    with store.writing() as session:
        before = session.exec(select(Deck)).one()
        # As another has it who saved while this one waited for the row.
        session.connection().execute(update(Deck).values(revision=deck.revision + 1))
        assert before.revision == deck.revision
        with pytest.raises(EditedElsewhereError):
            save(session, viewer, deck)


SLIDES = tuple(Slide(key, f"Headline of {key}", notes=("A figure.",)) for key in SlideKey if key is not SlideKey.ASK)


def test_a_release_is_told_in_the_order_of_its_deck(made: tuple[Viewer, DeckFound]) -> None:
    _, deck = made
    order = (SlideKey.GAP, SlideKey.ASK, SlideKey.TITLE)
    told = arranged(SLIDES, replace(deck, title="Our year", slides=tuple(PlacedSlide(key) for key in order)))
    assert [(slide.key, slide.headline) for slide in told] == [
        (SlideKey.GAP, "Headline of gap"),
        (SlideKey.TITLE, "Our year"),
    ]


def test_own_notes_go_before_the_figures_and_own_words_end_the_talk(made: tuple[Viewer, DeckFound]) -> None:
    _, deck = made
    slides = (PlacedSlide(SlideKey.GAP, "Pause.\n\nGo on."), PlacedSlide(SlideKey.CLOSING))
    closing = Slide(SlideKey.CLOSING, CLOSING, said=("charter.example.org",), link="https://charter.example.org")
    gap, last = arranged((*SLIDES[:4], closing), replace(deck, closing="Diolch!\n\nThank you.", slides=slides))
    assert gap.notes == ("Pause.", "Go on.", "A figure.")
    assert (last.headline, last.said, last.link) == ("Diolch!", ("Thank you.", "charter.example.org"), closing.link)
    (kept,) = arranged((closing,), replace(deck, slides=slides))
    assert kept == closing


def test_a_deck_of_which_the_release_has_nothing_shows_every_slide(made: tuple[Viewer, DeckFound]) -> None:
    _, deck = made
    assert arranged(SLIDES, replace(deck, slides=(PlacedSlide(SlideKey.ASK),))) == SLIDES
