"""Measurements: the template to fill in, bringing it back, and reporting all of its values at once."""

from functools import partial

import pandas as pd
import streamlit as st

from charter.imports.ledger import FileBrought
from charter.imports.measurements import (
    MeasurementPlan,
    addresses_to_report,
    import_measurements,
    preview_measurements,
)
from charter.imports.words import counted, measurements_said
from charter.rules.access import Viewer
from charter.sources.measurement_rows import MOST_ROWS, MeasurementFile, read_measurements
from charter.store import Session, reading
from pages.ui import tables, viewer
from pages.ui.imports import reading as files
from pages.ui.keeping.saving import fresh, save

_MOST_SHOWN = 25  # rows


def draw(who: Viewer) -> None:
    """Draw the way to the template, the field for the file, and what the file would do."""
    with reading() as session:
        own = addresses_to_report(session, viewer=who)
    if not own:
        st.info(
            "Your organisation has no outcome to report on yet. Once it has one, you can bring many figures in one "
            "spreadsheet here. Begin on My organisation, under Outcomes."
        )
        return
    st.markdown(
        f"Bring many figures at once in a workbook (.xlsx) or a CSV file: up to {MOST_ROWS:,} rows, one figure each. "
        "The template has the columns, and says what goes into each. All rows come in, or none; nothing is changed "
        "before you have seen what the file would do."
    )
    st.link_button("Download the template", "/files/measurements-template")
    _draw_addresses(own)
    name = fresh("bring_measurements")
    given = st.file_uploader("Your file of measurements", type=["xlsx", "csv"], key=name, width=620)
    if given is None:
        files.forget()
        return
    content = given.getvalue()
    read = files.once("measurements", {given.name: content}, lambda: read_measurements(content))
    if read is not None:
        _draw_read(who, *read, name)


def _draw_addresses(own: tuple[tuple[str, str], ...]) -> None:
    with st.expander(f"What goes into the column “indicator” ({len(own):,})"):
        frame = pd.DataFrame({"Outcome": [title for _, title in own], "indicator": [ref for ref, _ in own]}, dtype=str)
        tables.draw(frame, alt="The outcomes that you report, with the address to type in")


def _draw_read(who: Viewer, read: MeasurementFile, file: FileBrought, name: str) -> None:
    with reading() as session:
        plan = preview_measurements(session, viewer=who, read=read)
    if plan.problems:
        _draw_problems(plan)
        return
    st.header("What this file would do", anchor=False)
    st.markdown(measurements_said(plan))
    revise = False
    if plan.revised:
        label = f"Revise {counted(len(plan.revised), 'value')} too. What each replaces is kept"
        revise = st.checkbox(label, key=f"{name}_revise")
    number = len(plan.new) + (len(plan.revised) if revise else 0)
    if not number:
        st.info("There is nothing new to take in.")
    elif st.button(f"Report {counted(number, 'value')}", type="primary", key=f"{name}_take"):
        save(partial(_import, read, file, revise))


def _draw_problems(plan: MeasurementPlan) -> None:
    count = len(plan.problems)
    st.error(f"{counted(count, 'thing')} to put right in the file. Nothing was taken in.")
    shown = plan.problems[:_MOST_SHOWN]
    frame = pd.DataFrame(
        {
            "Row": [str(one.row or "") for one in shown],
            "Column": [one.column for one in shown],
            "What is wrong": [one.message for one in shown],
        },
        dtype=str,
    )
    tables.draw(frame, alt="What is wrong in the file, by row and column")
    if count > _MOST_SHOWN:
        st.caption(f"… and {count - _MOST_SHOWN:,} more.")


def _import(read: MeasurementFile, file: FileBrought, revise: bool, session: Session) -> str:
    done = import_measurements(session, viewer=viewer.current(), read=read, file=file, revise=revise)
    number = len(done.new) + (len(done.revised) if revise else 0)
    return f"{counted(number, 'value')} {'was' if number == 1 else 'were'} reported. The import is {done.ref}."
