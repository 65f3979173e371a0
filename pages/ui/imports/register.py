"""The charity register: bringing the extract's files, and taking in what they say of groups on the list."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from charter import clock
from charter.imports.ledger import FileBrought
from charter.imports.register import RegisterMatch, RegisterPlan, import_register, looked_for, preview_register
from charter.imports.words import counted, register_said
from charter.rules.access import Viewer
from charter.sources.register import Charity, Register, read_register
from charter.store import Session, reading
from pages.ui import tables, viewer
from pages.ui.imports import findings
from pages.ui.imports import reading as files
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain

_MOST_SHOWN = 25  # rows
_AREA_LIMIT = 60  # letters
_NOT_SAID = "not said"


def draw(who: Viewer) -> None:
    """Draw the field for the files; once they are there, what they would do, and the button that does it."""
    st.markdown(
        "The Charity Commission publishes its register as a .zip file for each table. Bring the table of charities, "
        "and those of part A (volunteers), part B (paid staff) and areas if you have them, up to 5 MB together. Income "
        "is filled in where nobody knew it, and who has closed is named. Nothing that somebody typed is overwritten. "
        "The whole register is larger than that: whoever keeps the server takes it in by a command."
    )
    name = fresh("bring_register")
    area = st.text_input(
        "An area, to find its charities that are not on the list",
        key=f"{name}_area",
        max_chars=_AREA_LIMIT,
        placeholder="As the register writes it, such as Thurrock",
        width=620,
    )
    given = st.file_uploader("The files", type=["zip", "txt"], key=name, accept_multiple_files=True, width=620)
    if not given:
        files.forget()
        return
    contents = {each.name: each.getvalue() for each in given}
    with reading() as session:
        wanted = looked_for(session, viewer=who, area=area or "")
    found = files.once(
        f"register {wanted.area}", contents, lambda: read_register(list(contents.values()), wanted=wanted)
    )
    if found is not None:
        _draw_read(who, *found, name)


def _draw_read(who: Viewer, read: Register, file: FileBrought, name: str) -> None:
    with reading() as session:
        plan = preview_register(session, viewer=who, read=read, file=file)
    confirmed = _draw_suggestions(plan.suggestions, name)
    if confirmed:
        with reading() as session:
            plan = preview_register(session, viewer=who, read=read, file=file, confirmed=confirmed)
    st.header("What these files would do", anchor=False)
    st.markdown(f"The register as of {clock.day_in_words(read.extracted_on)}. {plain(register_said(plan))}")
    _draw_told(plan)
    add = _draw_newcomers(plan.newcomers, name)
    findings.draw(plan.findings, f"{name}_{file.sha256}")
    if plan.told or add:
        if st.button("Take this in", type="primary", key=f"{name}_take"):
            save(partial(_import, read, file, confirmed, add))
    else:
        st.info("There is nothing new to take in.")


def _draw_suggestions(suggestions: Sequence[RegisterMatch], name: str) -> tuple[str, ...]:
    if not suggestions:
        return ()
    st.header("Are these your groups?", anchor=False)
    st.markdown(
        "These charities have the name of a group on the list that has no charity number. Choose the same ones."
    )
    labels = {each.charity.ref: f"{each.charity.name}, {each.charity.ref}" for each in suggestions}
    return tuple(
        st.multiselect(
            "The same group",
            list(labels),
            key=f"{name}_same",
            format_func=lambda ref: labels.get(ref, ref),
            placeholder="Choose, if any are",
            width=620,
        )
    )


def _draw_told(plan: RegisterPlan) -> None:
    if not plan.told:
        return
    shown = plan.told[:_MOST_SHOWN]
    frame = pd.DataFrame(
        {
            "Group": [each.group.name for each in shown],
            "Income": [_pounds(each.charity) for each in shown],
            "Paid staff": [_number(each.charity.employees) for each in shown],
            "Volunteers": [_number(each.charity.volunteers) for each in shown],
            "On the register": [_standing(each.charity) for each in shown],
        },
        dtype=str,
    )
    tables.draw(frame, alt="What the charity register says of groups on the list")
    if len(plan.told) > _MOST_SHOWN:
        st.caption(f"… and {len(plan.told) - _MOST_SHOWN:,} more.")


def _draw_newcomers(newcomers: Sequence[Charity], name: str) -> bool:
    if not newcomers:
        return False
    st.header("Not on the list yet", anchor=False)
    shown = newcomers[:_MOST_SHOWN]
    frame = pd.DataFrame(
        {
            "Charity": [each.name for each in shown],
            "Number": [each.number for each in shown],
            "Income": [_pounds(each) for each in shown],
        },
        dtype=str,
    )
    tables.draw(frame, alt="Charities of the area that are not on the list of organisations")
    label = f"Add {counted(len(newcomers), 'charity', 'charities')} of this area to the list, with name and income"
    return st.checkbox(label, key=f"{name}_add")


def _pounds(charity: Charity) -> str:
    return _NOT_SAID if charity.income is None else f"£{charity.income:,.0f}"


def _number(count: int | None) -> str:
    return _NOT_SAID if count is None else f"{count:,}"


def _standing(charity: Charity) -> str:
    return f"until {clock.day_in_words(charity.removed_on)}" if charity.removed_on else "yes"


def _import(read: Register, file: FileBrought, confirmed: Sequence[str], add: bool, session: Session) -> str:
    done = import_register(
        session, viewer=viewer.current(), read=read, file=file, confirmed=confirmed, add_newcomers=add
    )
    added = f" {counted(len(done.newcomers), 'charity', 'charities')} came on the list." if done.newcomers else ""
    told = counted(len(done.told), "group")
    return f"What the register says of {told} was taken in as {done.ref}.{added}"
