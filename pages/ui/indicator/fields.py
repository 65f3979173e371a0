"""The fields that the forms of an indicator share: numbers and periods as people type them, and choices."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from charter.headlines import opening
from charter.outcome_words import FINALITIES, QUALIFIERS, number_words, span_words
from charter.outcomes.facts import Measured, Said
from charter.outcomes.typed_spans import HOW
from charter.outcomes.typed_values import LINE_LIMIT
from charter.rules.outcomes import Span
from db.types import Finality, Qualifier
from pages.ui import keys
from pages.ui.plain import plain

Word = TypeVar("Word", bound=StrEnum)
Kept = TypeVar("Kept")
NARROW = 420


def seen(name: str, now: Kept, *, field: str) -> Kept:
    """Give what a form's fields were filled from, kept for as long as they are on the page.

    If somebody else changes it meanwhile, what was typed stays in the fields, and the save says that it changed.

    Args:
        name: what the fields' own names begin with.
        now: what it is now.
        field: how the name of one of the fields goes on.
    """
    key = f"{keys.KEPT_SEEN}_{name}"
    if key not in st.session_state or f"{name}_{field}" not in st.session_state:
        st.session_state[key] = now
    kept: Kept = st.session_state[key]
    return kept


def text(label: str, value: str = "", *, key: str, limit: int = LINE_LIMIT, width: int | None = None) -> str:
    """Draw a field for one line, and give what is typed in it."""
    return st.text_input(label, value, key=key, max_chars=limit, width=width or "stretch") or ""


def words(label: str, value: str = "", *, key: str, height: int = 120) -> str:
    """Draw a field for several lines, and give what is typed in it. How much there is room for is said on saving."""
    return st.text_area(label, value, key=key, height=height) or ""


def period(label: str, value: Span | None = None, *, key: str) -> str:
    """Draw a field for a period, and give what is typed in it."""
    shown = span_words(value) if value is not None else ""
    given = st.text_input(
        label, shown, key=key, placeholder="2024/25 or May 2024", help=f"Type it {HOW}.", width=NARROW
    )
    return given or ""


def number(label: str, value: Decimal | None = None, *, key: str, unit: str) -> str:
    """Draw a field for a number, and give what is typed in it."""
    shown = number_words(value) if value is not None else ""
    return st.text_input(f"{label} ({plain(unit)})", shown, key=key, max_chars=30, width=NARROW) or ""


def choose(label: str, said: Mapping[Word, str], now: Word, *, key: str) -> Word:
    """Draw a choice among words, and give the one that is chosen."""
    options = list(said)
    chosen = st.selectbox(
        label,
        options,
        index=options.index(now),
        format_func=lambda each: opening(said[each]),
        key=key,
        width=NARROW,
    )
    return chosen or now


def how_sure(name: str, now: Said | None) -> tuple[Qualifier, Finality]:
    """Draw how a source words a figure, and whether it may still change."""
    qualifier = choose(
        "How does the source word it?", QUALIFIERS, now.qualifier if now else Qualifier.EXACT, key=f"{name}_q"
    )
    finality = choose("Is it final?", FINALITIES, now.finality if now else Finality.FINAL, key=f"{name}_f")
    return Qualifier(qualifier), Finality(finality)


def choose_measured(history: tuple[Measured, ...], *, key: str) -> Measured:
    """Draw the choice of one value among those that are there, the latest first."""
    spans = [each.span for each in reversed(history)]
    chosen = st.selectbox("Which figure", spans, format_func=span_words, key=key, width=NARROW)
    return next(each for each in history if each.span == (chosen or spans[0]))
