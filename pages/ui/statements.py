"""Parts of a source that stand beside the promises and are never scored."""

from collections.abc import Mapping, Sequence

import streamlit as st

from charter.charters import StatementFound
from db.types import StatementKind
from pages.ui.plain import plain


def draw(
    title: str,
    statements: Sequence[StatementFound],
    *,
    kinds: Sequence[StatementKind],
    labels: Mapping[StatementKind, str],
) -> None:
    """Draw some kinds of statements as lists side by side, each with its source; without any, nothing."""
    found = {kind: [each for each in statements if each.kind is kind] for kind in kinds}
    if not any(found.values()):
        return
    st.header(title, anchor=False)
    for column, (kind, parts) in zip(st.columns(len(kinds)), found.items(), strict=True):
        with column:
            st.subheader(labels[kind], anchor=False)
            st.markdown("\n".join(f"- {plain(part.text)}" for part in parts))
            for source in dict.fromkeys(part.source.rsplit(", item", 1)[0] for part in parts if part.source):
                st.caption(f"Source: {plain(source)}")
