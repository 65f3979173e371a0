"""Every page of the site: its file, title and address, who may open it, and whether the menu shows it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from charter.rules.access import Viewer, Who, standings
from pages.ui import keys

_ANYONE = frozenset({Who.ANYONE})
_ANSWERS = frozenset({Who.PARTNER, Who.OWN_LINK})
_COORDINATES = frozenset({Who.COORDINATOR})
_CONCERNS = frozenset({Who.PARTNER, Who.REVIEWER, Who.COORDINATOR})
_KEEPS = frozenset({Who.COORDINATOR, Who.ADMINISTRATOR})
_REPORTS = frozenset({Who.COORDINATOR, Who.PARTNER})

# The menu's sections. What is in none stands in the menu by itself: the public pages, and those of partners, as on a
# phone Streamlit's list of a menu with sections is not read out as a list.
RUN = "Run the review"
REVIEW = "Review"
KEEP = "Keep the site"
RESULTS = "Results"  # the public pages, for those who have sections: side by side, they would push these out of sight


@dataclass(frozen=True)
class Place:
    """One page.

    Attributes:
        path: its file, below `pages/`.
        title: what the menu and the browser's tab call it.
        url_path: its address; empty for the first page.
        open_to: who may open it.
        in_menu: whether the menu shows it to those who may open it.
        section: the section of the menu that it stands in; empty for none.
    """

    path: str
    title: str
    url_path: str
    open_to: frozenset[Who] = _ANYONE
    in_menu: bool = True
    section: str = ""


SIGN_IN = Place("public/sign_in.py", "Sign in", "sign-in")
SELF_ASSESSMENT = Place("partner/self_assessment.py", "Self-assessment", "self-assessment", _ANSWERS)
THIS_WEEK = Place("coordinate/this_week.py", "This week", "this-week", _COORDINATES, section=RUN)
PLACES = (
    Place("public/headlines.py", "Headlines", ""),
    Place("public/engagement.py", "Engagement", "engagement"),
    Place("public/empowerment.py", "Empowerment", "empowerment"),
    Place("public/equality.py", "Equality", "equality"),
    Place("public/commitment.py", "Commitment", "commitment", in_menu=False),
    Place("public/outcomes.py", "Outcomes", "outcomes"),
    Place("public/indicator.py", "Outcome", "indicator", in_menu=False),
    Place("public/gap.py", "Gap", "gap"),
    Place("public/who_is_heard.py", "Who is heard", "who-is-heard"),
    Place("public/you_said.py", "You said", "you-said"),
    Place("public/actions.py", "Actions", "actions"),
    Place("public/evidence.py", "Evidence", "evidence"),
    Place("public/charter.py", "Charter", "charter"),
    Place("public/method.py", "Method", "method"),
    Place("public/present.py", "Present", "present"),
    Place("public/data.py", "Data", "data"),
    THIS_WEEK,
    Place("coordinate/periods.py", "Periods", "periods", _COORDINATES, section=RUN),
    Place("coordinate/responses.py", "Responses", "responses", _COORDINATES, section=RUN),
    Place("coordinate/assisted.py", "Answer for a group", "assisted", _COORDINATES, in_menu=False, section=RUN),
    Place("coordinate/publish.py", "Publish", "publish", _COORDINATES, section=RUN),
    Place("coordinate/reports.py", "Reports", "reports", _COORDINATES, section=RUN),
    Place("review/review.py", "Review", "review", frozenset({Who.REVIEWER, Who.COORDINATOR}), section=REVIEW),
    Place("coordinate/organisations.py", "Organisations", "organisations", _COORDINATES, section=KEEP),
    Place("coordinate/accounts.py", "Accounts", "accounts", _KEEPS, section=KEEP),
    Place("coordinate/audit_log.py", "Audit log", "audit", _KEEPS, section=KEEP),
    SELF_ASSESSMENT,
    Place("partner/my_organisation.py", "My organisation", "my-organisation", _ANSWERS),
    Place("partner/answer_back.py", "Answer back", "answer-back", frozenset({Who.PARTNER})),
    Place("coordinate/imports.py", "Imports", "imports", _REPORTS, section=KEEP),
    Place("partner/concerns.py", "Concerns", "concerns", _CONCERNS, section=REVIEW),
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
    chosen = st.navigation(_menu(viewer), position="top")
    st.session_state[keys.TURNED] = st.session_state.get(keys.PAGE) != chosen.url_path
    st.session_state[keys.PAGE] = chosen.url_path
    return next(place for place in PLACES if place.url_path == chosen.url_path), chosen


def sections(viewer: Viewer) -> Mapping[str, tuple[Place, ...]]:
    """Lay the menu out for a viewer: their own pages first, so that a narrow screen does not put them behind "more".

    A section of which a viewer sees one page only is no section to them, and what they do not see stands in none.
    """
    found: dict[str, list[Place]] = {}
    counted = Counter(place.section for place in PLACES if place.section and _is_shown(place, viewer))
    several = {section for section, places in counted.items() if places > 1}
    for place in sorted(PLACES, key=lambda each: each.open_to == _ANYONE or not _is_shown(each, viewer)):
        section = RESULTS if several and place.open_to == _ANYONE else place.section
        named = _is_shown(place, viewer) and section in {*several, RESULTS}
        found.setdefault(section if named else "", []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _menu(viewer: Viewer) -> Mapping[str, list[StreamlitPage]]:
    return {name: [_page(place, viewer) for place in places] for name, places in sections(viewer).items()}


def _is_shown(place: Place, viewer: Viewer) -> bool:
    return place.in_menu and is_open(place, viewer) and not (place is SIGN_IN and bool(viewer.session_id))


def _page(place: Place, viewer: Viewer) -> StreamlitPage:
    return st.Page(
        place.path,
        title=place.title,
        url_path=place.url_path or None,
        default=not place.url_path,
        visibility="visible" if _is_shown(place, viewer) else "hidden",
    )
