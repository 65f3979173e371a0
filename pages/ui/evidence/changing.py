"""What an item's own people do with it: change it, say what it is evidence for, and take it away."""

from functools import partial

import streamlit as st

from charter.evidence.citations import Citations, citable, speak_for
from charter.evidence.fields import EvidenceFields
from charter.evidence.files import GivenFile
from charter.evidence.items import change_evidence, remove_evidence
from charter.evidence.reading import EvidenceFound
from charter.outcome_words import span_words
from charter.rules.access import Viewer
from charter.store import Session, reading
from pages.ui import viewer
from pages.ui.evidence import fields
from pages.ui.indicator.fields import seen as shown
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain
from pages.ui.running import acting


def draw(who: Viewer, item: EvidenceFound, cited: Citations) -> None:
    """Draw the forms for the people of the item's organisation."""
    st.header("For your organisation", anchor=False)
    with st.expander("Change this item, or who may see it"):
        _draw_change(item)
    with st.expander("Say what it is evidence for"):
        _draw_citing(who, item, cited)
    acting.confirmed(
        "Take this item away",
        name=f"remove_item_{item.id}",
        warning=f"Take “{plain(item.title)}” away? Its file goes for good. What you reported and promised stays.",
        yes="Yes, take it away",
        act=partial(_press_remove, item),
    )


def _draw_change(item: EvidenceFound) -> None:
    name = fresh(f"change_item_{item.id}")
    seen = shown(name, item.fields, field="title")
    with st.form(name, border=False, width=620):
        typed, given = fields.draw(name, seen, has_file=item.file is not None)
        pressed = st.form_submit_button("Save these changes", type="primary")
    if pressed:
        save(lambda session: _change(session, item.id, seen, typed, given))


def _change(
    session: Session, evidence_id: int, seen: EvidenceFields, typed: EvidenceFields, given: GivenFile | None
) -> str:
    change_evidence(session, viewer=viewer.current(), evidence_id=evidence_id, seen=seen, fields=typed, file=given)
    return "The changes are saved."


def _draw_citing(who: Viewer, item: EvidenceFound, cited: Citations) -> None:
    with reading() as session:
        own = citable(session, viewer=who, organisation_id=item.organisation_id)
    st.markdown("To point to it from the answers of a review, choose it beside the answer, in your self-assessment.")
    if own == Citations():
        st.markdown("Your organisation has reported no outcomes, and keeps no actions, that it could be evidence for.")
        return
    values = {each.id: f"{each.title}, {span_words(each.span)}" for each in own.values}
    actions = {each.id: each.heading for each in own.actions}
    name = fresh(f"cite_item_{item.id}")
    seen = shown(name, cited, field="values")
    with st.form(name, border=False, width=620):
        chosen = _choices("Reported outcomes", values, [each.id for each in seen.values], f"{name}_values")
        done = _choices("Actions", actions, [each.id for each in seen.actions], f"{name}_actions")
        pressed = st.form_submit_button("Save what it is evidence for")
    if pressed:
        save(lambda session: _cite(session, item.id, seen, chosen, done))


def _choices(label: str, options: dict[int, str], chosen: list[int], key: str) -> list[int]:
    return st.multiselect(
        label,
        list(options),
        [each for each in chosen if each in options],
        key=key,
        format_func=lambda each: options.get(each, ""),
        placeholder="Choose",
    )


def _cite(session: Session, evidence_id: int, seen: Citations, values: list[int], actions: list[int]) -> str:
    speak_for(
        session,
        viewer=viewer.current(),
        evidence_id=evidence_id,
        seen=seen,
        value_ids=values,
        action_ids=actions,
    )
    return "What it is evidence for is saved."


def _press_remove(item: EvidenceFound) -> None:
    if acting.do(partial(_remove, item)):
        st.query_params.pop("ref", None)


def _remove(item: EvidenceFound, session: Session) -> str:
    remove_evidence(session, viewer=viewer.current(), evidence_id=item.id)
    return f"“{item.title}” was taken away."
