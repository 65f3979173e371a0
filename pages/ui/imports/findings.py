"""What is said of the rows of a file, as tables: those that are left out, and what to know of the others."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charter.imports.words import counted
from charter.pages_of_rows import PAGE_SIZE, Slice
from charter.sources.row_findings import Finding
from pages.ui import tables
from pages.ui.running import paging


def draw(findings: Sequence[Finding], name: str) -> None:
    """Draw both tables, each behind its number where it is long; without findings, nothing.

    Args:
        findings: what is said, in the order of the file.
        name: what the file's fields are named by: another file begins at the first page.
    """
    left, known = [each for each in findings if each.left], [each for each in findings if not each.left]
    _draw(f"{counted(len(left), 'row')} left out, and why", left, f"{name}_left")
    _draw(f"{counted(len(known), 'thing')} to know", known, f"{name}_known")


def _draw(title: str, findings: Sequence[Finding], name: str) -> None:
    if not findings:
        return
    with st.expander(title, expanded=len(findings) <= PAGE_SIZE):
        page = paging.page_asked(name)
        start = (page - 1) * PAGE_SIZE
        rows = tuple(findings[start : start + PAGE_SIZE])
        frame = pd.DataFrame(
            {"Where": [each.place for each in rows], "What": [each.reason for each in rows]}, dtype=str
        )
        tables.draw(frame, alt=title)
        if len(findings) > PAGE_SIZE:
            paging.draw(Slice(rows, len(findings), page, PAGE_SIZE), key=name, what="rows")
