"""An organisation's self-assessments, drafts among them, with every answer, help and decision."""

from collections import defaultdict

from sqlmodel import Session, col, select

from charter.own.data_rows import Held, plain_row
from db.models import Answer, Assistance, Commitment, CommitmentVersion, Period, ReturnedAnswer, Review, SelfAssessment


def answers_held(session: Session, organisation_id: int) -> list[Held]:
    """Give the self-assessments, the oldest first. Who decided for the monitoring group is not in them."""
    forms = session.exec(
        select(SelfAssessment, Period.ref)
        .join(Period, col(Period.id) == col(SelfAssessment.period_id))
        .where(SelfAssessment.organisation_id == organisation_id)
        .order_by(col(Period.opens_on))
    ).all()
    keys = [form.id for form, _ in forms]
    answers, reviews = _answers(session, keys), _reviews(session, keys)
    helped = session.exec(select(Assistance).where(col(Assistance.self_assessment_id).in_(keys))).all()
    return [
        plain_row(
            form,
            period=period,
            answers=answers[form.id],
            typed_in_for_you=[plain_row(each) for each in helped if each.self_assessment_id == form.id],
            reviews=reviews[form.id],
        )
        for form, period in forms
    ]


def _answers(session: Session, keys: list[int | None]) -> defaultdict[int | None, list[Held]]:
    rows = session.exec(
        select(Answer, Commitment.ref, CommitmentVersion.number)
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(Answer.commitment_version_id))
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .where(col(Answer.self_assessment_id).in_(keys))
        .order_by(col(Commitment.ref))
    )
    found: defaultdict[int | None, list[Held]] = defaultdict(list)
    for row, ref, number in rows:
        found[row.self_assessment_id].append(plain_row(row, commitment=ref, version=number))
    return found


def _reviews(session: Session, keys: list[int | None]) -> defaultdict[int | None, list[Held]]:
    returned: defaultdict[int | None, list[Held]] = defaultdict(list)
    rows = session.exec(
        select(ReturnedAnswer, Commitment.ref)
        .join(Review, col(Review.id) == col(ReturnedAnswer.review_id))
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(ReturnedAnswer.commitment_version_id))
        .join(Commitment, col(Commitment.id) == col(CommitmentVersion.commitment_id))
        .where(col(Review.self_assessment_id).in_(keys))
    )
    for row, ref in rows:
        returned[row.review_id].append(plain_row(row, commitment=ref))
    found: defaultdict[int | None, list[Held]] = defaultdict(list)
    reviews = select(Review).where(col(Review.self_assessment_id).in_(keys)).order_by(col(Review.number))
    for review in session.exec(reviews):
        found[review.self_assessment_id].append(plain_row(review, returned=returned[review.id]))
    return found
