"""The forms for words: what happened, with the route to green, and the story that stays beside the indicator."""

import streamlit as st

from charter.outcome_words import STORIES
from charter.outcomes.facts import Measured
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.stories import tell_story, write_commentary
from charter.outcomes.telling import when_words
from charter.store import Session
from db.types import StoryKind
from pages.ui import keys, viewer
from pages.ui.indicator import fields
from pages.ui.keeping.saving import fresh, save

_HELP = {
    StoryKind.BEHIND_IT: "What moves this figure, up or down?",
    StoryKind.PARTNERS: "Who helps to move it, and who else could?",
    StoryKind.WHAT_WORKS: "What has worked, here or elsewhere?",
    StoryKind.PROPOSED: "What will you do next?",
}


def draw(found: RecordedIndicator) -> None:
    """Draw the forms. Where the latest figure is off track and has no route to green, that is asked for first."""
    if found.stands.route_missing:
        st.warning("The latest figure is off track. Please write what brings it back on track: the route to green.")
    if found.history:
        st.header("About one figure", anchor=False)
        measured = fields.choose_measured(found.history, key=f"{keys.OUTCOME_SPAN}_said_{found.ref}")
        _draw_commentary(found, measured)
    st.header("About this outcome", anchor=False)
    for kind in StoryKind:
        _draw_story(found, kind)


def _draw_commentary(found: RecordedIndicator, measured: Measured) -> None:
    name = fresh(f"say_{found.ref}_{measured.span.ends_on}_{measured.span.starts_on}")
    seen = fields.seen(name, measured, field="words")
    with st.form(name, width=620):
        said = fields.words("What happened?", seen.commentary, key=f"{name}_words")
        route = fields.words(
            "The route to green: what brings it back on track?", seen.route_to_green, key=f"{name}_route"
        )
        st.caption("The route is needed where the figure is off track.")
        pressed = st.form_submit_button("Save these words", type="primary")

    def act(session: Session) -> str:
        write_commentary(
            session,
            viewer=viewer.current(),
            indicator_ref=found.ref,
            span=measured.span,
            commentary=said,
            route_to_green=route,
            seen_revision=seen.commentary_revision,
        )
        return f"The words about the figure {when_words(measured.span)} are saved."

    if pressed:
        save(act)


def _draw_story(found: RecordedIndicator, kind: StoryKind) -> None:
    name = fresh(f"story_{found.ref}_{kind.value}")
    now = fields.seen(name, next((each for each in found.stories if each.kind is kind), None), field="words")
    with st.expander(STORIES[kind]), st.form(name, border=False, width=620):
        told = fields.words(_HELP[kind], now.words if now else "", key=f"{name}_words")
        pressed = st.form_submit_button(f"Save “{STORIES[kind].lower()}”")

    def act(session: Session) -> str:
        tell_story(
            session,
            viewer=viewer.current(),
            indicator_ref=found.ref,
            kind=kind,
            story=told,
            seen_revision=now.revision if now else 0,
        )
        return f"“{STORIES[kind]}” is saved."

    if pressed:
        save(act)
