"""What is looked for among the evidence, kept in the address: a link can lead to what speaks of one promise."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from charter.evidence.reading import EvidenceWanted
from charter.evidence.words import CHARACTERISTICS, KINDS
from db.types import Characteristic, EvidenceKind
from pages.ui import cached

_KIND, _PROMISE, _ABOUT = "kind", "promise", "about"
_ALL = ""
Word = TypeVar("Word", bound=StrEnum)


def draw(organisation_id: int | None = None) -> EvidenceWanted:
    """Draw the fields, and give what is looked for.

    Args:
        organisation_id: the organisation whose items alone are looked for, if it is one.
    """
    promises = promise_titles()
    kind, about = _word(EvidenceKind, _KIND), _word(Characteristic, _ABOUT)
    promise = st.query_params.get(_PROMISE, _ALL)
    promise = promise if promise in promises else _ALL
    words = st.text_input(
        "Search by title, group or organisation",
        key=f"evidence_words_{organisation_id or ''}",
        width=420,
        type="search",
    )
    with st.expander("Show only some", expanded=bool(kind or about or promise)):
        first, second, third = st.columns(3)
    with first:
        _choose("What it is", _KIND, {each.value: words for each, words in KINDS.items()}, kind)
    with second:
        _choose("Promise", _PROMISE, promises, promise)
    with third:
        _choose("Whom it speaks of", _ABOUT, {each.value: words for each, words in CHARACTERISTICS.items()}, about)
    return EvidenceWanted(words or "", kind, promise, about, organisation_id)


def promise_titles() -> dict[str, str]:
    """Give the titles of all promises by their references, in the order of their charters."""
    return {each.ref: each.title for each in cached.commitments()}


def _word(words: type[Word], name: str) -> Word | None:
    given = st.query_params.get(name)
    return next((word for word in words if word == given), None)


def _choose(label: str, name: str, labels: Mapping[str, str], chosen: str | None) -> None:
    """Draw a field. What is chosen in it goes into the address, from which it is read."""
    options = [_ALL, *labels]
    key = f"evidence_{name}_{chosen or _ALL}"
    st.selectbox(
        label,
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=lambda each: labels.get(each, "All"),
        key=key,
        on_change=_keep,
        args=(name, key),
    )


def _keep(name: str, key: str) -> None:
    chosen = str(st.session_state.get(key) or _ALL)
    if chosen:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)
