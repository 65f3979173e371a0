"""The scale that every main question is answered on."""

import streamlit as st

from charter.levels import LevelFound, read_levels
from charter.store import reading
from charter.words import LEVELS
from db.types import NoLevel

_NO_LEVEL_LABELS = {NoLevel.DOES_NOT_APPLY: "Does not apply to us", NoLevel.DONT_KNOW: "Don’t know"}
LABELS = {str(value): label.capitalize() for value, label in enumerate(LEVELS)} | {
    no_level.value: label for no_level, label in _NO_LEVEL_LABELS.items()
}
NO_CHANGE = "no_change"
NO_CHANGE_LABEL = "No change since last year"


def label_of(word: object) -> str:
    """Give what the screen says for a choice, such as `3` or `dont_know`. A word that is no choice stays as it is."""
    return NO_CHANGE_LABEL if word == NO_CHANGE else LABELS.get(str(word), str(word))


def draw_meanings() -> None:
    """Draw what the answers mean, to be opened on demand."""
    with st.expander("What do the answers mean?"):
        lines = [f"- **{level.label.capitalize()}**: {level.description}" for level in _levels()]
        lines.append("- **Does not apply to us**: this has nothing to do with what your organisation does.")
        lines.append("- **Don’t know**: you cannot say. It counts neither for nor against.")
        st.markdown("\n".join(lines))


@st.cache_data(ttl="10m", show_spinner=False)
def _levels() -> tuple[LevelFound, ...]:
    with reading() as session:
        return read_levels(session)
