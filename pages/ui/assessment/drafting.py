"""Who drafts which part of a public body's answers: said to its people, and changed by those who may."""

import streamlit as st

from charter.drafters import Drafter, Drafting
from charter.drafting import DIRECTORATE_LIMIT, assign_parts
from charter.forms import Form
from charter.rules.refusals import RefusedError
from charter.store import writing
from charter.tasks import Task
from charter.words import listed
from pages.ui import keys, press, viewer
from pages.ui.plain import plain


def note(form: Form, task: Task) -> str:
    """Say who drafts a task, and whether it is whoever asks; empty where it is nobody's in particular."""
    found = {each for question in task.questions for each in form.drafting.drafters(question.version.version_id)}
    if form.drafting.own in found:
        return "Yours to draft"
    names = sorted(f"{plain(each.name)} for {plain(each.directorate)}" for each in found)
    return f"Drafted by {listed(names)}" if names else ""


def draw_own(form: Form) -> None:
    """Tell somebody who drafts a part what is theirs, and who sends."""
    own = form.drafting.own
    if own is not None:
        titles = [plain(strand.title) for strand in form.drafting.strands if strand.id in own.strand_ids]
        parts = listed(titles) if titles else "no part of this review"
        st.info(f"You draft for **{plain(own.directorate)}**: {parts}. {who_sends(form)}")


def who_sends(form: Form) -> str:
    """Name the leads, who send."""
    names = [plain(each.name) for each in form.drafting.leads]
    return f"The rest is answered and sent by your lead: {listed(names)}." if names else "Nobody leads at the moment."


def draw(form: Form) -> None:
    """Draw who drafts which part, and what changes it, for a lead of a body with several people."""
    drafting = form.drafting
    if drafting.own is not None or drafting.own_id is None or not drafting.people:
        return
    with st.expander("Who drafts which part"):
        st.markdown(
            "A directorate can draft a part. It answers only the questions of its part; a lead checks and sends."
        )
        draw_people(drafting)
        if len(drafting.people) == 1:
            st.caption("To share the work, ask the coordinator to add more people of your organisation.")
            return
        draw_fields(drafting, form.organisation_id)


def draw_people(drafting: Drafting) -> None:
    """List a body's people, each with the part that they draft."""
    st.markdown("\n".join(f"- {plain(each.name)}: {_part_words(drafting, each)}" for each in drafting.people))


def _part_words(drafting: Drafting, each: Drafter) -> str:
    if each.leads:
        return "lead, answers everything and sends"
    titles = [plain(strand.title) for strand in drafting.strands if strand.id in each.strand_ids]
    return f"{plain(each.directorate)}, drafts {listed(titles) or 'a part that is not asked about now'}"


def draw_fields(drafting: Drafting, organisation_id: int) -> None:
    """Draw what changes who drafts, for a body with several people."""
    said = st.container()
    if st.session_state.pop(keys.DRAFTING_DONE, False):
        said.success("Saved.")
        # Emptied here and not when it was saved: by then the fields may stand on the page already.
        st.session_state[keys.DRAFTING_DIRECTORATE] = ""
        st.session_state[keys.DRAFTING_STRANDS] = []
    people = {each.account_id: each.name for each in drafting.people}
    strands = {strand.id: strand.title for strand in drafting.strands}
    st.selectbox("Person", list(people), format_func=lambda key: people.get(key, ""), key=keys.DRAFTING_WHO)
    st.multiselect(
        "Parts that this person drafts; none for a lead",
        list(strands),
        format_func=lambda key: strands.get(key, ""),
        key=keys.DRAFTING_STRANDS,
        placeholder="Choose parts",
    )
    st.text_input("For which directorate", key=keys.DRAFTING_DIRECTORATE, max_chars=DIRECTORATE_LIMIT)
    refused = st.session_state.pop(keys.DRAFTING_SAID, None)
    if refused:
        said.warning(refused)
    press.button("Save who drafts", _assign, organisation_id, key="assign_parts")


def _assign(organisation_id: int) -> None:
    try:
        with writing() as session:
            assign_parts(
                session,
                viewer=viewer.current(),
                organisation_id=organisation_id,
                account_id=int(st.session_state.get(keys.DRAFTING_WHO) or 0),
                directorate=str(st.session_state.get(keys.DRAFTING_DIRECTORATE) or ""),
                strand_ids=st.session_state.get(keys.DRAFTING_STRANDS) or (),
            )
    except RefusedError as refusal:
        st.session_state[keys.DRAFTING_SAID] = f"Not changed. {refusal}"
    else:
        st.session_state[keys.DRAFTING_DONE] = True
