"""The form that an organisation sees: what it is asked, what it answered, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from charter import clock
from charter.answers_seen import note_sight
from charter.assessments import find_row, organisation_row, require_invited
from charter.assisted import AssistedBy, assisted_by
from charter.citing import cited_evidence
from charter.closing import ClosingAnswer, closing_questions
from charter.drafters import Drafting, read_drafting
from charter.evidence.for_answers import list_evidence
from charter.evidence.reading import EvidenceFound
from charter.periods import PeriodFound, period_by_id
from charter.questions import Question, questions_asked, side_of
from charter.returned import ReturnedFound, returned_answers
from charter.rollover import NOTHING_BEFORE, Before, look_back
from charter.rules import workflow
from charter.rules.access import Act, Viewer, require
from db import types
from db.models import Answer, SelfAssessment
from db.types import Measure, NoLevel, SelfAssessmentState, Side

# Half a minute a question and a minute to check and send: ten minutes for the 15 main and three short ones.
_SECONDS_A_QUESTION = 30
_SECONDS_TO_SEND = 60


@dataclass(frozen=True)
class GivenAnswer:
    """An answer as it is saved. `revision` is what a page must show to change it."""

    level: int | None = None
    no_level: NoLevel | None = None
    comment: str = ""
    may_be_quoted: bool = False
    carried_over: bool = False
    revision: int = 0
    saved_at: datetime | None = None

    @property
    def answered(self) -> bool:
        """Whether a level, or a reason for none, was chosen."""
        return self.level is not None or self.no_level is not None

    @property
    def word(self) -> str | None:
        """The choice as a form sends it, such as `3` or `dont_know`; None where none was made."""
        if self.level is not None:
            return str(self.level)
        return self.no_level.value if self.no_level else None


NOT_ANSWERED = GivenAnswer()


@dataclass(frozen=True)
class ClosingAnswers:
    """The answers to the short questions after the core, which share one revision."""

    given: Mapping[types.Question, ClosingAnswer] = field(default_factory=dict)
    revision: int = 0


@dataclass(frozen=True)
class Form:
    """One organisation's self-assessment in one period, with everything that its pages show.

    Answers, what stood before them, the items of evidence that they cite, and each return of them are by the version of
    the commitment that is asked. `evidence` is all that the organisation could cite.
    """

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
    declared_by: str
    reviewed_at: datetime | None
    befores: Mapping[int, Before] = field(default_factory=dict)
    evidence: tuple[EvidenceFound, ...] = ()
    cited: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    returned: Mapping[int, tuple[ReturnedFound, ...]] = field(default_factory=dict)
    drafting: Drafting = field(default_factory=Drafting)
    assisted: AssistedBy | None = None

    def answer(self, question: Question) -> GivenAnswer:
        """Give the answer to a question, or the empty one."""
        return self.answers.get(question.version.version_id, NOT_ANSWERED)

    def before(self, question: Question) -> Before:
        """Give what stood beside a question in the years before."""
        return self.befores.get(question.version.version_id, NOTHING_BEFORE)

    def evidence_for(self, question: Question) -> tuple[EvidenceFound, ...]:
        """Give the items of evidence that the answer to a question cites."""
        cited = self.cited.get(question.version.version_id, ())
        return tuple(item for item in self.evidence if item.id in cited)

    def sent_back(self, question: Question) -> ReturnedFound | None:
        """Give why the answer to a question was sent back last, while the answers are with the body again."""
        returns = self.returned.get(question.version.version_id, ())
        newest = max((found[-1].number for found in self.returned.values()), default=0)
        if self.state is not SelfAssessmentState.RETURNED or not returns or returns[-1].number != newest:
            return None
        return returns[-1]

    def may_answer(self, question: Question) -> bool:
        """Tell whether whoever reads the form answers this question: who drafts a part, only in it."""
        return self.drafting.may_answer(question.version.version_id)

    @property
    def core(self) -> tuple[Question, ...]:
        """The questions that are asked of everyone."""
        return tuple(question for question in self.questions if question.version.core)

    @property
    def closing_asked(self) -> tuple[types.Question, ...]:
        """The short questions that this organisation is asked after the core."""
        return closing_questions(self.side)

    @property
    def editable(self) -> bool:
        """Whether answers can be changed now."""
        if self.state is not None and not workflow.editable(self.state):
            return False
        return self.period.takes_answers(clock.now()) or not workflow.needs_open_period(self.state)

    @property
    def last_saved_at(self) -> datetime | None:
        """When a level or a comment was last saved, or None."""
        return max((answer.saved_at for answer in self.answers.values() if answer.saved_at), default=None)

    def answered(self, questions: tuple[Question, ...]) -> int:
        """Count the questions, of those given, that have an answer."""
        return sum(self.answer(question).answered for question in questions)

    def minutes(self) -> int:
        """Estimate, in whole minutes, what the main and the short questions and sending them take in all."""
        return _minutes(len(self.core) + len(self.closing_asked))

    def minutes_left(self) -> int:
        """Estimate, in whole minutes and at least one, what those without an answer and sending still take."""
        given = self.answered(self.core) + len(self.closing.given)
        return _minutes(len(self.core) + len(self.closing_asked) - given)


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
    require_invited(session, organisation_id=organisation_id, period_id=period_id)
    questions = questions_asked(
        session, period_id=period_id, opens_on=period.opens_on, organisation_id=organisation_id, side=side
    )
    row = find_row(session, organisation_id=organisation_id, period_id=period_id)
    note_sight(session, viewer=viewer, row=row)
    key = row.id if row else None
    return Form(
        period=period,
        organisation_id=organisation_id,
        organisation_name=organisation.name,
        side=side,
        questions=questions,
        answers=_answers(session, row, {each.version.version_id: each.measure for each in questions}),
        closing=_closing(row),
        ref=row.ref if row else None,
        state=row.state if row else None,
        submitted_at=row.submitted_at if row else None,
        declared_by=row.declared_by if row else "",
        reviewed_at=row.reviewed_at if row else None,
        befores=look_back(session, period=period, organisation_id=organisation_id, side=side, questions=questions),
        evidence=list_evidence(session, viewer=viewer, organisation_id=organisation_id),
        cited=cited_evidence(session, assessment_id=key) if key and side is Side.PUBLIC else {},
        returned=returned_answers(session, assessment_id=key) if key and side is Side.PUBLIC else {},
        assisted=assisted_by(session, self_assessment_id=key) if key else None,
        drafting=read_drafting(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id),
    )


def _minutes(questions: int) -> int:
    return max(1, round((questions * _SECONDS_A_QUESTION + _SECONDS_TO_SEND) / 60))


def _answers(session: Session, row: SelfAssessment | None, asked: Mapping[int, Measure]) -> dict[int, GivenAnswer]:
    if row is None:
        return {}
    rows = session.exec(select(Answer).where(col(Answer.self_assessment_id) == row.id))
    return {each.commitment_version_id: _given(each, asked.get(each.commitment_version_id)) for each in rows}


def _given(answer: Answer, measure: Measure | None) -> GivenAnswer:
    """Give an answer as it is saved. A level that rates something else than is asked now is none: it does not count."""
    fits = measure is answer.measure
    return GivenAnswer(
        level=answer.level if fits else None,
        no_level=answer.no_level if fits else None,
        comment=answer.comment,
        may_be_quoted=answer.may_be_quoted,
        carried_over=answer.carried_over and fits,
        revision=answer.revision,
        saved_at=answer.saved_at,
    )


def _closing(row: SelfAssessment | None) -> ClosingAnswers:
    if row is None:
        return ClosingAnswers()
    # Each short question is stored in the column of its own name.
    given = {question: getattr(row, question.value) for question in types.Question}
    return ClosingAnswers(
        given={question: answer for question, answer in given.items() if answer is not None},
        revision=row.closing_revision,
    )
