"""Saving answers, each as it is given, so that closing the browser loses nothing."""

from sqlmodel import Session, select

from charter import clock
from charter.assessments import start_editable
from charter.periods import period_by_id
from charter.questions import Question, asked_versions, owing_bodies, questions_for, side_of
from charter.rules.access import Viewer
from charter.rules.refusals import FieldError, NotFoundError
from charter.rules.scoring import HIGHEST_LEVEL
from charter.saved import NOT_A_CHOICE, NOT_ASKED, Saved, require_seen
from charter.typed import clean_text
from db.models import Answer, Organisation, SelfAssessment
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
        RefusedError: the self-assessment was sent.
        NotFoundError: the organisation is not asked this.
        FieldError: the level is out of range.
        EditedElsewhereError: the answer was changed since the page showed it.
    """
    level, no_level = _parted(choice)
    row = start_editable(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    question = _question(session, row=row, version_id=version_id)
    answer = _answer(session, row=row, question=question)
    if (answer.level, answer.no_level) == (level, no_level) and answer.revision:
        return Saved(answer.revision, answer.saved_at)
    require_seen(answer.revision, seen=seen_revision)
    answer.level, answer.no_level = level, no_level
    return _keep(session, answer)


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
        RefusedError: the self-assessment was sent.
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
    question = _question(session, row=row, version_id=version_id)
    answer = _answer(session, row=row, question=question)
    quoted = may_be_quoted and bool(text)
    if (answer.comment, answer.may_be_quoted) == (text, quoted):
        return Saved(answer.revision, answer.saved_at)
    require_seen(answer.revision, seen=seen_revision)
    answer.comment, answer.may_be_quoted = text, quoted
    return _keep(session, answer)


def _parted(choice: int | NoLevel) -> tuple[int | None, NoLevel | None]:
    """Part a choice into the level and the reason for none, as they are stored: one of the two is always None."""
    if isinstance(choice, NoLevel):
        return None, choice
    if choice not in range(HIGHEST_LEVEL + 1):
        raise FieldError("level", NOT_A_CHOICE)
    return choice, None


def _question(session: Session, *, row: SelfAssessment, version_id: int) -> Question:
    organisation = session.get_one(Organisation, row.organisation_id)
    period = period_by_id(session, period_id=row.period_id)
    questions = questions_for(
        asked_versions(session, period_id=row.period_id),
        organisation_id=row.organisation_id,
        side=side_of(organisation.kind),
        owing=owing_bodies(session, on=period.opens_on),
    )
    for question in questions:
        if question.version.version_id == version_id:
            return question
    raise NotFoundError(NOT_ASKED)


def _answer(session: Session, *, row: SelfAssessment, question: Question) -> Answer:
    """Give the stored answer, or a new one of revision 0 that is not stored yet."""
    version_id = question.version.version_id
    found = session.exec(
        select(Answer).where(Answer.self_assessment_id == row.id, Answer.commitment_version_id == version_id)
    ).first()
    return found or Answer(
        self_assessment_id=row.id or 0,
        commitment_version_id=version_id,
        measure=question.measure,
        revision=0,
        saved_at=clock.now(),
    )


def _keep(session: Session, answer: Answer) -> Saved:
    answer.revision += 1
    answer.saved_at = clock.now()
    session.add(answer)
    session.flush()
    return Saved(answer.revision, answer.saved_at)
