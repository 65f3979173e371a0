"""Links to promises' pages, which show the same release as this one."""

from collections.abc import Sequence

import streamlit as st

from charter.published.figures import Promise
from pages.ui.opening import Shown
from pages.ui.plain import plain

_COMMITMENT = "public/commitment.py"


def draw_promise(promise: Promise, shown: Shown, *, label: str) -> None:
    """Draw a link to a promise's page."""
    st.page_link(_COMMITMENT, label=label, query_params={"ref": promise.ref, **shown.address})


def draw_columns(promises: Sequence[tuple[str, str]], shown: Shown | None) -> None:
    """Draw links to promises, by reference and title, in two columns that stand below each other on a phone."""
    address = shown.address if shown is not None else {}
    half = (len(promises) + 1) // 2
    for column, part in zip(st.columns(2), (promises[:half], promises[half:]), strict=True):
        with column.container(gap=None):
            for ref, title in part:
                st.page_link(_COMMITMENT, label=plain(title), query_params={"ref": ref, **address})
