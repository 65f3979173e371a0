"""The row of one answer: finding what is asked, and writing down what was given."""

from sqlmodel import Session, select

from charter import clock
from charter.assessments import organisation_row
from charter.drafting import require_part
from charter.periods import period_by_id
from charter.questions import Question, questions_asked, side_of
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError
from charter.saved import NOT_ASKED, Saved
from db.models import Answer, SelfAssessment


def question_asked(session: Session, *, viewer: Viewer, row: SelfAssessment, version_id: int) -> Question:
    """Give what an organisation is asked about a version of a commitment, for a change of its answer.

    Raises:
        NotFoundError: the organisation is not asked this.
        RefusedError: the viewer drafts other parts of the answers.
    """
    period = period_by_id(session, period_id=row.period_id)
    questions = questions_asked(
        session,
        period_id=period.id,
        opens_on=period.opens_on,
        organisation_id=row.organisation_id,
        side=side_of(organisation_row(session, row.organisation_id).kind),
    )
    for question in questions:
        version = question.version
        if version.version_id == version_id:
            require_part(
                session, viewer=viewer, organisation_id=row.organisation_id, commitment_id=version.commitment_id
            )
            return question
    raise NotFoundError(NOT_ASKED)


def answer_row(session: Session, *, row: SelfAssessment, question: Question) -> Answer:
    """Give the stored answer, or a new one of revision 0 that is not stored yet.

    Whoever moved to the other side meanwhile rated something else: that level is no answer to this question.
    """
    version_id = question.version.version_id
    found = session.exec(
        select(Answer).where(Answer.self_assessment_id == row.id, Answer.commitment_version_id == version_id)
    ).first()
    if found is not None and found.measure is not question.measure:
        found.measure, found.level, found.no_level, found.carried_over = question.measure, None, None, False
    return found or Answer(
        self_assessment_id=row.id or 0,
        commitment_version_id=version_id,
        measure=question.measure,
        revision=0,
        saved_at=clock.now(),
    )


def keep(session: Session, answer: Answer) -> Saved:
    """Write an answer down, with its next revision."""
    answer.revision += 1
    answer.saved_at = clock.now()
    session.add(answer)
    session.flush()
    return Saved(answer.revision, answer.saved_at)
