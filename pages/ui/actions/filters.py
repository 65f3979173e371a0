"""Which actions are shown, kept in the address: a link can lead to some of them only."""

from collections.abc import Mapping, Sequence

import streamlit as st

from charter.actions.choosing import Wanted, bodies_of, themes_of
from charter.actions.told import ActionTold
from charter.words import ACTION_STATUSES
from db.types import ActionStatus

_ALL = ""


def draw(actions: Sequence[ActionTold]) -> Wanted:
    """Draw the fields, and give what is looked for."""
    bodies = {name: name for name in bodies_of(actions)}
    themes = {title: title for title in themes_of(actions)}
    first, second, third = st.columns(3)
    with first:
        body = _choose("Who", "body", bodies)
    with second:
        status = _choose("Where it stands", "status", ACTION_STATUSES)
    with third:
        theme = _choose("Theme", "theme", themes)
    return Wanted(body, ActionStatus(status) if status else None, theme)


def _choose(label: str, name: str, labels: Mapping[ActionStatus, str] | Mapping[str, str]) -> str:
    """Draw a field. What is chosen in it goes into the address, from which it is read."""
    said = {str(option): words for option, words in labels.items()}
    given = st.query_params.get(name, _ALL)
    chosen = given if given in said else _ALL
    key = f"actions_{name}_{chosen}"
    options = [_ALL, *said]
    st.selectbox(
        label,
        options,
        index=options.index(chosen),
        format_func=lambda option: said.get(option, "All"),
        key=key,
        on_change=_keep,
        args=(name, key),
    )
    return chosen


def _keep(name: str, key: str) -> None:
    chosen = str(st.session_state[key] or _ALL)
    if chosen:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)
