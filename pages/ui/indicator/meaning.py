"""The fields of an indicator itself: of what sort it is, which way is better, and when it is within tolerance."""

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from charter.outcome_words import (
    FREQUENCIES,
    INDICATOR_KINDS,
    PERFORMANCE_KINDS,
    POLARITIES,
    UNIT_KINDS,
    number_words,
    span_words,
)
from charter.outcomes.facts import IndicatorFacts
from charter.outcomes.indicators import TITLE_LIMIT, UNIT_LIMIT, Baseline, IndicatorFields
from charter.outcomes.themes import list_themes
from charter.outcomes.typed_spans import read_span
from charter.outcomes.typed_values import read_number
from charter.store import reading
from db.types import Frequency, IndicatorKind, PerformanceKind, Polarity, UnitKind
from pages.ui import cached, viewer
from pages.ui.indicator import fields

_NO_THEME = "None"


@dataclass(frozen=True)
class Typed:
    """What is typed in the fields, as it was typed."""

    title: str
    kind: IndicatorKind
    performance_kind: PerformanceKind
    polarity: Polarity
    frequency: Frequency
    unit_kind: UnitKind
    unit: str
    theme_id: int | None
    commitments: frozenset[str]
    tolerance: str
    floor: str
    baseline: str
    baseline_period: str
    on_agenda: bool


def draw(name: str, now: IndicatorFacts | None) -> Typed:
    """Draw the fields, filled with what it is now, and give what is typed in them."""
    title = fields.text("What is it called?", now.title if now else "", key=f"{name}_title", limit=TITLE_LIMIT)
    kind = fields.choose(
        "Of whom does it speak?", INDICATOR_KINDS, _now(now, "kind", IndicatorKind.PERFORMANCE), key=f"{name}_kind"
    )
    asked = (now and now.performance_kind) or PerformanceKind.BETTER_OFF
    question = fields.choose(
        "Which question does it answer, if it is about what was done?", PERFORMANCE_KINDS, asked, key=f"{name}_asked"
    )
    measured = _draw_measure(name, now)
    theme_id, commitments = _draw_links(name, now)
    return Typed(
        title,
        IndicatorKind(kind),
        PerformanceKind(question),
        *measured,
        theme_id,
        commitments,
        *_draw_limits(name, now),
        on_agenda=st.checkbox(
            "It has no figures yet, and would be worth having", now.on_agenda if now else False, key=f"{name}_agenda"
        ),
    )


def read(typed: Typed) -> IndicatorFields:
    """Read the fields.

    Raises:
        FieldError: what is typed is no number or no period, or a baseline has no period.
    """
    baseline = None
    if typed.baseline.strip() or typed.baseline_period.strip():
        value = read_number("baseline", typed.baseline)
        baseline = Baseline(value, read_span("baseline", typed.baseline_period))
    return IndicatorFields(
        title=typed.title,
        kind=typed.kind,
        performance_kind=typed.performance_kind if typed.kind is IndicatorKind.PERFORMANCE else None,
        polarity=typed.polarity,
        frequency=typed.frequency,
        unit_kind=typed.unit_kind,
        unit=typed.unit,
        tolerance=read_number("tolerance", typed.tolerance) if typed.tolerance.strip() else Decimal(0),
        floor=read_number("floor", typed.floor) if typed.floor.strip() else None,
        baseline=baseline,
        theme_id=typed.theme_id,
        commitments=typed.commitments,
        on_agenda=typed.on_agenda,
    )


def _draw_measure(name: str, now: IndicatorFacts | None) -> tuple[Polarity, Frequency, UnitKind, str]:
    """Draw which way is better, how often it is measured, and in what unit."""
    polarity = fields.choose(
        "Which way is better?", POLARITIES, _now(now, "polarity", Polarity.UP), key=f"{name}_polarity"
    )
    frequency = fields.choose(
        "How often is it measured?", FREQUENCIES, _now(now, "frequency", Frequency.YEARLY), key=f"{name}_frequency"
    )
    unit_kind = fields.choose(
        "What sort of figure is it?", UNIT_KINDS, _now(now, "unit_kind", UnitKind.NUMBER), key=f"{name}_unit_kind"
    )
    unit = fields.text(
        "What is counted, in a word or two, such as volunteers or per cent of staff?",
        now.unit if now else "",
        key=f"{name}_unit",
        limit=UNIT_LIMIT,
        width=fields.NARROW,
    )
    return Polarity(polarity), Frequency(frequency), UnitKind(unit_kind), unit


def _now(now: IndicatorFacts | None, field: str, first: fields.Word) -> fields.Word:
    current: fields.Word = getattr(now, field) if now else first
    return current


def _draw_links(name: str, now: IndicatorFacts | None) -> tuple[int | None, frozenset[str]]:
    with reading() as session:
        themes = list_themes(session, viewer=viewer.current())
    ids = {each.id: each.title for each in themes}
    current = next((each.id for each in themes if now and each.ref == now.theme), None)
    options = [None, *ids]
    theme_id = st.selectbox(
        "Theme",
        options,
        index=options.index(current),
        format_func=lambda each: _NO_THEME if each is None else ids[each],
        key=f"{name}_theme",
        width=fields.NARROW,
    )
    titles = {each.ref: each.title for each in cached.commitments()}
    commitments = st.multiselect(
        "Which promises does it speak to?",
        list(titles),
        default=[ref for ref in now.commitments if ref in titles] if now else [],
        format_func=lambda ref: titles.get(ref, ref),
        key=f"{name}_promises",
        placeholder="Choose promises",
    )
    return theme_id, frozenset(commitments)


def _draw_limits(name: str, now: IndicatorFacts | None) -> tuple[str, str, str, str]:
    """Draw by how much a target may be missed, the floor, and the baseline: each may be left empty."""
    start = now.baseline if now else None
    tolerance = number_words(now.tolerance) if now and now.tolerance else ""
    floor = number_words(now.floor) if now and now.floor is not None else ""
    return (
        fields.text("By how much may a target be missed?", tolerance, key=f"{name}_tolerance", width=fields.NARROW),
        fields.text("A floor, if there is one", floor, key=f"{name}_floor", width=fields.NARROW),
        fields.text(
            "Where counting began, if that is known",
            number_words(start.value) if start else "",
            key=f"{name}_baseline",
            width=fields.NARROW,
        ),
        fields.text(
            "In which period was that?",
            span_words(start.span) if start else "",
            key=f"{name}_began",
            width=fields.NARROW,
        ),
    )
