"""How an indicator stands: the answer in a sentence, and three cards with the figure, its status and its direction."""

import streamlit as st

from charter.outcome_words import QUALIFIERS, STATUSES, difference_words, movement_words, short_value, unit_rest
from charter.outcomes import telling
from charter.outcomes.recorded import RecordedIndicator
from charter.rules.outcomes import IndicatorStatus
from charter.words import MADE_UP_MARK
from db.types import Frequency, Qualifier
from pages.ui.plain import plain

_CARDS = 3
_COLOURS = {
    IndicatorStatus.ON_TRACK: "green",
    IndicatorStatus.WITHIN_TOLERANCE: "orange",
    IndicatorStatus.OFF_TRACK: "red",
}


def draw(found: RecordedIndicator) -> None:
    """Draw the answer and the cards; of one without a figure, what it would tell."""
    about = telling.about_words(found)
    made_up = f" {MADE_UP_MARK}" if found.made_up and MADE_UP_MARK not in about else ""
    st.caption(plain(f"{about}{made_up}"))
    st.markdown(f"**{plain(telling.answer_sentence(found))}** {plain(telling.travel_sentence(found))}")
    if telling.latest_of(found) is None:
        _draw_without(found)
        return
    cards = [_draw_figure]
    if found.stands.status is not None:
        cards.append(_draw_status)
    if found.frequency is not Frequency.ONCE:
        cards.append(_draw_travel)
    for column, draw_card in zip(st.columns(_CARDS), cards, strict=False):
        with column.container(border=True, height="stretch"):
            draw_card(found)


def _draw_without(found: RecordedIndicator) -> None:
    said = (
        "It is on the list of what would be worth having." if found.on_agenda else "The first figure will stand here."
    )
    why = found.sheets[0].sheet.why if found.sheets else ""
    st.info(f"{said} {plain(why)}".strip())


def _draw_figure(found: RecordedIndicator) -> None:
    last = telling.latest_of(found)
    if last is None:
        return
    value = short_value(last.now.value, found.unit_kind)
    worded = last.now.qualifier
    st.metric("Latest figure", value if worded is Qualifier.EXACT else f"{QUALIFIERS[worded]} {value}")
    said = [unit_rest(found.unit), telling.when_words(last.span)]
    st.markdown(plain(", ".join(one for one in said if one)))
    st.markdown(f"From: {plain(last.now.source)}")


def _draw_status(found: RecordedIndicator) -> None:
    stands = found.stands
    st.metric("Target", "–" if stands.target is None else short_value(stands.target, found.unit_kind))
    if stands.status is not None:
        colour = _COLOURS.get(stands.status, "gray")
        st.markdown(f":{colour}-badge[{plain(STATUSES[stands.status])}]")
    said = [telling.tolerance_words(found) if stands.target is not None else "", telling.floor_sentence(found)]
    st.markdown(plain(" ".join(one for one in said if one)))


def _draw_travel(found: RecordedIndicator) -> None:
    stands, last = found.stands, telling.latest_of(found)
    span = last.span if last else None
    moved = stands.long or stands.short
    shown = difference_words(moved.difference, found.unit_kind) if moved.difference is not None else "–"
    st.metric("Change on last year" if stands.long else "Change", shown)
    st.markdown(plain(movement_words(moved, span, found.unit_kind)))
    if stands.long is not None:
        st.markdown(plain(f"Since the last period: {movement_words(stands.short, span, found.unit_kind)}"))
    st.markdown(plain(telling.baseline_sentence(found)))
