"""The code that reads a table, to be copied, and what stands in the table's columns."""

import pandas as pd
import streamlit as st

from charter.releases import ReleaseFound
from charter.reports.columns import Column, Kind, Outline
from charter.reports.open_data import columns_of
from charter.reports.reading_code import LATEST, address_of, for_excel, for_pandas
from charter.reports.tables import OUTLINES
from charter.settings import settings
from pages.ui import keys, tables
from pages.ui.plain import plain

_KINDS = {
    Kind.TEXT: "words",
    Kind.WHOLE: "a whole number",
    Kind.NUMBER: "a number",
    Kind.DAY: "a day",
    Kind.YES_NO: "true or false",
}


def draw(release: ReleaseFound) -> None:
    """Draw the choice of a table and a release, the code for pandas and Excel, and the columns."""
    titles = {outline.name: outline.title for outline in OUTLINES}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("Which table?", titles, format_func=titles.__getitem__, key=keys.DATA_TABLE, width=420)
        ref = st.radio(
            "Of which release?",
            (release.ref, LATEST),
            format_func=lambda each: "always the latest" if each == LATEST else f"this one, {each}",
            horizontal=True,
            key=keys.DATA_RELEASE,
        )
    outline = next(each for each in OUTLINES if each.name == chosen)
    url = address_of(outline, address=settings().site_address, ref=ref)
    in_pandas, in_excel = st.tabs(["pandas", "Excel"])
    with in_pandas:
        # Without the colours of a language, as those are too pale to be read by all.
        st.code(for_pandas(outline, url=url), language=None, wrap_lines=True)
    with in_excel:
        st.markdown("Choose *Data*, *Get Data*, *From Web*, paste this address, and press *OK* and *Load*:")
        st.code(url, language=None, wrap_lines=True)
        st.markdown("Or choose *Get Data*, *Blank Query*, *Advanced Editor*, and paste this:")
        st.code(for_excel(url=url), language=None, wrap_lines=True)
    with st.expander(f"The columns of this table: {plain(outline.title)}"):
        st.markdown(f"Source: {plain(outline.source)}.")
        tables.draw(_columns(outline), alt="The columns of the table, with what stands in each")


def _columns(outline: Outline) -> pd.DataFrame:
    rows = [(column.name, _kind(column), column.means) for column in columns_of(outline)]
    return pd.DataFrame(rows, columns=["Column", "What its cells are", "What they say"], dtype=str)


def _kind(column: Column) -> str:
    words = f"one of: {', '.join(str(code) for code in column.words)}" if column.words else _KINDS[column.kind]
    return f"{words}, in {column.unit}" if column.unit else words
