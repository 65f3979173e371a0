"""The short questions after the core: which side is asked which, and saving their answers.

Influence and contact are asked of groups alone: they are a group's view of public bodies as a whole, and a public body
that rated its own influence would say nothing. The level of engagement is asked of both: groups say which level they
meet, public bodies which one they claim, so that the two can stand beside each other.
"""

from datetime import datetime

from sqlmodel import Session

from charter import clock
from charter.assessments import organisation_row, start_editable
from charter.drafting import require_lead
from charter.questions import side_of
from charter.rules.access import Viewer
from charter.rules.refusals import FieldError, NotFoundError
from charter.saved import NOT_A_CHOICE, NOT_ASKED, Saved, require_seen
from db.models import SelfAssessment
from db.types import Contact, EngagementLevel, Influence, Question, Side

ClosingAnswer = Influence | Contact | EngagementLevel

_ASKED: dict[Side, tuple[Question, ...]] = {
    Side.VCFSE: (Question.INFLUENCE, Question.CONTACT, Question.ENGAGEMENT_LEVEL),
    Side.PUBLIC: (Question.ENGAGEMENT_LEVEL,),
}
CHOICES: dict[Question, tuple[ClosingAnswer, ...]] = {
    Question.INFLUENCE: tuple(Influence),
    Question.CONTACT: tuple(Contact),
    Question.ENGAGEMENT_LEVEL: tuple(EngagementLevel),
}


def closing_questions(side: Side) -> tuple[Question, ...]:
    """Give the short questions that a side is asked after the core."""
    return _ASKED[side]


def closing_answer(question: Question, word: object) -> ClosingAnswer:
    """Read an answer from the word that a form sent.

    Raises:
        FieldError: it is none of the answers to the question.
    """
    for choice in CHOICES[question]:
        if choice == word:
            return choice
    raise FieldError(question.value, NOT_A_CHOICE)


def save_closing(
    session: Session,
    *,
    viewer: Viewer,
    organisation_id: int,
    period_id: int,
    question: Question,
    choice: ClosingAnswer,
    seen_revision: int,
) -> Saved:
    """Save the answer to one of the short questions. The others are left as they are.

    Args:
        session: a writing session.
        viewer: who asks.
        organisation_id: whose answer it is.
        period_id: the period.
        question: the question.
        choice: the answer, one of those to this question.
        seen_revision: the revision of the short answers that the page showed; 0 where there were none.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        RefusedError: the self-assessment was sent, or the viewer drafts only a part of the answers.
        NotFoundError: this side is not asked this.
        FieldError: the choice is none of the answers to this question.
        EditedElsewhereError: the short answers were changed since the page showed them.
    """
    closing_answer(question, choice)
    row = start_editable(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    require_lead(session, viewer=viewer, organisation_id=organisation_id)
    _require_asked(session, organisation_id, question)
    return _choose(session, row, question, choice, seen_revision)


def _choose(
    session: Session, row: SelfAssessment, question: Question, choice: ClosingAnswer, seen_revision: int
) -> Saved:
    # Each of these questions is stored in the column of its own name.
    if getattr(row, question.value) != choice:
        require_seen(row.closing_revision, seen=seen_revision)
        setattr(row, question.value, choice)
        row.closing_revision += 1
        session.flush()
    return _as_saved(row, clock.now())


def _require_asked(session: Session, organisation_id: int, question: Question) -> None:
    if question not in closing_questions(side_of(organisation_row(session, organisation_id).kind)):
        raise NotFoundError(NOT_ASKED)


def _as_saved(row: SelfAssessment, at: datetime) -> Saved:
    return Saved(row.closing_revision, at)
