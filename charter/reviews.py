"""What the monitoring group decides about public bodies' practice: accepted, or returned with the reasons.

A decision is made on what its reviewer saw. Where somebody else decided first, or the body sent its answers again, the
second reviewer is told, and nothing is changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.assessments import organisation_row
from charter.periods import period_by_id
from charter.questions import questions_asked, side_of
from charter.returned import given_words
from charter.rules import workflow
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import EditedElsewhereError, FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from charter.words import REVIEW_DECISIONS
from db.models import Account, ReturnedAnswer, Review, SelfAssessment
from db.types import ReviewDecision, SelfAssessmentState, Side

OWN_BODY = "You belong to this organisation, so somebody else must review its answers."


@dataclass(frozen=True)
class Seen:
    """What a reviewer had in view: how many decisions there were, and when the answers were sent."""

    decisions: int
    submitted_at: datetime | None


@dataclass(frozen=True)
class Decided:
    """A decision: which, when, and by whom."""

    number: int
    decision: ReviewDecision
    decided_at: datetime
    by: str


def accept(session: Session, *, viewer: Viewer, ref: str, seen: Seen | None = None) -> None:
    """Accept a public body's practice: from now on it counts. In a published period, a correction shows it.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the self-assessment, such as `SA-7Q4M0ZKD`.
        seen: what the reviewer had in view; None where nothing was, as on the command line.

    Raises:
        NotAllowedError: the viewer may not review.
        NotFoundError: there is no such self-assessment of a public body.
        EditedElsewhereError: it was decided upon, or sent again, since the reviewer saw it.
        RefusedError: it is the viewer's own organisation's, was not sent, or was accepted already.
    """
    row = _decidable(session, viewer=viewer, ref=ref, seen=seen)
    workflow.move_self_assessment(Side.PUBLIC, row.state, SelfAssessmentState.REVIEWED)
    detail = audit.changes({"state": row.state}, {"state": SelfAssessmentState.REVIEWED})
    row.state = SelfAssessmentState.REVIEWED
    row.reviewed_at = clock.now()
    _decide(session, viewer, row, ReviewDecision.ACCEPTED)
    audit.record(session, viewer, act="self_assessment_accepted", subject=f"self_assessment {ref}", detail=detail)


def return_answers(
    session: Session, *, viewer: Viewer, ref: str, reasons: Mapping[int, str], seen: Seen | None = None
) -> None:
    """Send a public body's answers back, with a reason for each that is to be looked at again.

    What was accepted can be sent back for a correction too. It does not count until it is accepted again.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the self-assessment.
        reasons: by version of a commitment, why its answer is sent back. Those without words are left out.
        seen: what the reviewer had in view; None where nothing was.

    Raises:
        NotAllowedError: the viewer may not review.
        NotFoundError: there is no such self-assessment of a public body, or a reason is for what it is not asked.
        FieldError: there is no reason, or one is too long.
        EditedElsewhereError: it was decided upon, or sent again, since the reviewer saw it.
        RefusedError: it is the viewer's own organisation's, or was not sent.
    """
    row = _decidable(session, viewer=viewer, ref=ref, seen=seen)
    given = _given_reasons(session, row, reasons)
    workflow.move_self_assessment(Side.PUBLIC, row.state, SelfAssessmentState.RETURNED)
    changed = audit.changes({"state": row.state}, {"state": SelfAssessmentState.RETURNED})
    row.state = SelfAssessmentState.RETURNED
    row.reviewed_at = None
    review = _decide(session, viewer, row, ReviewDecision.RETURNED)
    session.add_all(
        ReturnedAnswer(review_id=review.id or 0, commitment_version_id=version, reason=words)
        for version, words in given.items()
    )
    session.flush()
    subject, detail = f"self_assessment {ref}", {"answers": len(given), **changed}
    audit.record(session, viewer, act="self_assessment_returned", subject=subject, detail=detail)


def _given_reasons(session: Session, row: SelfAssessment, reasons: Mapping[int, str]) -> Mapping[int, str]:
    given = {
        version: given_words(words, field="reason", what="a reason")
        for version, words in reasons.items()
        if clean_text(words)
    }
    if not given:
        raise FieldError("reason", "Please type a reason beside at least one answer. Nothing was sent back yet.")
    if given.keys() - _asked(session, row):
        raise NotFoundError("A reason is for a question that this organisation is not asked. Nothing was changed.")
    return given


def decisions(session: Session, *, assessment_id: int) -> tuple[Decided, ...]:
    """Read what was decided about a self-assessment, the newest last. The caller has asked for access."""
    rows = session.exec(
        select(Review, Account.name)
        .outerjoin(Account, col(Account.id) == col(Review.account_id))
        .where(Review.self_assessment_id == assessment_id)
        .order_by(col(Review.number))
    )
    return tuple(
        Decided(review.number, review.decision, review.decided_at, name or "the command line") for review, name in rows
    )


def body_row(session: Session, *, ref: str, lock: bool = False) -> SelfAssessment:
    """Find a public body's self-assessment, locked for a write if asked.

    Raises:
        NotFoundError: there is none; a group's is never found here.
    """
    statement = select(SelfAssessment).where(SelfAssessment.ref == ref)
    row = session.exec(statement.with_for_update() if lock else statement).first()
    if row is None or side_of(organisation_row(session, row.organisation_id).kind) is not Side.PUBLIC:
        raise NotFoundError(f"There is no public body’s self-assessment {ref}.")
    return row


def _decidable(session: Session, *, viewer: Viewer, ref: str, seen: Seen | None) -> SelfAssessment:
    """Give the row, locked, where this viewer may decide, and decides on what they saw."""
    require(viewer, Act.REVIEW)
    row = body_row(session, ref=ref, lock=True)
    if row.organisation_id in viewer.organisations():
        raise RefusedError(OWN_BODY)
    made = decisions(session, assessment_id=row.id or 0)
    if seen is not None and len(made) != seen.decisions:
        raise EditedElsewhereError(_told(made[-1]))
    if seen is not None and row.submitted_at != seen.submitted_at:
        raise EditedElsewhereError(
            "These answers were sent again after you opened them, so your decision was not taken. Read them again: "
            "this page shows what was sent now. Nothing was changed, and what you typed is still here."
        )
    return row


def _told(made: Decided) -> str:
    return (
        f"{made.by} has decided already, on {clock.moment_in_words(made.decided_at)}: "
        f"{REVIEW_DECISIONS[made.decision]}. Your decision was not taken, and nothing was changed."
    )


def _decide(session: Session, viewer: Viewer, row: SelfAssessment, decision: ReviewDecision) -> Review:
    number = 1 + len(decisions(session, assessment_id=row.id or 0))
    review = Review(
        self_assessment_id=row.id or 0,
        number=number,
        decision=decision,
        account_id=viewer.account_id,
        decided_at=clock.now(),
    )
    session.add(review)
    session.flush()
    return review


def _asked(session: Session, row: SelfAssessment) -> frozenset[int]:
    period = period_by_id(session, period_id=row.period_id)
    questions = questions_asked(
        session,
        period_id=period.id,
        opens_on=period.opens_on,
        organisation_id=row.organisation_id,
        side=Side.PUBLIC,
    )
    return frozenset(question.version.version_id for question in questions)
