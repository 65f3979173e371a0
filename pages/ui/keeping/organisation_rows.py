"""The list of organisations, with what it can be searched and put in order by."""

import streamlit as st

from charter import clock
from charter.organisations.listing import Listed, Order, Standing, Wanted, list_organisations
from charter.organisations.wards import WardFound, list_wards
from charter.store import reading
from charter.words import INCOMES, KINDS
from db.types import IncomeBand, OrganisationKind
from pages.ui import press, viewer
from pages.ui.plain import plain
from pages.ui.running import paging

_STANDINGS = {
    Standing.CURRENT: "There today",
    Standing.NO_EMAIL: "Without an e-mail address",
    Standing.ENDED: "Ended or merged",
}
_ORDERS = {Order.NAME: "Name", Order.WARD: "Ward", Order.NEWEST: "Added last"}
_EMPTY = (
    "There is no organisation yet. Add one, or bring a list from a file: it needs only names and kinds. Every group on "
    "the list is invited when a review opens."
)


def draw() -> None:
    """Draw the filters and the list."""
    here = viewer.current()
    with reading() as session:
        wards = list_wards(session, viewer=here)
    wanted = _filters(wards)
    key = f"organisations_{hash(wanted)}"
    with reading() as session:
        found = list_organisations(session, viewer=here, wanted=wanted, page=paging.page_asked(key))
    if not found.total:
        st.info(_EMPTY if wanted == Wanted() else "No organisation is like that. Try fewer words, or another choice.")
    for one in found.rows:
        _draw_row(one)
    paging.draw(found, key=key, what="organisations")


def _filters(wards: tuple[WardFound, ...]) -> Wanted:
    search = st.text_input("Search by name, reference or e-mail", key="organisations_search", width=420, type="search")
    names = {ward.id: ward.name for ward in wards if ward.organisations}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        standing = st.selectbox(
            "Show", list(_STANDINGS), format_func=lambda each: _STANDINGS[each], key="organisations_standing", width=240
        )
        kind = st.selectbox(
            "Kind",
            [None, *KINDS],
            format_func=lambda each: KINDS[OrganisationKind(each)] if each else "All",
            key="organisations_kind",
            width=240,
        )
        ward = st.selectbox(
            "Ward",
            [None, *names],
            format_func=lambda each: names.get(each, "All"),
            key="organisations_ward",
            width=200,
        )
        order = st.selectbox(
            "In order of", list(_ORDERS), format_func=lambda each: _ORDERS[each], key="organisations_order", width=160
        )
    return Wanted(search or "", Standing(standing), OrganisationKind(kind) if kind else None, ward, Order(order))


def _draw_row(one: Listed) -> None:
    with st.container(gap=None):
        press.button(f"**{plain(one.name)}** ›", go_to, one.ref, key=f"open_{one.id}", look="tertiary")
        st.caption(plain(" · ".join(_about(one))))


def go_to(ref: str, part: str = "") -> None:
    """Open an organisation; without a reference, the list."""
    for name, value in (("ref", ref), ("part", part)):
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def _about(one: Listed) -> list[str]:
    said = [KINDS[one.kind]]
    if one.ward:
        said.append(one.ward)
    if one.income_band is not IncomeBand.NOT_KNOWN:
        said.append(INCOMES[one.income_band])
    said.append(one.email or "no e-mail address")
    if one.merged_into:
        said.append(f"merged into {one.merged_into}")
    elif one.ends_on is not None:
        said.append(f"ends on {clock.day_in_words(one.ends_on)}")
    return said
