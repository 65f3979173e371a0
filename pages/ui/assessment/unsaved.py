"""Telling a person what is not saved, so that no typed word is lost."""

import streamlit as st

from charter.forms import Form
from pages.ui.assessment import scale
from pages.ui.assessment.field import Field, FieldPart
from pages.ui.assessment.saving import Cause, Unsaved, held
from pages.ui.plain import plain


def draw_too_late(form: Form) -> None:
    """Show what could not be saved in a form that takes no more answers, so that the words can be copied."""
    own = (form.organisation_id, form.period.id)
    lost = {field: unsaved for field, unsaved in held().items() if field.answer[:2] == own}
    messages = [unsaved.message for unsaved in lost.values() if unsaved.cause is Cause.TOO_LATE]
    if messages:
        st.error(plain(messages[0]))
    for field, unsaved in lost.items():
        _draw_words(field, unsaved)


def draw_ended(*, can_sign_in: bool) -> bool:
    """Say beside the form for signing in, or in place of one's own form, what is not saved yet, if anything is."""
    if not held():
        return False
    if can_sign_in:
        st.info("Your last answer is kept on this page. It is saved as soon as you have signed in.")
    else:
        draw_all()
    return True


def draw_all() -> None:
    """Show everything that could not be saved, where no form is shown any more, so that the words can be copied."""
    for field, unsaved in held().items():
        _draw_words(field, unsaved)


def comments_of(organisation_id: int, period_id: int) -> tuple[Field, ...]:
    """Give the comments of one form that wait for their writer: too long, or changed in another window."""
    own = (organisation_id, period_id)
    return tuple(field for field in held() if field.part is FieldPart.COMMENT and field.answer[:2] == own)


def _draw_words(field: Field, unsaved: Unsaved) -> None:
    if field.part is FieldPart.COMMENT:
        st.markdown(f"Your comment on “{plain(field.title)}” is not saved. You can copy it from here:")
        st.code(unsaved.words, language=None, wrap_lines=True)
    elif field.part is FieldPart.EVIDENCE:
        st.markdown(f"What you chose as evidence for “{plain(field.title)}” is not saved.")
    else:
        st.markdown(f"Your answer to “{plain(field.title)}” is not saved: {plain(scale.label_of(unsaved.words))}.")
