"""The list of every outcome, theme by theme, each a link to its page; and for those who may, the form of a new one."""

import streamlit as st

from charter.outcome_words import status_words
from charter.outcomes.owning import may_report
from charter.outcomes.recorded import RecordedIndicator
from charter.rules.access import Viewer
from charter.store import reading
from charter.words import MADE_UP_MARK
from pages.ui import cached
from pages.ui.indicator import defining
from pages.ui.opening import Shown
from pages.ui.plain import plain

_PAGE = "public/indicator.py"
_NO_THEME = "Other outcomes"


def draw(who: Viewer, shown: Shown | None) -> None:
    """Draw the list of what is published, and of what the sources state."""
    released = cached.indicators(shown) if shown is not None else ()
    known = {each.ref for each in released}
    draw_links((*released, *(each for each in cached.stated_indicators() if each.ref not in known)), shown)
    with reading() as session:
        shares = may_report(session, viewer=who, owner_ref="")
    if shares:
        with st.expander("Define a new outcome that all partners share"):
            defining.draw_new(organisation_id=None)


def draw_links(found: tuple[RecordedIndicator, ...], shown: Shown | None) -> None:
    """Draw links to indicators, by theme, each with how it stands."""
    address = shown.address if shown is not None else {}
    by_theme: dict[str, list[RecordedIndicator]] = {}
    for each in found:
        by_theme.setdefault(each.theme_title or _NO_THEME, []).append(each)
    for title, indicators in by_theme.items():
        st.header(plain(title), anchor=False)
        for each in indicators:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                name = f"{each.title} {MADE_UP_MARK}" if each.made_up else each.title
                st.page_link(_PAGE, label=plain(name), query_params={"ref": each.ref, **address})
                st.caption(plain(status_words(each.stands.status)), width="content")
