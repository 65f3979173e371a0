"""A person's own decks: which one is arranged, making one, and removing one."""

import streamlit as st

from charter import clock
from charter.releases import ReleaseFound
from charter.reports.deck.arranging import DeckFound, list_decks, read_deck
from charter.reports.deck.keeping import make_deck, remove_deck
from charter.reports.deck.showing import slides_of
from charter.rules.access import Act, Viewer, may
from charter.rules.refusals import NotFoundError
from charter.store import Session, reading
from pages.ui import addresses, press, viewer
from pages.ui.plain import plain
from pages.ui.running import acting

_DECK, _RELEASE = "ref", "release"


def asked_deck(here: Viewer) -> DeckFound | None:
    """Give the deck that the address names, and let the page show the release that it is of."""
    ref = addresses.asked().ref
    if ref is None:
        return None
    try:
        with reading() as session:
            deck = read_deck(session, viewer=here, ref=ref)
    except NotFoundError as refusal:
        st.warning(plain(f"{refusal} This is the show of every slide."))
        return None
    if addresses.asked().release != deck.release_ref:
        addresses.choose(release=deck.release_ref)
    return deck


def draw(here: Viewer, release: ReleaseFound, deck: DeckFound | None) -> None:
    """Draw the way to a deck of one's own, and those that there are."""
    st.header("Arrange it your way", anchor=False)
    if not may(here, Act.ARRANGE_DECKS):
        st.markdown("Sign in to pick and order the slides, and to add notes and a last slide of your own.")
        st.page_link("public/sign_in.py", label="Sign in")
        return
    with reading() as session:
        own = [each for each in list_decks(session, viewer=here) if each.release_ref == release.ref]
    st.markdown("A deck of your own has the slides that you pick, in your order, with your notes.")
    for each in own:
        if deck is None or each.ref != deck.ref:
            label = f"{each.title} (changed {clock.moment_in_words(each.changed_at)})"
            st.page_link(
                "public/present.py", label=plain(label), query_params={_DECK: each.ref, _RELEASE: each.release_ref}
            )
    with st.container(horizontal=True):
        press.button("Make a deck of your own", _make, release, key="make_deck", look="secondary")
        if deck is not None:
            press.button("See every slide in its own order", _leave, key="leave_deck")


def draw_removing(deck: DeckFound) -> None:
    """Draw the button that removes a deck."""
    acting.confirmed(
        "Remove this deck",
        name=f"remove_{deck.ref}",
        warning="The deck goes for good, with your notes. Whoever has its address sees it no more. Figures stay.",
        yes="Remove it",
        act=lambda: _remove(deck.ref),
    )


def _make(release: ReleaseFound) -> None:
    made: list[str] = []
    slides = [slide.key for slide in slides_of(release)]

    def act(session: Session) -> str:
        deck = make_deck(session, viewer=viewer.current(), release_ref=release.ref, slides=slides)
        made.append(deck.ref)
        return "This deck is yours. What you change is saved at once."

    # The second press of a double click makes no second deck.
    if acting.do(act, asked=("make_deck", release.ref)) and made:
        # Both at once: the browser's button to go back then leads back in one step.
        st.query_params.update({_DECK: made[0], _RELEASE: release.ref})


def _leave() -> None:
    st.query_params.pop(_DECK, None)


def _remove(ref: str) -> None:
    def act(session: Session) -> str:
        remove_deck(session, viewer=viewer.current(), ref=ref)
        return "The deck is removed."

    if acting.do(act):
        _leave()
