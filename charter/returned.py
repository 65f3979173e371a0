"""Answers that the monitoring group sent back: the reason beside each, and the public body's one reply."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.answer_rows import question_asked
from charter.assessments import start
from charter.rules.access import Viewer
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import ReturnedAnswer, Review, SelfAssessment
from db.types import SelfAssessmentState

WORDS_LIMIT = 2000  # letters in a reason, and in a reply


@dataclass(frozen=True)
class ReturnedFound:
    """An answer that was sent back.

    Attributes:
        number: in which review of the self-assessment, counted from 1.
        returned_at: when.
        reason: why.
        reply: what the body said to it; empty where it said nothing yet.
        replied_at: when it did, or None.
    """

    number: int
    returned_at: datetime
    reason: str
    reply: str
    replied_at: datetime | None


def returned_answers(session: Session, *, assessment_id: int) -> Mapping[int, tuple[ReturnedFound, ...]]:
    """Read every return of each answer, by version, the newest last. The caller has asked for access."""
    found: dict[int, tuple[ReturnedFound, ...]] = {}
    rows = session.exec(
        select(Review, ReturnedAnswer)
        .join(ReturnedAnswer, col(ReturnedAnswer.review_id) == col(Review.id))
        .where(Review.self_assessment_id == assessment_id)
        .order_by(col(Review.number))
    )
    for review, row in rows:
        one = ReturnedFound(review.number, review.decided_at, row.reason, row.reply, row.replied_at)
        found[row.commitment_version_id] = (*found.get(row.commitment_version_id, ()), one)
    return found


def reply_to_return(
    session: Session, *, viewer: Viewer, organisation_id: int, period_id: int, version_id: int, reply: str
) -> None:
    """Reply to the reason for which an answer was sent back. It can be done once; the same reply again is no second.

    Args:
        session: a writing session.
        viewer: who asks.
        organisation_id: the public body.
        period_id: the period.
        version_id: the version of the commitment whose answer was sent back.
        reply: the words, up to 2,000 letters.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        NotFoundError: the answer was not sent back.
        FieldError: the reply is empty or too long.
        RefusedError: a reply was given, the answers were sent again, or the viewer drafts another part.
    """
    words = given_words(reply, field="reply", what="a reply")
    row = start(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    question_asked(session, viewer=viewer, row=row, version_id=version_id)
    if row.state is not SelfAssessmentState.RETURNED:
        raise RefusedError("These answers are not with you any more, so the reply was not sent. Nothing was changed.")
    found = _newest(session, row, version_id)
    if found.replied_at is not None:
        if found.reply == words:
            return
        raise RefusedError("A reply to this was sent already, and there is one to each. Nothing was changed.")
    found.reply, found.replied_at = words, clock.now()
    session.flush()
    audit.record(session, viewer, act="return_replied_to", subject=f"self_assessment {row.ref}")


def given_words(typed: str, *, field: str, what: str) -> str:
    """Give what was typed as a reason or a reply.

    Raises:
        FieldError: it is empty, or longer than 2,000 letters.
    """
    words = clean_text(typed)
    if not words:
        raise FieldError(field, f"Please type {what} first. Nothing was changed.")
    if len(words) > WORDS_LIMIT:
        raise FieldError(
            field, f"There is room for {WORDS_LIMIT:,} letters, and this has {len(words):,}. It is still in the box."
        )
    return words


def _newest(session: Session, row: SelfAssessment, version_id: int) -> ReturnedAnswer:
    """Find the answer in the newest review, which is the one that sent the answers back."""
    newest = select(Review.id).where(Review.self_assessment_id == row.id).order_by(col(Review.number).desc()).limit(1)
    found = session.exec(
        select(ReturnedAnswer).where(
            ReturnedAnswer.review_id == newest.scalar_subquery(), ReturnedAnswer.commitment_version_id == version_id
        )
    ).first()
    if found is None:
        raise NotFoundError("This answer was not sent back. Nothing was changed.")
    return found
