"""The action that comes of a concern: a new one of the public body, or one of its own that changes."""

from collections.abc import Mapping

import streamlit as st

from charter.actions.fields import HEADING_LIMIT
from charter.actions.reading import ActionNow
from charter.concerns.deciding import actions_to_revise
from charter.concerns.outcome import Agreed
from charter.outcomes.typed_values import WORDS_LIMIT
from charter.rules.access import Viewer
from charter.store import reading
from db.types import Precision
from pages.ui.concerns.taking_on import typed
from pages.ui.indicator.fields import seen

_NONE, _NEW, _CHANGED = "No action", "A new action of the public body", "One of its actions changes"
_DAY, _MONTH, _ONGOING = "By a date", "By the end of a month", "Ongoing"
_WHEN = (_DAY, _MONTH, _ONGOING)
_PRECISIONS = {_DAY: Precision.DAY, _MONTH: Precision.MONTH}


def draw(here: Viewer, ref: str, name: str) -> None:
    """Draw the choice, and the fields of the action.

    Args:
        here: who asks.
        ref: the concern.
        name: the name among the page's widgets that the fields' names begin with.
    """
    with reading() as session:
        actions = {each.told.ref: each for each in actions_to_revise(session, viewer=here, ref=ref)}
    choices = (_NONE, _NEW, _CHANGED) if actions else (_NONE, _NEW)
    kind = st.radio("Does an action come of it?", choices, key=f"{name}_kind")
    if kind == _NEW:
        _draw_fields(f"{name}_new", None)
    elif kind == _CHANGED:
        chosen = _choose(actions, name)
        if chosen is not None:
            fields = f"{name}_{chosen.told.ref}"
            shown = seen(fields, chosen, field="heading")
            st.session_state[f"{name}_seen"] = shown.revision
            _draw_fields(fields, shown)


def given(name: str) -> Agreed | None:
    """Give the action that was typed, or None where none comes of it."""
    kind = st.session_state.get(f"{name}_kind")
    if kind not in {_NEW, _CHANGED}:
        return None
    revises = typed(f"{name}_revises") if kind == _CHANGED else ""
    fields = f"{name}_{revises or 'new'}"
    when = typed(f"{fields}_when")
    return Agreed(
        heading=typed(f"{fields}_heading"),
        details=typed(f"{fields}_details"),
        due_on=st.session_state.get(f"{fields}_due") if when in _PRECISIONS else None,
        due_precision=_PRECISIONS.get(when),
        revises=revises,
        seen_revision=st.session_state.get(f"{name}_seen", 0) if revises else 0,
    )


def _choose(actions: Mapping[str, ActionNow], name: str) -> ActionNow | None:
    chosen = st.selectbox(
        "Which action changes?",
        list(actions),
        format_func=lambda ref: actions[ref].told.heading if ref in actions else ref,
        key=f"{name}_revises",
        placeholder="Choose one",
        index=None,
        width=620,
    )
    return actions[chosen] if chosen is not None else None


def _draw_fields(name: str, now: ActionNow | None) -> None:
    fields = now.fields if now else None
    st.text_input(
        "What is to be done?", fields.heading if fields else "", key=f"{name}_heading", max_chars=HEADING_LIMIT
    )
    st.text_area(
        "More about it. You need not say.",
        fields.details if fields else "",
        key=f"{name}_details",
        max_chars=WORDS_LIMIT,
        height=100,
    )
    before = _DAY if fields is None or fields.due_precision is Precision.DAY else _MONTH if fields.due_on else _ONGOING
    when = st.radio("By when", _WHEN, index=_WHEN.index(before), key=f"{name}_when", horizontal=True)
    if when != _ONGOING:
        label = "The date" if when == _DAY else "Any day of the month"
        st.date_input(label, fields.due_on if fields else None, key=f"{name}_due", format="DD/MM/YYYY", width=220)
