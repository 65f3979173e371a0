"""The fields of an organisation, as they are drawn and as their changes are told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from charter import clock
from charter.organisations.fields import NAME_LIMIT, PHONE_LIMIT, REF_LIMIT, Fields
from charter.organisations.listing import name_organisations
from charter.organisations.wards import list_wards
from charter.store import reading
from charter.words import INCOMES, KINDS, listed
from db.types import IncomeBand, OrganisationKind
from pages.ui import viewer
from pages.ui.keeping.saving import Stays, day_field
from pages.ui.plain import plain

Word = TypeVar("Word", bound=StrEnum)
_LABELS = {
    "name": "Name",
    "ref": "Reference",
    "kind": "Kind",
    "income_band": "Yearly income",
    "ward_id": "Ward",
    "email": "E-mail address",
    "phone": "Telephone",
    "part_of_id": "Part of",
    "starts_on": "First day",
    "ends_on": "Last day",
    "successor_id": "Who took its place",
}

_ENDS = {  # what the names of the fields end with
    "name": "name",
    "ref": "ref",
    "kind": "kind",
    "income_band": "income",
    "ward_id": "ward",
    "email": "email",
    "phone": "phone",
    "part_of_id": "part",
    "starts_on": "starts",
    "ends_on": "ends",
    "successor_id": "successor",
}


def typed_in(name: str, filled: Fields) -> bool:
    """Tell whether the fields whose names begin with `name` hold anything else than they were filled with."""
    return any(
        st.session_state.get(f"{name}_{end}", getattr(filled, field)) != getattr(filled, field)
        for field, end in _ENDS.items()
    )


def draw_told(seen: Fields, now: Fields) -> None:
    """Say what somebody else changed since the fields were filled."""
    changed = [name for name in _LABELS if getattr(seen, name) != getattr(now, name)]
    said = [f"{_LABELS[name]}: {plain(_said(now, name))}" for name in changed]
    st.warning(
        f"It says something else now. {listed(said)}. Save again to put what you typed in its place, or load the page "
        "again to begin from what it says now."
    )


def _said(now: Fields, name: str) -> str:
    if name == "kind":
        return KINDS[now.kind]
    if name == "income_band":
        return INCOMES[now.income_band]
    if name.endswith("_id"):
        return "another choice"
    value: date | str | None = getattr(now, name)
    return clock.day_in_words(value) if isinstance(value, date) else value or "nothing"


def draw_fields(name: str, now: Fields, *, stays: Stays | None = None) -> Fields:
    """Draw the fields, filled with what is known now, and give what is typed in them.

    Args:
        name: what the fields' own names begin with.
        now: what they are filled with at first.
        stays: how long what is typed stays while they are not drawn. Fields that show what is stored begin anew then.
    """
    here = viewer.current()
    with reading() as session:
        wards = {ward.id: ward.name for ward in list_wards(session, viewer=here) if not ward.ends_on}
        others = name_organisations(session, viewer=here)
    if now.ward_id is not None:
        wards.setdefault(now.ward_id, "The ward as it was")
    about = _draw_about(name, now, wards, stays=stays)
    reached = _draw_reached(name, about, stays=stays)
    return _draw_belonging(name, reached, others, stays=stays)


def _draw_about(name: str, now: Fields, wards: dict[int, str], *, stays: Stays | None) -> Fields:
    """Draw what figures count an organisation by, with its name."""
    called = st.text_input(_LABELS["name"], now.name, key=f"{name}_name", max_chars=NAME_LIMIT, persist_state=stays)
    kind = _choose(_LABELS["kind"], KINDS, now.kind, key=f"{name}_kind", stays=stays)
    income = _choose(_LABELS["income_band"], INCOMES, now.income_band, key=f"{name}_income", stays=stays)
    ward = _choose_or_none(_LABELS["ward_id"], wards, now.ward_id, key=f"{name}_ward", stays=stays)
    return replace(now, name=called or "", kind=OrganisationKind(kind), income_band=IncomeBand(income), ward_id=ward)


def _draw_reached(name: str, now: Fields, *, stays: Stays | None) -> Fields:
    """Draw by what an organisation is reached, and found in a register."""
    email = st.text_input(_LABELS["email"], now.email, key=f"{name}_email", max_chars=254, persist_state=stays)
    phone = st.text_input(_LABELS["phone"], now.phone, key=f"{name}_phone", max_chars=PHONE_LIMIT, persist_state=stays)
    ref = st.text_input(
        _LABELS["ref"],
        now.ref,
        key=f"{name}_ref",
        max_chars=REF_LIMIT,
        persist_state=stays,
        help="The number of a register, such as GB-CHC-1000000 for a charity or GB-COH-01234567 for a company. Leave "
        "it empty if there is none: it then gets one of ours.",
    )
    return replace(now, email=email or "", phone=phone or "", ref=ref or "")


def _draw_belonging(name: str, now: Fields, others: dict[int, str], *, stays: Stays | None) -> Fields:
    """Draw what an organisation is a part of, from when to when it was there, and what came after it."""
    part_of = _choose_or_none(_LABELS["part_of_id"], others, now.part_of_id, key=f"{name}_part", stays=stays)
    with st.container(horizontal=True):
        starts_on = day_field("First day, if it is known", now.starts_on, key=f"{name}_starts", stays=stays)
        ends_on = day_field("Last day, if it has ended", now.ends_on, key=f"{name}_ends", stays=stays)
    successor = _choose_or_none(_LABELS["successor_id"], others, now.successor_id, key=f"{name}_successor", stays=stays)
    return replace(now, part_of_id=part_of, starts_on=starts_on, ends_on=ends_on, successor_id=successor)


def _choose(label: str, words: Mapping[Word, str], now: Word, *, key: str, stays: Stays | None) -> Word:
    options = list(words)
    chosen = st.selectbox(
        label, options, index=options.index(now), format_func=lambda each: words[each], key=key, persist_state=stays
    )
    return chosen or now


def _choose_or_none(label: str, names: dict[int, str], now: int | None, *, key: str, stays: Stays | None) -> int | None:
    options = [None, *names] if now is None or now in names else [None, now, *names]
    return st.selectbox(
        label,
        options,
        index=options.index(now),
        format_func=lambda each: "None" if each is None else names.get(each, "One that has ended"),
        key=key,
        persist_state=stays,
    )
