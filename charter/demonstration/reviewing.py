"""The monitoring group's side of the demonstration: evidence, an unusual answer, and answers that were sent back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from charter import clock
from charter.demonstration.people import DOMAIN
from charter.words import MADE_UP_MARK
from db.bulk import insert_rows
from db.models import (
    Account,
    Answer,
    AnswerEvidence,
    Commitment,
    CommitmentVersion,
    DraftingPart,
    Evidence,
    Organisation,
    Period,
    ReturnedAnswer,
    Review,
    SelfAssessment,
)
from db.types import PUBLIC_KINDS, EvidenceKind, ReviewDecision, SelfAssessmentState

_ITEMS = (
    ("Yearly report on working with groups", EvidenceKind.REPORT),
    ("Minutes of the forum with groups", EvidenceKind.MINUTES),
    ("What groups told us in our survey", EvidenceKind.SURVEY),
)
_HIGH = 3  # mostly
_WITHOUT = 3  # each third high level is claimed without evidence
_REASONS = (
    "You say mostly, and last year’s reply was the same. Which groups did you ask? (made up)",
    "Please add what shows this. (made up)",
)
_REPLY = "We asked the 12 groups of our forum. The minutes are added as evidence. (made up)"
_AGAIN, _SENT_BACK, _DRAFTER = "DEMO-NHS", "DEMO-POLICE", "neighbourhood"


def add_reviewing(session: Session, *, period_ref: str) -> None:
    """Add to the demonstration what its review shows. Its people must be there.

    Of the bodies in the open period one waits for review, one waits again after a reply, and one was sent back.
    """
    reviewer = _account(session, "reviewer")
    _add_past_decisions(session, reviewer)
    period = session.exec(select(Period).where(Period.ref == period_ref)).one()
    for organisation, row in session.exec(
        select(Organisation, SelfAssessment)
        .join(SelfAssessment, col(SelfAssessment.organisation_id) == col(Organisation.id))
        .where(SelfAssessment.period_id == period.id, col(Organisation.kind).in_(PUBLIC_KINDS))
        .order_by(col(Organisation.id))
    ).all():
        answers = session.exec(
            select(Answer).where(Answer.self_assessment_id == row.id).order_by(col(Answer.commitment_version_id))
        ).all()
        _add_evidence(session, organisation, answers, clock.local(row.started_at).date())
        if organisation.ref in {_AGAIN, _SENT_BACK}:
            _send_back(session, row, answers, reviewer, again=organisation.ref == _AGAIN)
        else:
            _make_unusual(session, row, answers, period)
    _add_drafter(session)
    session.flush()


def _account(session: Session, name: str) -> int:
    return session.exec(select(Account.id).where(Account.email == f"{name}@{DOMAIN}")).one() or 0


def _add_past_decisions(session: Session, reviewer: int) -> None:
    rows = session.exec(
        select(SelfAssessment)
        .join(Period, col(Period.id) == col(SelfAssessment.period_id))
        .where(col(Period.made_up), SelfAssessment.state == SelfAssessmentState.REVIEWED)
    )
    accepted = [_decision(row, 1, ReviewDecision.ACCEPTED, reviewer, row.reviewed_at or clock.now()) for row in rows]
    insert_rows(session, Review, [review.model_dump(exclude={"id"}) for review in accepted])


def _decision(row: SelfAssessment, number: int, decision: ReviewDecision, reviewer: int, at: datetime) -> Review:
    return Review(self_assessment_id=row.id or 0, number=number, decision=decision, account_id=reviewer, decided_at=at)


def _add_evidence(session: Session, organisation: Organisation, answers: Sequence[Answer], day: date) -> None:
    """Add items, and let most of the high levels point to one."""
    items = [
        Evidence(
            organisation_id=organisation.id or 0,
            title=f"{title} {MADE_UP_MARK}",
            kind=kind,
            link=f"https://{DOMAIN}/evidence/{number}",
            dated_on=day - timedelta(days=30 * number),
            added_at=clock.now(),
        )
        for number, (title, kind) in enumerate(_ITEMS, start=1)
    ]
    session.add_all(items)
    session.flush()
    high = [answer for answer in answers if answer.level is not None and answer.level >= _HIGH]
    session.add_all(
        AnswerEvidence(answer_id=answer.id or 0, evidence_id=items[number % len(items)].id or 0)
        for number, answer in enumerate(high, start=1)
        if number % _WITHOUT
    )


def _send_back(session: Session, row: SelfAssessment, answers: Sequence[Answer], reviewer: int, *, again: bool) -> None:
    """Send two answers back; with `again` the body has replied, and sent them once more."""
    now = clock.now()
    row.started_at, row.submitted_at = now - timedelta(days=20), now - timedelta(days=9)
    review = _decision(row, 1, ReviewDecision.RETURNED, reviewer, now - timedelta(days=6))
    session.add(review)
    session.flush()
    session.add_all(
        ReturnedAnswer(
            review_id=review.id or 0,
            commitment_version_id=answer.commitment_version_id,
            reason=reason,
            reply=_REPLY if again else "",
            replied_at=now - timedelta(days=4) if again else None,
        )
        for answer, reason in zip(answers, _REASONS, strict=False)
    )
    if again:
        row.submitted_at = now - timedelta(days=3)
    else:
        row.state = SelfAssessmentState.RETURNED


def _make_unusual(session: Session, row: SelfAssessment, answers: Sequence[Answer], period: Period) -> None:
    """Let one answer move by two levels since the period before, where its scale has room for that."""
    before = session.exec(
        select(Answer.commitment_version_id, Answer.level)
        .join(SelfAssessment, col(SelfAssessment.id) == col(Answer.self_assessment_id))
        .join(Period, col(Period.id) == col(SelfAssessment.period_id))
        .where(SelfAssessment.organisation_id == row.organisation_id, Period.opens_on < period.opens_on)
        .order_by(col(Period.opens_on))
    )
    last = dict(before.all())
    for answer in answers:
        level = last.get(answer.commitment_version_id)
        if level is not None and level < _HIGH:  # two levels more are still on the scale
            answer.level = level + 2
            return


def _add_drafter(session: Session) -> None:
    """Let one person of the body whose answers were sent back draft the strand of its first promise."""
    body = session.exec(select(Organisation.id).where(Organisation.ref == _SENT_BACK)).one() or 0
    strand = session.exec(
        select(Commitment.strand_id)
        .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == col(Commitment.id))
        .join(Answer, col(Answer.commitment_version_id) == col(CommitmentVersion.id))
        .join(SelfAssessment, col(SelfAssessment.id) == col(Answer.self_assessment_id))
        .where(SelfAssessment.organisation_id == body)
        .order_by(col(Commitment.id))
        .limit(1)
    ).one()
    session.add(
        DraftingPart(
            account_id=_account(session, _DRAFTER),
            organisation_id=body,
            strand_id=strand,
            directorate=f"Neighbourhood teams {MADE_UP_MARK}",
        )
    )
