"""Arranging a deck: its title, which slides it has and in which order, the speaker's notes, and its last slide."""

import zlib
from collections.abc import Callable
from functools import partial

import streamlit as st

from charter.reports.deck import changing
from charter.reports.deck.arranging import DeckFound, PlacedSlide, arranged
from charter.reports.deck.keeping import CLOSING_LETTERS, NOTES_LETTERS, TITLE_LETTERS
from charter.reports.deck.slide import Slide
from charter.store import Session
from db.types import SlideKey
from pages.ui import keys, press, typed_over, viewer
from pages.ui.plain import plain
from pages.ui.running import acting

_SAVED = "Saved."
_TITLE = "title"


def draw(deck: DeckFound, slides: tuple[Slide, ...]) -> None:
    """Draw everything that can be changed of a deck. Each change is saved at once.

    Args:
        deck: the viewer's own deck.
        slides: every slide that its release has.
    """
    made = {slide.key: slide for slide in slides}
    told = {slide.key: slide.headline for slide in arranged(slides, deck)}
    st.header("Its slides", anchor=False)
    st.markdown("What you change is saved at once. Figures cannot be changed: they are the release’s.")
    _draw_words(deck, _TITLE, deck.title, label="Title of your talk", most=TITLE_LETTERS)
    shown = [each for each in deck.slides if each.key in made]
    for place, each in enumerate(shown, start=1):
        _draw_slide(deck, made[each.key], each, named=f"{place}. {told[each.key]}", place=place, last=len(shown))
    _draw_words(deck, "closing", deck.closing, label="Your own words on the last slide", most=CLOSING_LETTERS)
    st.caption("The first line is its headline. Without any, the last slide leads to the public page.")
    out = [slide for slide in slides if slide.key not in {each.key for each in shown}]
    if out:
        st.subheader("Left out", anchor=False)
    for slide in out:
        _draw_shown(deck, slide, named=slide.headline, shown=False)


def _draw_slide(deck: DeckFound, slide: Slide, placed: PlacedSlide, *, named: str, place: int, last: int) -> None:
    name = f"{deck.ref}_{slide.key}"
    with st.container(border=True, gap="small"):
        _draw_shown(deck, slide, named=named, shown=True)
        with st.container(horizontal=True):
            press.button("See it", _see, deck.ref, place, key=f"see_{name}")
            if place > 1:
                press.button("Earlier", _move, deck.ref, slide.key, True, key=f"earlier_{name}")
            if place < last:
                press.button("Later", _move, deck.ref, slide.key, False, key=f"later_{name}")
        with st.expander("Notes" if placed.notes else "Add notes", key=f"notes_box_{name}"):
            _draw_notes(deck, slide, placed)


def _draw_shown(deck: DeckFound, slide: Slide, *, named: str, shown: bool) -> None:
    key = f"shown_{deck.ref}_{slide.key}_{deck.revision}"
    st.checkbox(plain(named), value=shown, key=key, on_change=_show, args=(deck.ref, slide.key, key))


def _draw_notes(deck: DeckFound, slide: Slide, placed: PlacedSlide) -> None:
    name, seen = f"deck_notes_{deck.ref}_{slide.key}", placed.notes
    typed_over.draw(name, revision=_mark(seen), saved={"": seen})
    st.text_area(
        "Your own notes",
        value=seen,
        key=f"{name}_{_mark(seen)}",
        max_chars=NOTES_LETTERS,
        on_change=_save_notes,
        args=(deck.ref, slide.key, name, seen),
    )
    st.markdown("The figures that come with this slide:")
    st.markdown("\n".join(f"- {plain(note)}" for note in slide.notes))


def _draw_words(deck: DeckFound, what: str, seen: str, *, label: str, most: int) -> None:
    name = f"deck_{what}_{deck.ref}"
    typed_over.draw(name, revision=_mark(seen), saved={"": seen})
    field: Callable[..., str | None] = st.text_input if what == _TITLE else st.text_area
    field(
        label,
        value=seen,
        key=f"{name}_{_mark(seen)}",
        max_chars=most,
        on_change=_save_words,
        args=(deck.ref, what, name, seen),
    )


def _mark(seen: str) -> int:
    """Name a field by what it shows: it is filled anew when that has changed, and by no other change of the deck."""
    return zlib.crc32(seen.encode())


def _see(ref: str, place: int) -> None:
    st.session_state[keys.SHOWN_SLIDE] = (ref, place)


def _move(ref: str, key: SlideKey, earlier: bool) -> None:
    _do(partial(changing.move_slide, viewer=viewer.current(), ref=ref, key=key, earlier=earlier))


def _show(ref: str, key: SlideKey, field: str) -> None:
    shown = bool(st.session_state[field])
    if not _do(partial(changing.show_slide, viewer=viewer.current(), ref=ref, key=key, shown=shown)):
        st.session_state[field] = not shown


def _save_notes(ref: str, key: SlideKey, name: str, seen: str) -> None:
    typed = str(st.session_state.get(f"{name}_{_mark(seen)}") or "")
    if _do(partial(changing.save_notes, viewer=viewer.current(), ref=ref, key=key, notes=typed, seen=seen)):
        typed_over.forget(name)


def _save_words(ref: str, what: str, name: str, seen: str) -> None:
    typed = str(st.session_state.get(f"{name}_{_mark(seen)}") or "")
    save = changing.save_title if what == _TITLE else changing.save_closing
    if _do(partial(save, viewer=viewer.current(), ref=ref, words=typed, seen=seen)):
        typed_over.forget(name)


def _do(change: Callable[[Session], object]) -> bool:
    def act(session: Session) -> str:
        change(session)
        return _SAVED

    return acting.do(act)
