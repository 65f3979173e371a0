"""The invitation list of a period: who is on it, who was taken off and why, and who could be added."""

import pandas as pd
import streamlit as st

from charter import clock
from charter.invitations import (
    Addable,
    Invited,
    add_invitation,
    count_removed,
    find_addable,
    list_invitations,
    put_back,
    remove_invitation,
)
from charter.pages_of_rows import Slice
from charter.periods import REASON_LIMIT, PeriodFound
from charter.store import Session, reading
from charter.words import KINDS
from db.types import PeriodState
from pages.ui import press, tables, viewer
from pages.ui.keeping import saving
from pages.ui.plain import plain
from pages.ui.running import acting, paging


def draw(period: PeriodFound) -> None:
    """Draw the list, with what can be done to it while the period is open."""
    st.markdown(_about(period))
    if period.state is PeriodState.PLANNED:
        return
    with reading() as session:
        removed = count_removed(session, viewer=viewer.current(), period_id=period.id)
    off = st.toggle(f"Show those taken off the list ({removed})", key=f"off_{period.ref}") if removed else False
    search = st.text_input("Search by name or reference", key=f"search_list_{period.ref}", width=420, type="search")
    key = f"list_{period.ref}_{off}_{search}"
    with reading() as session:
        found = list_invitations(
            session,
            viewer=viewer.current(),
            period_id=period.id,
            search=search or "",
            removed=off,
            page=paging.page_asked(key),
        )
    _draw_rows(found, off=off, search=search or "")
    paging.draw(found, key=key, what="organisations")
    if period.state is PeriodState.OPEN and found.rows:
        _draw_put_back(found.rows) if off else _draw_remove(found.rows)
    if period.state is PeriodState.OPEN:
        _draw_add(period)


def _about(period: PeriodFound) -> str:
    dated = f", {clock.day_in_words(period.list_date)}" if period.list_date else ""
    source = f"The list comes from: {plain(period.list_source) or 'not said'}{dated}."
    match period.state:
        case PeriodState.PLANNED:
            return f"{source} It is made when the period opens, from every group that is known then."
        case PeriodState.OPEN:
            return f"{source} Take off whoever should not be asked, and say why. It is frozen at closing."
        case _:
            return f"{source} It was frozen when the period closed."


def _draw_rows(found: Slice[Invited], *, off: bool, search: str) -> None:
    if not found.total:
        st.info(f"Nobody on the list has “{plain(search)}” in the name." if search else "Nobody is on the list.")
        return
    frame = pd.DataFrame(
        {
            "Name": [each.name for each in found.rows],
            "Kind": [KINDS[each.kind] for each in found.rows],
            "Reference": [each.organisation_ref for each in found.rows],
        },
        dtype=str,
    )
    if off:
        frame["Taken off because"] = [each.removed_reason for each in found.rows]
    tables.draw(frame, alt="The invitation list")


def _draw_remove(rows: tuple[Invited, ...]) -> None:
    with st.expander("Take somebody off the list"):
        # After each press the fields are others, so that a second press does not find the next one's name in them.
        key = saving.fresh(f"remove_{rows[0].id}_{rows[-1].id}")
        chosen = _choose(rows, key)
        reason = st.text_input(
            "Why (for example: it has closed, or it is no group)", key=f"{key}_reason", max_chars=REASON_LIMIT
        )
        st.markdown("Its links stop working, and what it answered does not count. You can put it back.")
        press.button("Take it off the list", _remove, chosen, reason or "", key=f"{key}_press")


def _draw_put_back(rows: tuple[Invited, ...]) -> None:
    with st.expander("Put somebody back"):
        key = saving.fresh(f"back_{rows[0].id}_{rows[-1].id}")
        press.button("Put it back on the list", _put_back, _choose(rows, key), key=f"{key}_press")


def _choose(rows: tuple[Invited, ...], key: str) -> int:
    names = {each.id: each.name for each in rows}
    chosen = st.selectbox(
        "Which of those above", list(names), format_func=lambda each: names.get(each, ""), key=key, width=420
    )
    return int(chosen or 0)


def _draw_add(period: PeriodFound) -> None:
    with st.expander("Add an organisation that is not on the list"):
        search = st.text_input("Its name or reference", key=f"add_{period.ref}", width=420, type="search")
        with reading() as session:
            found = find_addable(session, viewer=viewer.current(), period_id=period.id, search=search or "")
        for each in found:
            press.button(f"Add {plain(each.name)}", _add, period, each, key=f"add_{period.ref}_{each.id}")
        if search and not found:
            st.info("No organisation of that name could be added. It may be on the list already, or not be known yet.")


def _remove(invitation_id: int, reason: str) -> None:
    def act(session: Session) -> str:
        name = remove_invitation(session, viewer=viewer.current(), invitation_id=invitation_id, reason=reason)
        return f"{name} is off the list. The reason is kept."

    if acting.do(act, asked=("take off", invitation_id)):
        saving.renew()


def _put_back(invitation_id: int) -> None:
    def act(session: Session) -> str:
        name = put_back(session, viewer=viewer.current(), invitation_id=invitation_id)
        return f"{name} is back on the list."

    if acting.do(act, asked=("put back", invitation_id)):
        saving.renew()


def _add(period: PeriodFound, organisation: Addable) -> None:
    def act(session: Session) -> str:
        add_invitation(session, viewer=viewer.current(), period_id=period.id, organisation_id=organisation.id)
        return f"{organisation.name} is on the list now. It has not been written to yet."

    acting.do(act, asked=("add", period.id, organisation.id))
