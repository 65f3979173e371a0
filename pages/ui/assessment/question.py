"""One main question: its choices, its comment, and what is saved of them."""

import streamlit as st

from charter import clock
from charter.answers import COMMENT_LIMIT
from charter.forms import Form, GivenAnswer
from charter.questions import Question
from charter.typed import clean_text
from db.types import Side
from pages.ui import press, viewer
from pages.ui.assessment import before, choice, pointing, saving, scale, sent_back
from pages.ui.assessment.field import Field, FieldPart
from pages.ui.assessment.saving import Cause
from pages.ui.plain import plain

_STILL = "Your words are still in the box above, and not saved. This is what is saved:"
_CHOOSE = {
    Cause.EDITED_ELSEWHERE: (
        f"This comment was changed in another window after this page showed it. Nothing was overwritten. {_STILL}"
    ),
    Cause.CUT_OFF: f"Your words did not reach us when you left the box. {_STILL}",
}


def draw(form: Form, question: Question, *, number: int) -> None:
    """Draw a question as a card. The level is saved on the click, the comment when its box is left."""
    answer = form.answer(question)
    level, comment = (_field(form, question, part) for part in (FieldPart.LEVEL, FieldPart.COMMENT))
    with st.container(border=True, key=f"card_{question.version.version_id}"):
        st.header(f"{number}. {plain(question.version.title)}", anchor=False)
        st.caption(plain(question.version.summary))
        # What comes and goes has a box of its own, so that what stands below it stays open and keeps what is typed.
        with st.container(gap="small"):
            before.draw_flag(form, question)
            sent_back.draw(form, question)
        choice.draw(level, question.text, scale.LABELS, stored=answer.word, revision=answer.revision)
        with st.container(gap="small"):
            before.draw(form, question, level)
        st.caption(_state_words(answer))
        # Its name never changes: an expander with another name is another one, closed, and the place in it is lost.
        with st.expander("Comment (optional)"):
            _draw_comment(form, comment, answer, number=number)
        if form.side is Side.PUBLIC:
            with st.expander("Evidence (optional)"):
                pointing.draw(form, question, _field(form, question, FieldPart.EVIDENCE))
    # Only now has the page shown this revision: a click that came before it was made on an older one.
    saving.seen_revisions()[level.answer] = answer.revision


def _field(form: Form, question: Question, part: FieldPart) -> Field:
    version = question.version
    return Field(form.organisation_id, form.period.id, part, version.version_id, title=version.title)


def _fill_comment(comment: Field, answer: GivenAnswer) -> str:
    """Put into the box what waits to be saved, or what another window saved. Give what it holds where it is new.

    Otherwise it is left alone: a value that is set takes away what is being typed, also when a page finds its server
    again after a restart.
    """
    seen, waiting = saving.seen_revisions().get(comment.answer), saving.held().get(comment)
    new = comment.key not in st.session_state
    if new:
        st.session_state[comment.quote_key] = waiting.may_be_quoted if waiting else answer.may_be_quoted
    if new and waiting is not None:
        st.session_state[comment.key] = waiting.words
    elif not new and waiting is None and seen not in (None, answer.revision):
        st.session_state[comment.key] = answer.comment
        st.session_state[comment.quote_key] = answer.may_be_quoted
    else:
        return answer.comment
    return ""


def _state_words(answer: GivenAnswer) -> str:
    said = _saved_words(answer) if answer.answered else "Not answered yet"
    return f"{said} · with a comment" if answer.comment else said


def _saved_words(answer: GivenAnswer) -> str:
    return f"Saved {clock.local(answer.saved_at):%H:%M}" if answer.saved_at else "Saved"


def _draw_comment(form: Form, comment: Field, answer: GivenAnswer, *, number: int) -> None:
    words = st.text_area(
        f"Comment or example for question {number}, up to {COMMENT_LIMIT:,} letters",
        _fill_comment(comment, answer),
        key=comment.key,
        on_change=saving.save,
        args=(comment,),
    )
    quoted = form.side is Side.VCFSE and st.checkbox(
        "This comment may be quoted, without our name", key=comment.quote_key, on_change=saving.save, args=(comment,)
    )
    if comment not in saving.held() and clean_text(words or "") != answer.comment:
        saving.catch_up(
            comment, words or "", revision=answer.revision, empty=not answer.comment, may_be_quoted=bool(quoted)
        )
    _draw_comment_state(comment, answer)


def _draw_comment_state(comment: Field, answer: GivenAnswer) -> None:
    unsaved = saving.held().get(comment)
    if unsaved is None:
        st.caption(_saved_words(answer) if answer.comment else "It is saved when you leave the box.")
    elif unsaved.cause in _CHOOSE:
        st.warning(_CHOOSE[unsaved.cause])
        st.text(answer.comment or "(no comment)")
        press.button("Save my words", _save_mine, comment, key=f"{comment.key}_mine")
        press.button("Keep what is saved", _keep_theirs, comment, answer, key=f"{comment.key}_theirs")
    else:
        st.error(unsaved.message)


def _save_mine(comment: Field) -> None:
    mine = saving.held()[comment]
    saving.attempt(viewer.current(), comment, mine.words, may_be_quoted=mine.may_be_quoted)


def _keep_theirs(comment: Field, answer: GivenAnswer) -> None:
    del saving.held()[comment]
    st.session_state[comment.key] = answer.comment
    st.session_state[comment.quote_key] = answer.may_be_quoted
