"""What stood beside each question of a form in the years before: the last answer, or why there is none to compare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.periods import PeriodFound, period_by_id
from charter.questions import Question, asked_versions, owing_bodies, questions_for, same_meaning
from charter.rules import workflow
from db.models import Answer, Commitment, CommitmentVersion, Period, SelfAssessment
from db.types import Measure, NoLevel, PeriodState, SelfAssessmentState, Side


class Since(StrEnum):
    """What became of a question since the last period. With the other side, one's own practice became the other's."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    OTHER_SIDE = "other_side"


@dataclass(frozen=True)
class Before:
    """What an organisation answered to a question before.

    Attributes:
        since: what became of the question since the last period; None where there was no period before.
        level: the level of the newest earlier answer that counted and can be compared, 0 to 4, or None.
        no_level: the reason for no level that was given in its place, or None.
        period_title: the period of that answer; empty where there is none.
    """

    since: Since | None = None
    level: int | None = None
    no_level: NoLevel | None = None
    period_title: str = ""

    @property
    def choice(self) -> int | NoLevel | None:
        """The earlier answer as it can be given again, or None."""
        return self.level if self.level is not None else self.no_level


NOTHING_BEFORE = Before()


class _Given(NamedTuple):
    """An earlier answer: the title of its period, and the version of the commitment that it answered."""

    period_id: int
    period_title: str
    ref: str
    number: int
    measure: Measure
    level: int | None
    no_level: NoLevel | None


def look_back(
    session: Session, *, period: PeriodFound, organisation_id: int, side: Side, questions: Sequence[Question]
) -> Mapping[int, Before]:
    """Find what stood before beside each question, by the version that is asked now.

    An earlier answer is compared where the same organisation gave it by the same measure (practice or experience) to a
    commitment whose meaning is the same. It must have counted in a period that is over; of several, it is the newest.

    Args:
        session: a session.
        period: the period of the form.
        organisation_id: whose form it is.
        side: the side of the organisation.
        questions: what it is asked.
    """
    last_id = session.exec(
        select(Period.id).where(*_earlier(period)).order_by(col(Period.opens_on).desc()).limit(1)
    ).first()
    if last_id is None:
        return {}
    last = period_by_id(session, period_id=last_id)
    found = _since_last(session, last, organisation_id=organisation_id, side=side, questions=questions)
    given = _given(session, period, organisation_id, side)
    for period_id in dict.fromkeys(answer.period_id for answer in given):
        answers = {(each.ref, each.measure): each for each in given if each.period_id == period_id}
        same = _same(session, {each.ref: each.number for each in answers.values()}, questions, period.charter_id)
        for question in questions:
            answer = answers.get((question.version.ref, question.measure))
            if answer and question.version.ref in same and found[question.version.version_id].choice is None:
                before = Before(Since.SAME, answer.level, answer.no_level, answer.period_title)
                found[question.version.version_id] = before
    return found


def _earlier(period: PeriodFound) -> tuple[sa.ColumnElement[bool], ...]:
    """Choose the periods before this one that asked about the same charter and are over."""
    return (
        col(Period.charter_id) == period.charter_id,
        col(Period.made_up) == period.made_up,
        col(Period.opens_on) < period.opens_on,
        col(Period.state).in_((PeriodState.CLOSED, PeriodState.PUBLISHED)),
    )


def _since_last(
    session: Session, last: PeriodFound, *, organisation_id: int, side: Side, questions: Sequence[Question]
) -> dict[int, Before]:
    asked = asked_versions(session, period_id=last.id)
    owing = owing_bodies(session, on=last.opens_on)
    then = questions_for(asked, organisation_id=organisation_id, side=side, owing=owing)
    measures = {each.version.ref: each.measure for each in then}
    same = _same(session, {version.ref: version.number for version in asked}, questions, last.charter_id)
    return {question.version.version_id: Before(_since(question, measures, same)) for question in questions}


def _since(question: Question, measures: Mapping[str, Measure], same: frozenset[str]) -> Since:
    measure = measures.get(question.version.ref)
    if measure is None:
        return Since.NEW
    if question.version.ref not in same:
        return Since.CHANGED
    return Since.SAME if measure is question.measure else Since.OTHER_SIDE


def _same(
    session: Session, numbers: Mapping[str, int], questions: Sequence[Question], charter_id: int
) -> frozenset[str]:
    now = {question.version.ref: question.version.number for question in questions}
    return same_meaning(session, first=numbers, second=now, charter_id=charter_id)


def _given(session: Session, period: PeriodFound, organisation_id: int, side: Side) -> list[_Given]:
    """Read the answers of an organisation that counted in earlier periods, the newest first."""
    counting = [state for state in SelfAssessmentState if workflow.counts(side, state)]
    statement = (
        sa.select(
            col(Period.id),
            col(Period.title),
            col(Commitment.ref),
            col(CommitmentVersion.number),
            col(Answer.measure),
            col(Answer.level),
            col(Answer.no_level),
        )
        .join(SelfAssessment, col(SelfAssessment.period_id) == col(Period.id))
        .join(Answer, col(Answer.self_assessment_id) == col(SelfAssessment.id))
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(Answer.commitment_version_id))
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .where(
            *_earlier(period),
            col(SelfAssessment.organisation_id) == organisation_id,
            col(SelfAssessment.state).in_(counting),
            col(Answer.level).is_not(None) | col(Answer.no_level).is_not(None),
        )
        .order_by(col(Period.opens_on).desc())
    )
    return [_Given(*row) for row in session.execute(statement)]
