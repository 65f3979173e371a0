"""Saving answers, each as it is given, so that closing the browser loses nothing."""

from sqlmodel import Session

from charter.answer_rows import answer_row, keep, question_asked
from charter.assessments import organisation_row, start_editable
from charter.periods import period_by_id
from charter.questions import side_of
from charter.rollover import NOTHING_BEFORE, look_back
from charter.rules.access import Viewer
from charter.rules.refusals import FieldError, RefusedError
from charter.rules.scoring import HIGHEST_LEVEL
from charter.saved import NOT_A_CHOICE, Saved, require_seen
from charter.typed import clean_text
from db.models.self_assessments import COMMENT_LIMIT as COMMENT_LIMIT  # the form says it beside the box
from db.types import NoLevel


def choice_from(word: object) -> int | NoLevel:
    """Read a level, or the reason for none, from the word that a form sent, such as `3` or `dont_know`.

    Raises:
        FieldError: it is none of the choices.
    """
    if word in set(NoLevel):
        return NoLevel(str(word))
    if word in {str(level) for level in range(HIGHEST_LEVEL + 1)}:
        return int(str(word))
    raise FieldError("level", NOT_A_CHOICE)


def save_level(
    session: Session,
    *,
    viewer: Viewer,
    organisation_id: int,
    period_id: int,
    version_id: int,
    choice: int | NoLevel,
    seen_revision: int,
) -> Saved:
    """Save a level, or the reason for none.

    Args:
        session: a writing session.
        viewer: who asks.
        organisation_id: whose answer it is.
        period_id: the period.
        version_id: the version of the commitment that is answered.
        choice: 0 to 4, or that it does not apply or is not known.
        seen_revision: the answer's revision that the page showed; 0 where it showed none.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        RefusedError: the self-assessment was sent, or the viewer drafts another part of it.
        NotFoundError: the organisation is not asked this.
        FieldError: the level is out of range.
        EditedElsewhereError: the answer was changed since the page showed it.
    """
    level, no_level = _parted(choice)
    row = start_editable(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    question = question_asked(session, viewer=viewer, row=row, version_id=version_id)
    answer = answer_row(session, row=row, question=question)
    if (answer.level, answer.no_level) == (level, no_level) and answer.revision:
        return Saved(answer.revision, answer.saved_at)
    require_seen(answer.revision, seen=seen_revision)
    answer.level, answer.no_level, answer.carried_over = level, no_level, False
    return keep(session, answer)


def save_no_change(
    session: Session, *, viewer: Viewer, organisation_id: int, period_id: int, version_id: int, seen_revision: int
) -> Saved:
    """Give last time's answer again, a level or the reason for none, marked as carried over.

    Choosing another answer later takes the mark away. The arguments are those of `save_level`, but for the choice.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        RefusedError: the self-assessment was sent, the viewer drafts another part, or there is nothing to carry over.
        NotFoundError: the organisation is not asked this.
        EditedElsewhereError: the answer was changed since the page showed it.
    """
    row = start_editable(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    question = question_asked(session, viewer=viewer, row=row, version_id=version_id)
    before = look_back(
        session,
        period=period_by_id(session, period_id=period_id),
        organisation_id=organisation_id,
        side=side_of(organisation_row(session, organisation_id).kind),
        questions=(question,),
    ).get(version_id, NOTHING_BEFORE)
    if before.choice is None:
        raise RefusedError("There is no earlier answer to this question that could be kept. Nothing was changed.")
    answer = answer_row(session, row=row, question=question)
    if answer.carried_over and (answer.level, answer.no_level) == (before.level, before.no_level):
        return Saved(answer.revision, answer.saved_at)
    require_seen(answer.revision, seen=seen_revision)
    answer.level, answer.no_level, answer.carried_over = before.level, before.no_level, True
    return keep(session, answer)


def save_comment(
    session: Session,
    *,
    viewer: Viewer,
    organisation_id: int,
    period_id: int,
    version_id: int,
    comment: str,
    may_be_quoted: bool,
    seen_revision: int,
) -> Saved:
    """Save a comment, and whether it may be quoted. An empty one takes the comment away.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        RefusedError: the self-assessment was sent, or the viewer drafts another part of it.
        NotFoundError: the organisation is not asked this.
        FieldError: the comment is too long.
        EditedElsewhereError: the answer was changed since the page showed it.
    """
    text = clean_text(comment)
    if len(text) > COMMENT_LIMIT:
        raise FieldError(
            "comment",
            f"This comment is not saved yet. It has {len(text):,} letters and signs, and there is room for "
            f"{COMMENT_LIMIT:,}. It is still in the box: please make it shorter.",
        )
    row = start_editable(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    question = question_asked(session, viewer=viewer, row=row, version_id=version_id)
    answer = answer_row(session, row=row, question=question)
    quoted = may_be_quoted and bool(text)
    if (answer.comment, answer.may_be_quoted) == (text, quoted):
        return Saved(answer.revision, answer.saved_at)
    require_seen(answer.revision, seen=seen_revision)
    answer.comment, answer.may_be_quoted = text, quoted
    return keep(session, answer)


def _parted(choice: int | NoLevel) -> tuple[int | None, NoLevel | None]:
    """Part a choice into the level and the reason for none, as they are stored: one of the two is always None."""
    if isinstance(choice, NoLevel):
        return None, choice
    if choice not in range(HIGHEST_LEVEL + 1):
        raise FieldError("level", NOT_A_CHOICE)
    return choice, None
