"""The forms of actions: making one, changing one, and saying how one stands."""

import streamlit as st

from charter.actions.choices import choices
from charter.actions.fields import ActionFields
from charter.actions.making import change_action, make_action, say_how_it_stands
from charter.actions.reading import ActionNow
from charter.actions.sources import ActionSources
from charter.rules.access import Viewer
from charter.store import Session, reading
from charter.words import ACTION_STATUSES
from db.types import ActionStatus
from pages.ui import viewer
from pages.ui.actions import fields
from pages.ui.indicator.fields import seen
from pages.ui.keeping.saving import fresh, save

_READ = (
    "Everybody reads it with the next release: when the next review is published, or when the last one is corrected."
)


def draw_new(here: Viewer) -> None:
    """Draw the form that makes an action."""
    with reading() as session:
        found = choices(session, viewer=here)
    name = fresh("action_new")
    st.markdown(_READ)
    with st.form(name, border=False, width=620):
        keeper = fields.draw_keeper(found, name=name)
        given, sources = fields.draw(found, None, name=name, keeper=keeper)
        pressed = st.form_submit_button("Make this action", type="primary")
    if pressed:
        save(lambda session: _make(session, given, sources))


def draw(here: Viewer, now: ActionNow) -> None:
    """Draw the forms of an action for those who may use them: everything for its keeper, else only how it stands."""
    if not now.updates:
        return
    name = fresh(f"action_{now.told.ref}")
    st.header("Keep it up to date", anchor=False)
    st.markdown(_READ)
    if now.keeps:
        _draw_change(here, seen(name, now, field="heading"), name)
    else:
        _draw_standing(seen(name, now, field="status"), name)


def _draw_change(here: Viewer, now: ActionNow, name: str) -> None:
    with reading() as session:
        found = choices(session, viewer=here)
    with st.form(name, border=False, width=620):
        keeper = now.fields.organisation_id
        if keeper is None:
            keeper = fields.draw_keeper(found, name=name)
        given, sources = fields.draw(found, now, name=name, keeper=keeper)
        pressed = st.form_submit_button("Save this action", type="primary")
    if pressed:
        save(lambda session: _change(session, now, given, sources))


def _draw_standing(now: ActionNow, name: str) -> None:
    with st.form(name, border=False, width=620):
        status = fields.draw_status(now.fields.status, name=name)
        notes = fields.draw_notes(now.fields.notes, name=name)
        pressed = st.form_submit_button("Save where it stands", type="primary")
    if pressed:
        save(lambda session: _say(session, now, status, notes))


def _make(session: Session, given: ActionFields, sources: ActionSources) -> str:
    ref = make_action(session, viewer=viewer.current(), fields=given, sources=sources)
    return f"“{given.heading.strip()}” is an action now. Its reference is {ref}."


def _change(session: Session, now: ActionNow, given: ActionFields, sources: ActionSources) -> str:
    change_action(
        session,
        viewer=viewer.current(),
        ref=now.told.ref,
        fields=given,
        sources=sources,
        seen_revision=now.revision,
    )
    return f"“{given.heading.strip()}” is saved. What it was before is kept."


def _say(session: Session, now: ActionNow, status: ActionStatus, notes: str) -> str:
    say_how_it_stands(
        session, viewer=viewer.current(), ref=now.told.ref, status=status, notes=notes, seen_revision=now.revision
    )
    return f"“{now.told.heading}” is now: {ACTION_STATUSES[status]}."
