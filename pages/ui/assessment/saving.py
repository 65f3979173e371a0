"""Saving what was just given, from the fields' callbacks, and keeping hold of what could not be saved."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from charter.answers import choice_from, save_comment, save_level, save_no_change
from charter.citing import cite_evidence
from charter.closing import closing_answer, save_closing
from charter.rules.access import Viewer
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, RefusedError
from charter.saved import Saved
from charter.store import Session, writing
from pages.ui import keys, viewer
from pages.ui.assessment.field import Field, FieldPart


class Cause(StrEnum):
    """Why something is not saved.

    It waits for a sign-in; it was given while the server was away; another window was first; it is wrong; or too late.
    """

    WAITING = "waiting"
    CUT_OFF = "cut_off"
    EDITED_ELSEWHERE = "edited_elsewhere"
    WRONG = "wrong"
    TOO_LATE = "too_late"


@dataclass(frozen=True)
class Unsaved:
    """What a person gave and the store does not hold.

    Attributes:
        words: the comment, the word of the choice, or the numbers of the items of evidence.
        may_be_quoted: the tick beside a comment.
        cause: why it is not saved.
        message: what the person is told.
    """

    words: str
    may_be_quoted: bool
    cause: Cause
    message: str = ""


def save(field: Field) -> None:
    """Save what a field holds now. It is the field's callback, which runs before the page and its guard."""
    given = st.session_state.get(field.key) or ""
    words = given_words(given) if isinstance(given, list) else str(given)
    attempt(viewer.current(), field, words, may_be_quoted=bool(st.session_state.get(field.quote_key)))


def given_words(evidence_ids: Collection[int]) -> str:
    """Write the items of evidence that were chosen as words: their numbers, smallest first."""
    return ",".join(str(key) for key in sorted(evidence_ids))


def attempt(who: Viewer, field: Field, words: str, *, may_be_quoted: bool) -> bool:
    """Try to save, and tell whether it was. What was not is kept in the session, with the reason."""
    # Kept before it is tried: should the store be away, the next run tries again.
    held()[field] = Unsaved(words, may_be_quoted, Cause.WAITING)
    try:
        with writing() as session:
            saved = _write(session, who, field, words, may_be_quoted=may_be_quoted)
    except NotAllowedError:
        return False  # it waits until somebody signs in who may
    except EditedElsewhereError as refusal:
        cause, message = Cause.EDITED_ELSEWHERE, str(refusal)
    except FieldError as refusal:
        cause, message = Cause.WRONG, str(refusal)
        seen_revisions().pop(field.answer, None)  # so that the field shows again what is saved
    except RefusedError as refusal:
        cause, message = Cause.TOO_LATE, str(refusal)
    else:
        seen_revisions()[field.answer] = saved.revision
        if field.part is FieldPart.NO_CHANGE:
            del seen_revisions()[field.answer]  # so that the choices show what was chosen for them
        del held()[field]
        return True
    held()[field] = Unsaved(words, may_be_quoted, cause, message)
    return False


def catch_up(field: Field, words: str, *, revision: int, empty: bool, may_be_quoted: bool = False) -> None:
    """Take what a page brings that has found its server again: it was given meanwhile, and comes without a callback.

    Where nothing was saved it is saved. Where something was, nobody knows whether the person had seen that: they are
    asked. Either way the page is drawn anew.
    """
    if empty:
        seen_revisions()[field.answer] = revision
        attempt(viewer.current(), field, words, may_be_quoted=may_be_quoted)
    else:
        message = "Your answer did not reach us, as the connection was lost. What you see now is what is saved."
        held()[field] = Unsaved(words, may_be_quoted, Cause.CUT_OFF, message)
    st.rerun()


def save_what_waits(who: Viewer, *, organisation_id: int, period_id: int) -> int:
    """Save what waited for a sign-in, or for the store, in one form; return how many answers that were."""
    waiting = [
        (field, unsaved)
        for field, unsaved in held().items()
        if unsaved.cause is Cause.WAITING and field.answer[:2] == (organisation_id, period_id)
    ]
    return sum(attempt(who, field, unsaved.words, may_be_quoted=unsaved.may_be_quoted) for field, unsaved in waiting)


def held() -> dict[Field, Unsaved]:
    """Give what is not saved, by its field."""
    found: dict[Field, Unsaved] = st.session_state.setdefault(keys.UNSAVED, {})
    return found


def seen_revisions() -> dict[tuple[int, int, int], int]:
    """Give the revision of each answer that this page showed, or saved, last."""
    found: dict[tuple[int, int, int], int] = st.session_state.setdefault(keys.SEEN_REVISIONS, {})
    return found


def _write(session: Session, who: Viewer, field: Field, words: str, *, may_be_quoted: bool) -> Saved:
    seen = seen_revisions().get(field.answer, 0)
    whose = {"organisation_id": field.organisation_id, "period_id": field.period_id, "seen_revision": seen}
    if field.question is not None:
        choice = closing_answer(field.question, words)
        return save_closing(session, viewer=who, question=field.question, choice=choice, **whose)
    if field.part is FieldPart.NO_CHANGE:
        return save_no_change(session, viewer=who, version_id=field.version_id, **whose)
    if field.part is FieldPart.EVIDENCE:
        cited = [int(key) for key in words.split(",") if key]
        return cite_evidence(session, viewer=who, version_id=field.version_id, evidence_ids=cited, **whose)
    if field.part is FieldPart.LEVEL:
        level = choice_from(words)
        return save_level(session, viewer=who, version_id=field.version_id, choice=level, **whose)
    return save_comment(
        session, viewer=who, version_id=field.version_id, comment=words, may_be_quoted=may_be_quoted, **whose
    )
