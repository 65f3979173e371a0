"""What the list of responses shows, kept in the address: a link can lead to a list that is filtered already."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st

from charter.responses.wanted import ORDERS, STATUSES, WRITTEN, Order, Status, Wanted, Written
from charter.words import INCOMES, KINDS
from db.types import IncomeBand, OrganisationKind, Side

_ALL = ""
_SIDES = {Side.VCFSE: "Groups", Side.PUBLIC: "Public bodies"}
Word = TypeVar("Word", bound=StrEnum)


def draw(period_ref: str, wards: Sequence[str]) -> Wanted:
    """Draw the fields, and give what is looked for."""
    search = st.text_input("Search by name or reference", key=f"search_{period_ref}", width=420, type="search")
    asked = wanted_from_address()
    with st.expander("Show only some, or in another order", expanded=asked != Wanted()):
        first, second, third = st.columns(3)
    with first:
        _choose("Where it stands", "status", STATUSES, asked.status)
        _choose("E-mails", "mail", WRITTEN, asked.written)
    with second:
        _choose("Side", "side", _SIDES, asked.side)
        _choose("Kind", "kind", KINDS, asked.kind)
        _choose("Yearly income", "income", INCOMES, asked.income)
    with third:
        _choose("Ward", "ward", {name: name for name in wards}, asked.ward)
        _choose("In order of", "order", ORDERS, asked.order, none=False)
    return replace(asked, search=search or "")


def wanted_from_address() -> Wanted:
    """Read what the address asks for; what is no word of ours leaves nothing out."""
    return Wanted(
        side=_word(Side, "side"),
        status=_word(Status, "status"),
        kind=_word(OrganisationKind, "kind"),
        income=_word(IncomeBand, "income"),
        ward=st.query_params.get("ward", ""),
        written=_word(Written, "mail"),
        order=_word(Order, "order") or Order.NAME,
    )


def address_of(wanted: Wanted) -> dict[str, str]:
    """Give what has to stand in an address to look for this."""
    found = {
        "side": wanted.side,
        "status": wanted.status,
        "kind": wanted.kind,
        "income": wanted.income,
        "ward": wanted.ward,
        "mail": wanted.written,
    }
    return {name: str(value) for name, value in found.items() if value}


def _word(words: type[Word], name: str) -> Word | None:
    given = st.query_params.get(name)
    return next((word for word in words if word == given), None)


def _choose(label: str, name: str, labels: Mapping[Any, str], chosen: str | None, *, none: bool = True) -> None:
    """Draw a field. What is chosen in it goes into the address, from which it is read."""
    options = [_ALL, *map(str, labels)] if none else [*map(str, labels)]
    key = f"wanted_{name}_{chosen}"
    st.selectbox(
        label,
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=lambda each: labels.get(each, "All"),
        key=key,
        on_change=_keep,
        args=(name, key),
    )


def _keep(name: str, key: str) -> None:
    chosen = str(st.session_state.get(key) or "")
    if chosen:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)
