"""Self-assessments: the form that an organisation sees, and each thing that it does to it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from charter import audit, clock
from charter.periods import PeriodFound, period_by_id, require_open
from charter.questions import Question, asked_versions, owing_bodies, questions_for, side_of
from charter.rules import workflow
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError, RefusedError
from db.models import Answer, Invitation, Organisation, SelfAssessment
from db.types import (
    Contact,
    EngagementLevel,
    Influence,
    NoLevel,
    SelfAssessmentState,
    Side,
)

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letter that is read as a digit over the telephone
_SECONDS_A_QUESTION = 35  # the ten minutes that are promised, over the core, the closing questions and the check


@dataclass(frozen=True)
class GivenAnswer:
    """An answer as it is saved. `revision` is what a page must show to change it."""

    level: int | None = None
    no_level: NoLevel | None = None
    comment: str = ""
    may_be_quoted: bool = False
    revision: int = 0
    saved_at: datetime | None = None

    @property
    def answered(self) -> bool:
        """Whether a level, or a reason for none, was chosen."""
        return self.level is not None or self.no_level is not None


NOT_ANSWERED = GivenAnswer()


@dataclass(frozen=True)
class ClosingAnswers:
    """The answers to the questions after the core."""

    influence: Influence | None = None
    contact: Contact | None = None
    engagement_level: EngagementLevel | None = None
    revision: int = 0


@dataclass(frozen=True)
class Form:
    """One organisation's self-assessment in one period, with everything that its pages show."""

    period: PeriodFound
    organisation_id: int
    organisation_name: str
    side: Side
    questions: tuple[Question, ...]
    answers: Mapping[int, GivenAnswer]
    closing: ClosingAnswers
    ref: str | None
    state: SelfAssessmentState | None
    submitted_at: datetime | None
    last_saved_at: datetime | None

    def answer(self, question: Question) -> GivenAnswer:
        """Give the answer to a question, or the empty one."""
        return self.answers.get(question.version.version_id, NOT_ANSWERED)

    @property
    def core(self) -> tuple[Question, ...]:
        """The questions that are asked of everyone."""
        return tuple(question for question in self.questions if question.version.core)

    @property
    def editable(self) -> bool:
        """Whether answers can be changed now."""
        return (self.state is None or workflow.editable(self.state)) and self.period.takes_answers(clock.now())

    def answered(self, questions: tuple[Question, ...]) -> int:
        """Count the questions, of those given, that have an answer."""
        return sum(self.answer(question).answered for question in questions)

    def minutes_left(self) -> int:
        """Estimate, in whole minutes and at least one, what the open core questions and the check still take."""
        open_questions = len(self.core) - self.answered(self.core)
        return max(1, round(open_questions * _SECONDS_A_QUESTION / 60))


def read_form(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int) -> Form:
    """Read one organisation's form. Nothing is started by looking at it.

    Raises:
        NotAllowedError: the viewer may not see this organisation's answers.
        NotFoundError: there is no such period, or the organisation is not invited to it.
    """
    organisation = organisation_row(session, organisation_id)
    side = side_of(organisation.kind)
    act = Act.READ_GROUP_ANSWERS if side is Side.VCFSE else Act.READ_BODY_ANSWERS
    require(viewer, act, organisation_id=organisation_id, period_id=period_id)
    period = period_by_id(session, period_id=period_id)
    _require_invited(session, organisation_id=organisation_id, period_id=period_id)
    questions = questions_for(
        asked_versions(session, period_id=period_id),
        organisation_id=organisation_id,
        side=side,
        owing=owing_bodies(session, on=period.opens_on),
    )
    row = _row(session, organisation_id=organisation_id, period_id=period_id)
    answers = _answers(session, row)
    saved = [answer.saved_at for answer in answers.values() if answer.saved_at]
    return Form(
        period=period,
        organisation_id=organisation_id,
        organisation_name=organisation.name,
        side=side,
        questions=questions,
        answers=answers,
        closing=_closing(row),
        ref=row.ref if row else None,
        state=row.state if row else None,
        submitted_at=row.submitted_at if row else None,
        last_saved_at=max(saved, default=None),
    )


def start(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int) -> SelfAssessment:
    """Give the organisation's self-assessment, locked for this write, starting it where there is none.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        NotFoundError: the organisation is not invited.
    """
    require(viewer, Act.ANSWER, organisation_id=organisation_id, period_id=period_id)
    require_open(period_by_id(session, period_id=period_id))
    # Locking the invitation makes two windows that start at once take turns.
    _require_invited(session, organisation_id=organisation_id, period_id=period_id, lock=True)
    row = _row(session, organisation_id=organisation_id, period_id=period_id, lock=True)
    if row is None:
        row = SelfAssessment(
            ref=new_ref(), period_id=period_id, organisation_id=organisation_id, started_at=clock.now()
        )
        session.add(row)
        session.flush()
        audit.record(session, viewer, act="self_assessment_started", subject=f"self_assessment {row.ref}")
    return row


def require_editable(row: SelfAssessment) -> None:
    """Refuse unless answers in this self-assessment can be changed.

    Raises:
        RefusedError: it was sent.
    """
    if not workflow.editable(row.state):
        raise RefusedError(
            "These answers have been sent, so they cannot be changed here. What you sent is safe. "
            "To change something, choose “Change my answers” first."
        )


def new_ref() -> str:
    """Draw a reference for a self-assessment: `SA-` and 8 letters or digits that are easy to read out."""
    return "SA-" + "".join(secrets.choice(_CROCKFORD) for _ in range(8))


def organisation_row(session: Session, organisation_id: int) -> Organisation:
    """Read an organisation.

    Raises:
        NotFoundError: there is no such organisation.
    """
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFoundError("There is no such organisation.")
    return organisation


def _require_invited(session: Session, *, organisation_id: int, period_id: int, lock: bool = False) -> None:
    statement = select(Invitation).where(
        Invitation.period_id == period_id, Invitation.organisation_id == organisation_id
    )
    invitation = session.exec(statement.with_for_update() if lock else statement).first()
    if invitation is None or invitation.removed_at is not None:
        raise NotFoundError("This organisation is not on the invitation list of this period.")


def _row(session: Session, *, organisation_id: int, period_id: int, lock: bool = False) -> SelfAssessment | None:
    statement = select(SelfAssessment).where(
        SelfAssessment.period_id == period_id, SelfAssessment.organisation_id == organisation_id
    )
    return session.exec(statement.with_for_update() if lock else statement).first()


def _answers(session: Session, row: SelfAssessment | None) -> dict[int, GivenAnswer]:
    if row is None:
        return {}
    return {
        answer.commitment_version_id: GivenAnswer(
            level=answer.level,
            no_level=answer.no_level,
            comment=answer.comment,
            may_be_quoted=answer.may_be_quoted,
            revision=answer.revision,
            saved_at=answer.saved_at,
        )
        for answer in session.exec(select(Answer).where(Answer.self_assessment_id == row.id))
    }


def _closing(row: SelfAssessment | None) -> ClosingAnswers:
    if row is None:
        return ClosingAnswers()
    return ClosingAnswers(
        influence=row.influence,
        contact=row.contact,
        engagement_level=row.engagement_level,
        revision=row.closing_revision,
    )
