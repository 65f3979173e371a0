"""Bringing a list of organisations from a file: what it would do, what is wrong with it, and doing it."""

import hashlib

import pandas as pd
import streamlit as st

from charter.rules.refusals import FieldError
from charter.sources.organisation_rows import COLUMNS
from charter.sources.organisations import (
    Alike,
    Import,
    Stage,
    import_organisations,
    on_the_list,
    read_organisations,
)
from charter.store import Session, reading
from charter.words import listed
from pages.ui import keys, tables, viewer
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain

_MOST_SHOWN = 25  # rows of each kind
_STAGES = {Stage.READING: "Reading the file", Stage.COMPARING: "Looking for names that are nearly the same"}
_HALF = 0.5  # of the bar: reading takes about as long as comparing


def draw() -> None:
    """Draw the field for the file; once there is one, what it would do, and the button that does it."""
    st.markdown(
        "Bring a workbook (.xlsx) or a CSV file of up to 5 MB and 10,000 rows. Its first row names the columns: "
        f"{listed(COLUMNS)}. Only name and kind are needed. Nothing is added before you have seen what it would do."
    )
    name = fresh("bring_list")
    given = st.file_uploader("Your file", type=["xlsx", "csv"], key=name, width=620)
    if given is None:
        st.session_state.pop(keys.KEPT_LIST, None)
        return
    try:
        found = _read(given.getvalue())
    except FieldError as refusal:
        st.error(f"{plain(str(refusal))} Nothing was added.")
        return
    _draw_found(found)
    if found.new and not found.problems:
        _draw_button(found, name)


def _read(content: bytes) -> Import:
    """Read a file once, and say row by row how far that is. What was made of it is kept while it is on the page."""
    digest = hashlib.sha256(content).hexdigest()
    kept: tuple[str, Import] | None = st.session_state.get(keys.KEPT_LIST)
    if kept is not None and kept[0] == digest:
        return kept[1]
    with reading() as session:
        known = on_the_list(session, viewer=viewer.current())
    bar = st.progress(0.0, "Reading the file")

    def tell(stage: Stage, done: int, total: int) -> None:
        share = _HALF * done / total + (_HALF if stage is Stage.COMPARING else 0)
        bar.progress(share, f"{_STAGES[stage]}: row {done:,} of {total:,}")

    try:
        found = read_organisations(content, known=known, progress=tell)
    finally:
        bar.empty()
    st.session_state[keys.KEPT_LIST] = (digest, found)
    return found


def _draw_found(found: Import) -> None:
    if found.problems:
        count = len(found.problems)
        st.error(f"{count:,} {'things' if count > 1 else 'thing'} to put right in the file. Nothing was added.")
        frame = pd.DataFrame(
            {
                "Row": [str(one.row or "") for one in found.problems],
                "Column": [one.column for one in found.problems],
                "What is wrong": [one.message for one in found.problems],
            },
            dtype=str,
        )
        tables.draw(frame[:_MOST_SHOWN], alt="What is wrong in the file, by row and column")
        _say_more(count)
        return
    _draw_alike("Already on the list, so not added again", found.already)
    _draw_alike("Nearly the name of another: look whether it is the same", found.lookalikes)
    if found.not_used:
        st.caption(f"Columns that are not used: {plain(', '.join(found.not_used))}.")
    if not found.new:
        st.info("Every organisation of this file is on the list already. There is nothing to add.")


def _draw_alike(title: str, rows: tuple[Alike, ...]) -> None:
    if not rows:
        return
    with st.expander(f"{title} ({len(rows):,})", expanded=len(rows) <= _MOST_SHOWN):
        frame = pd.DataFrame(
            {
                "Row": [str(one.row) for one in rows],
                "In the file": [one.name for one in rows],
                "Like": [one.other for one in rows],
            },
            dtype=str,
        )
        tables.draw(frame[:_MOST_SHOWN], alt=title)
        _say_more(len(rows))


def _say_more(count: int) -> None:
    if count > _MOST_SHOWN:
        st.caption(f"… and {count - _MOST_SHOWN:,} more.")


def _draw_button(found: Import, name: str) -> None:
    left_out = False
    if found.lookalikes:
        left_out = st.checkbox("Leave out those with nearly the name of another", value=True, key=f"{name}_alike")
    number = len(found.new) - (len(found.lookalikes) if left_out else 0)
    if not number:
        st.info("Nothing is left to add.")
    elif st.button(f"Add {number:,} organisations" if number > 1 else "Add 1 organisation", type="primary"):
        save(lambda session: _import(session, found, leave_out=left_out))


def _import(session: Session, found: Import, *, leave_out: bool) -> str:
    done = import_organisations(session, viewer=viewer.current(), found=found, leave_out_lookalikes=leave_out)
    added = f"{done.added:,} organisations were added." if done.added != 1 else "1 organisation was added."
    meanwhile = len(done.already) - len(found.already)
    return f"{added} {meanwhile:,} came on the list since, so they were not added again." if meanwhile else added
