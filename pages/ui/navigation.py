"""Every page of the site: its file, title and address, who may open it, and whether the menu shows it."""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from charter.rules.access import Viewer, Who, standings

_ANYONE = frozenset({Who.ANYONE})
_ANSWERS = frozenset({Who.PARTNER, Who.OWN_LINK})


@dataclass(frozen=True)
class Place:
    """One page.

    Attributes:
        path: its file, below `pages/`.
        title: what the menu and the browser's tab call it.
        url_path: its address; empty for the first page.
        open_to: who may open it.
        in_menu: whether the menu shows it to those who may open it.
    """

    path: str
    title: str
    url_path: str
    open_to: frozenset[Who] = _ANYONE
    in_menu: bool = True


SIGN_IN = Place("public/sign_in.py", "Sign in", "sign-in")
SELF_ASSESSMENT = Place("partner/self_assessment.py", "Self-assessment", "self-assessment", _ANSWERS)
PLACES = (
    Place("public/headlines.py", "Headlines", ""),
    Place("public/engagement.py", "Engagement", "engagement"),
    Place("public/empowerment.py", "Empowerment", "empowerment"),
    Place("public/equality.py", "Equality", "equality"),
    Place("public/commitment.py", "Commitment", "commitment", in_menu=False),
    Place("public/gap.py", "Gap", "gap"),
    Place("public/charter.py", "Charter", "charter"),
    Place("public/method.py", "Method", "method"),
    SELF_ASSESSMENT,
    SIGN_IN,
)


def standing(viewer: Viewer) -> frozenset[Who]:
    """Give everything that a viewer is. Which organisation's form is open to them is asked again by each verb."""
    found = standings(viewer)
    return found | {Who.OWN_LINK} if viewer.invited else found


def is_open(place: Place, viewer: Viewer) -> bool:
    """Tell whether a viewer may open a page."""
    return bool(place.open_to & standing(viewer))


def register(viewer: Viewer) -> tuple[Place, StreamlitPage]:
    """Register every page, and give the one that the address asks for.

    All of them, in every run: a page that is not registered loses its address, and the guard its chance to say why.
    """
    pages = [_page(place, viewer) for place in PLACES]
    chosen = st.navigation(pages, position="top")
    return next(place for place in PLACES if place.url_path == chosen.url_path), chosen


def _page(place: Place, viewer: Viewer) -> StreamlitPage:
    shown = place.in_menu and is_open(place, viewer) and not (place is SIGN_IN and viewer.session_id)
    return st.Page(
        place.path,
        title=place.title,
        url_path=place.url_path or None,
        default=not place.url_path,
        visibility="visible" if shown else "hidden",
    )
