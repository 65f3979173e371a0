"""Grants: bringing a file in the 360Giving data standard, saying which recipients are groups here, taking it in."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from charter import clock
from charter.imports.grants import GrantPlan, import_grants, preview_grants
from charter.imports.ledger import FileBrought
from charter.imports.matching import Suggestion
from charter.imports.words import counted, grants_said
from charter.rules.access import Viewer
from charter.sources.grants import GrantFile, read_grants
from charter.store import Session, reading
from pages.ui import viewer
from pages.ui.imports import findings
from pages.ui.imports import reading as files
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain


def draw(who: Viewer) -> None:
    """Draw the field for the file; once there is one, what it would do, and the button that does it."""
    st.markdown(
        "Funders publish the grants that they give in the 360Giving data standard, as a spreadsheet or as JSON. Bring "
        "such a file of up to 5 MB. Grants to groups on the list of organisations are kept, and added up by year, by "
        "funder and by size of group. Nothing is changed before you have seen what the file would do."
    )
    name = fresh("bring_grants")
    given = st.file_uploader("Your file of grants", type=["xlsx", "csv", "json"], key=name, width=620)
    if given is None:
        files.forget()
        return
    content = given.getvalue()
    read = files.once("grants", {given.name: content}, lambda: read_grants(content, today=clock.today()))
    if read is not None:
        _draw_read(who, *read, name)


def _draw_read(who: Viewer, read: GrantFile, file: FileBrought, name: str) -> None:
    with reading() as session:
        plan = preview_grants(session, viewer=who, read=read, file=file)
    confirmed = _draw_suggestions(plan.suggestions, name)
    if confirmed:
        with reading() as session:
            plan = preview_grants(session, viewer=who, read=read, file=file, confirmed=confirmed)
    _draw_plan(plan)
    findings.draw(plan.findings, f"{name}_{file.sha256}")
    if not plan.nothing_to_do:
        number = counted(plan.new + plan.changed, "grant")
        if st.button(f"Take in {number}", type="primary", key=f"{name}_take"):
            save(partial(_import, read, file, confirmed))


def _draw_suggestions(suggestions: Sequence[Suggestion], name: str) -> tuple[str, ...]:
    """Ask which recipients are groups on the list: their names are nearly the same, and only a person can tell."""
    if not suggestions:
        return ()
    st.header("Are these your groups?", anchor=False)
    st.markdown(
        "These recipients have the name of a group on the list, or nearly, but no number that says so. Choose those "
        "that are the same. What you choose is remembered for the next file."
    )
    labels = {
        each.key: f"{each.recipient} ({counted(each.grants, 'grant')}) is {each.group.name}" for each in suggestions
    }
    chosen = st.multiselect(
        "The same group",
        list(labels),
        key=f"{name}_same",
        format_func=lambda key: labels.get(key, key),
        placeholder="Choose, if any are",
        width=620,
    )
    return tuple(chosen)


def _draw_plan(plan: GrantPlan) -> None:
    st.header("What this file would do", anchor=False)
    st.markdown(plain(grants_said(plan)))
    if plan.nothing_to_do:
        st.info(
            "All that this file could bring is here already."
            if plan.already
            else "No grant of this file went to a group on the list of organisations, so there is nothing to take in."
        )


def _import(read: GrantFile, file: FileBrought, confirmed: Sequence[str], session: Session) -> str:
    done = import_grants(session, viewer=viewer.current(), read=read, file=file, confirmed=confirmed)
    return f"{grants_said(done)} The file was taken in as {done.ref}."
