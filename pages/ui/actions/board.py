"""Many actions at once: those that are overdue, all of them by when, and the board by where they stand."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from charter.action_words import column_title, late_words, line
from charter.actions.choosing import beside_the_board, columns
from charter.actions.frames import action_table
from charter.actions.told import ActionTold
from charter.reports.outcome_drawings import due_of
from charter.words import ACTION_STATUSES
from pages.ui import charts, tables
from pages.ui.plain import plain

PAGE = "public/actions.py"
_MOST = 8  # cards in a column: more are in the table


def draw_overdue(actions: Sequence[ActionTold], *, on: date, address: Mapping[str, str]) -> None:
    """Draw what is overdue, the latest first; where nothing is, the words that say so."""
    late = [each for each in actions if each.overdue]
    st.header("Overdue", anchor=False)
    if not late:
        st.markdown("Nothing is overdue.")
    for each in late:
        _draw_card(each, on=on, address=address, place="overdue", with_status=True)


def draw_timeline(actions: Sequence[ActionTold], *, on: date) -> None:
    """Draw by when the open actions are to be done, and all actions as a table."""
    found = due_of(actions, on=on, dark=charts.is_dark())
    if found is None:
        with st.expander("The actions as a table"):
            tables.draw(action_table(actions, on=on), alt="The actions")
        return
    charts.draw_found(found, key="due dates", table="The actions as a table")


def draw_board(actions: Sequence[ActionTold], *, on: date, address: Mapping[str, str]) -> None:
    """Draw a column for each status, with those that stopped below."""
    st.header("Where each stands", anchor=False)
    laid = columns(actions)
    for column, (status, found) in zip(st.columns(len(laid)), laid, strict=True):
        with column:
            st.subheader(plain(column_title(status, len(found))), anchor=False)
            for each in found[:_MOST]:
                _draw_card(each, on=on, address=address, place="board", with_status=False)
            if len(found) > _MOST:
                st.caption(f"And {len(found) - _MOST} more: see the table.")
    beside = beside_the_board(actions)
    if beside:
        with st.expander(f"Stopped, or not known ({len(beside)})"):
            for each in beside:
                _draw_card(each, on=on, address=address, place="beside", with_status=True)


def _draw_card(told: ActionTold, *, on: date, address: Mapping[str, str], place: str, with_status: bool) -> None:
    late = late_words(told, on=on)
    parts = ([late] if late else []) + ([ACTION_STATUSES[told.status]] if with_status else [])
    with st.container(border=True, gap=None, key=f"action_{place}_{told.ref}"):
        st.page_link(PAGE, label=plain(told.heading), query_params={**address, "ref": told.ref})
        if parts:
            st.markdown(f"**{plain(' · '.join(parts))}**")
        st.caption(plain(line(told)))
