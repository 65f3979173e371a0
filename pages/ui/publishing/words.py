"""The coordinator's words, and what public bodies have promised and replied."""

import streamlit as st

from charter import preview_words
from charter.lowest import lowest_commitments
from charter.periods import PeriodFound
from charter.rules.access import Viewer
from charter.store import Session, reading
from charter.texts import COORDINATORS_KINDS, TEXT_LIMIT, read_texts, save_text
from charter.words import TEXT_KINDS
from db.types import ReleaseTextKind
from pages.ui import press, tables, typed_over, viewer
from pages.ui.plain import plain
from pages.ui.running import acting

_HELP = {
    ReleaseTextKind.WHAT_IT_MEANS: "What should a reader take from the figures? Two or three short paragraphs.",
    ReleaseTextKind.DECISIONS_ASKED: "What do you ask the Cabinet and the partners to decide? One line for each.",
}


def draw(here: Viewer, period: PeriodFound) -> None:
    """Draw the two texts as boxes, then every public body's promises and replies."""
    with reading() as session:
        texts = read_texts(session, viewer=here, period_ref=period.ref)
        lowest = lowest_commitments(session, viewer=here, period_ref=period.ref)
    found = {text.kind: text for text in texts if not text.organisation}
    for kind in COORDINATORS_KINDS:
        text = found.get(kind)
        _draw_box(period, kind, words=text.words if text else "", revision=text.revision if text else 0)
    st.header("What public bodies will do", anchor=False)
    replied = [text for text in texts if text.kind is ReleaseTextKind.RIGHT_OF_REPLY and text.words]
    said = preview_words.waiting_sentences(lowest, [text.organisation for text in replied])
    st.markdown("\n".join(f"- {plain(each)}" for each in said))
    tables.draw(preview_words.lowest_table(lowest), alt="The lowest promise of each body in each theme")
    for text in replied:
        with st.expander(f"Reply of {plain(text.organisation)}"):
            st.text(text.words)


def _draw_box(period: PeriodFound, kind: ReleaseTextKind, *, words: str, revision: int) -> None:
    st.header(TEXT_KINDS[kind], anchor=False)
    # The revision is part of the key, so that a box whose words were saved shows what is saved.
    name = f"text_{kind.value}_{period.ref}"
    key = f"{name}_{revision}"
    typed_over.draw(name, revision=revision, saved={"": words})
    # What is typed stays while the person looks at the figures, in another part of the page.
    st.text_area(_HELP[kind], value=words, key=key, max_chars=TEXT_LIMIT, height=160, persist_state="page")
    press.button(f"Save “{TEXT_KINDS[kind].lower()}”", _save, period.ref, kind, name, revision, key=f"save_{key}")


def _save(ref: str, kind: ReleaseTextKind, name: str, revision: int) -> None:
    typed = str(st.session_state.get(f"{name}_{revision}") or "")

    def act(session: Session) -> str:
        save_text(session, viewer=viewer.current(), period_ref=ref, kind=kind, words=typed, seen_revision=revision)
        return f"“{TEXT_KINDS[kind]}” is saved."

    if acting.do(act):
        typed_over.forget(name)
