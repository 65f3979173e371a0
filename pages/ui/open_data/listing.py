"""The tables of a release: all of them together, and each by itself with the links to its files."""

import streamlit as st

from charter.releases import ReleaseFound
from charter.reports.columns import Outline
from charter.reports.data_package import DESCRIPTOR, READ_ME
from charter.reports.forms import Form
from charter.reports.licence import LICENCE
from charter.reports.reading_code import address_of
from charter.reports.tables import PARTS
from charter.words import hidden_note
from pages.ui.plain import plain
from pages.ui.reports import downloads


def draw_together(release: ReleaseFound) -> None:
    """Draw the ways to all tables at once, and what to know of them."""
    with st.container(horizontal=True):
        st.link_button("All tables (ZIP)", downloads.address_of(release, Form.DATA.value))
        st.link_button("Workbook (Excel)", downloads.address_of(release, Form.WORKBOOK.value))
        st.link_button("What is in them, for programs", f"/open-data/{release.ref}/{DESCRIPTOR}")
        st.link_button("What is in them, for people", f"/open-data/{release.ref}/{READ_ME}")
    st.markdown(
        f"{plain(hidden_note(release.threshold))} In these files such a cell is empty, and the column “mark” says "
        f"why. Licence: [{plain(LICENCE.title)}]({LICENCE.address})."
    )


def draw_parts(release: ReleaseFound) -> None:
    """Draw every table with the links to its files, part by part."""
    for title, outlines in PARTS:
        st.header(title, anchor=False)
        for outline in outlines:
            _draw_one(outline, release)


def _draw_one(outline: Outline, release: ReleaseFound) -> None:
    links = [
        f"[{plain(f'{outline.name}.{form}')}]({address_of(outline, address='', ref=release.ref, form=form)})"
        for form in ("csv", "json")
    ]
    st.markdown(f"**{plain(outline.title)}.** {plain(outline.means)}  \n{' · '.join(links)}")
