"""A public body's own figures before they are published, and its reply to them."""

import pandas as pd
import streamlit as st

from charter import preview_words
from charter.periods import PeriodFound
from charter.right_of_reply import OwnBody, own_figures, read_reply, save_reply
from charter.rules.access import Viewer
from charter.store import Session, reading
from charter.texts import TEXT_LIMIT
from charter.words import hidden_note, level_words
from pages.ui import press, tables, typed_over, viewer
from pages.ui.running import acting


def draw(here: Viewer, body: OwnBody, period: PeriodFound) -> None:
    """Draw what the body said beside what groups said, and the box for its reply."""
    with reading() as session:
        found = own_figures(session, viewer=here, period_ref=period.ref, organisation_id=body.organisation_id)
        reply = read_reply(session, viewer=here, period_ref=period.ref, organisation_id=body.organisation_id)
    st.header("Your own figures", anchor=False)
    st.markdown("They are not published yet. Please keep them to yourselves until then.")
    if found and not found[0].counts:
        st.warning("Your own answers are not accepted yet. They are published once the monitoring group accepts them.")
    frame = pd.DataFrame(
        {
            "Promise": [figure.title for figure in found],
            "You said": [level_words(figure.level, figure.no_level) for figure in found],
            "Groups said": [preview_words.own_score_words(figure.experience) for figure in found],
        },
        dtype=str,
    )
    tables.draw(frame, alt="What you said of each promise that you owe, beside what groups said")
    st.caption(hidden_note(period.threshold))
    st.header("Your reply", anchor=False)
    name = f"reply_{body.organisation_id}_{period.ref}"
    key = f"{name}_{reply.revision}"
    typed_over.draw(name, revision=reply.revision, saved={"": reply.words})
    label = "What should readers know about these figures? You need not reply."
    st.text_area(label, value=reply.words, key=key, max_chars=TEXT_LIMIT, height=140, persist_state="page")
    press.button("Save our reply", _save, body.organisation_id, period.ref, name, reply.revision, key=f"save_{key}")


def _save(organisation_id: int, ref: str, name: str, revision: int) -> None:
    typed = str(st.session_state.get(f"{name}_{revision}") or "")

    def act(session: Session) -> str:
        save_reply(
            session,
            viewer=viewer.current(),
            period_ref=ref,
            organisation_id=organisation_id,
            words=typed,
            seen_revision=revision,
        )
        return "Your reply is saved. It is published with the figures."

    if acting.do(act):
        typed_over.forget(name)
