"""Downloads of a release: each form with what it is for, and the button that saves it."""

from collections.abc import Iterable
from itertools import groupby

import streamlit as st

from charter.releases import ReleaseFound
from charter.reports.forms import FORMS, Form
from pages.ui.plain import plain

_FOR_EVERYONE = (Form.BRIEFING_PDF, Form.BRIEFING_WORD, Form.SLIDES, Form.WORKBOOK)


def address_of(release: ReleaseFound, form: str) -> str:
    """Give the address of a release's file."""
    return f"/files/reports/{release.ref}/{form}"


def draw_each(release: ReleaseFound) -> None:
    """Draw every form of a release: what it is called and for, with a button for each kind of file."""
    st.header("One at a time", anchor=False)
    for title, forms in groupby(Form, key=lambda form: FORMS[form].title):
        several = list(forms)
        with st.container(border=True):
            told, files = st.columns([3, 1], vertical_alignment="center")
            told.markdown(f"**{plain(title)}.** {plain(FORMS[several[0]].what)}")
            with files:
                draw_buttons(release, several, named=False)


def draw_for_everyone(release: ReleaseFound) -> None:
    """Draw the few that most readers want, for a public page. A release that was taken back has none."""
    if release.withdrawn_at is not None:
        return
    st.header("Take it with you", anchor=False)
    st.markdown("The same figures on two pages for Cabinet, as slides for a meeting, and as tables for a spreadsheet.")
    draw_buttons(release, _FOR_EVERYONE)


def draw_buttons(release: ReleaseFound, forms: Iterable[Form], *, named: bool = True) -> None:
    """Draw a button that saves each of some forms; with their names on them, where nothing beside says these."""
    with st.container(horizontal=True):
        for form in forms:
            told = FORMS[form]
            label = f"{told.title} ({told.kind})" if named else told.kind
            st.link_button(plain(label), address_of(release, form.value))
