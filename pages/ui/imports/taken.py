"""The files that came in: what each brought, what was said of its rows, and taking one back."""

from functools import partial

import streamlit as st

from charter import clock
from charter.imports.listing import ImportFound, list_imports, read_findings
from charter.imports.taking_back import take_back
from charter.imports.words import IMPORT_KINDS, counted
from charter.rules.access import Viewer
from charter.store import Session, reading
from charter.words import MADE_UP_MARK
from pages.ui import viewer
from pages.ui.imports import findings
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain

_REASON_LIMIT = 500  # letters
_MOST_SHOWN = 25  # imports


def draw(who: Viewer) -> None:
    """Draw the files that came in, the last one first, and one of them in full."""
    with reading() as session:
        found = list_imports(session, viewer=who)
    if not found:
        st.info(
            "No file has come in yet. Each one that does will be here, with what it brought and which rows were left "
            "out and why. From here it can be taken back."
        )
        return
    titles = {each.ref: _title(each) for each in found[:_MOST_SHOWN]}
    chosen = st.selectbox(
        "Which file", list(titles), format_func=lambda ref: titles.get(ref, ref), key="import_chosen", width=620
    )
    one = next((each for each in found if each.ref == chosen), found[0])
    if len(found) > _MOST_SHOWN:
        st.caption(f"The last {_MOST_SHOWN} of {len(found):,}.")
    _draw_one(who, one)


def _title(each: ImportFound) -> str:
    mark = f" {MADE_UP_MARK}" if each.made_up else ""
    back = ", taken back" if each.taken_back_at else ""
    day = clock.day_in_words(clock.local(each.imported_at).date())
    return f"{IMPORT_KINDS[each.kind]}: {each.file_name}{mark}, {day}{back}"


def _draw_one(who: Viewer, one: ImportFound) -> None:
    st.header(plain(one.file_name), anchor=False)
    by = f" by {plain(one.by)}" if one.by else " from the command line"
    taken, left = counted(one.rows_taken, "row"), counted(one.rows_left, "row")
    st.markdown(
        f"{IMPORT_KINDS[one.kind]}, taken in on {clock.moment_in_words(one.imported_at)}{by}, as {one.ref}. "
        f"{taken} taken, {left} left out."
    )
    if one.taken_back_at:
        st.warning(f"It was taken back on {clock.moment_in_words(one.taken_back_at)}: what it brought is gone.")
    with reading() as session:
        said = read_findings(session, viewer=who, ref=one.ref)
    findings.draw(said, f"findings_{one.ref}")
    if not one.taken_back_at:
        _draw_taking_back(one)


def _draw_taking_back(one: ImportFound) -> None:
    name = fresh(f"take_back_{one.ref}")
    with st.expander("Take this import back"), st.form(name, border=False, width=620):
        st.markdown(
            "All that it did is undone, or nothing is: if a figure that it brought was put right since, you are told "
            "which. A detail of a group that somebody changed since stays as it is."
        )
        reason = st.text_input("Why it is taken back", key=f"{name}_reason", max_chars=_REASON_LIMIT)
        pressed = st.form_submit_button("Take it back")
    if pressed:
        save(partial(_take_back, one.ref, reason or ""))


def _take_back(ref: str, reason: str, session: Session) -> str:
    name = take_back(session, viewer=viewer.current(), ref=ref, reason=reason)
    return f"{name} was taken back."
