"""The demonstration's review: a queue with something in each of its parts, evidence, and all of it marked."""

import sqlalchemy as sa
from sqlmodel import col, select

from charter.demonstration.making import rounds
from charter.demonstration.removing import remove_demonstration
from charter.review_queue import QueuedBody, read_paper, review_queue
from charter.rules.access import OPERATOR
from charter.rules.trends import MOSTLY
from db.engine import Store
from db.models import (
    Answer,
    DraftingPart,
    Evidence,
    EvidenceFile,
    EvidenceTag,
    Period,
    ReleaseChange,
    ReturnedAnswer,
    Review,
    SelfAssessment,
)
from db.types import ReviewDecision, SelfAssessmentState


def queued(store: Store) -> dict[str, QueuedBody]:
    """Give the bodies of the open period, by the first two words of their names."""
    with store.reading() as session:
        queue = review_queue(session, viewer=OPERATOR)
    now = rounds()[-1].ref
    return {" ".join(each.organisation_name.split()[:2]): each for each in queue if each.period_ref == now}


def test_bodies_wait_and_one_was_sent_back(demo_read: Store) -> None:
    assert {name: each.state for name, each in queued(demo_read).items()} == {
        "Riverbank Council": SelfAssessmentState.SUBMITTED,
        "Riverbank NHS": SelfAssessmentState.SUBMITTED,
        "Riverbank Police": SelfAssessmentState.RETURNED,
    }


def test_there_is_something_to_point_out_and_a_reply_to_read(demo_read: Store) -> None:
    found = queued(demo_read)
    with demo_read.reading() as session:
        council = read_paper(session, viewer=OPERATOR, ref=found["Riverbank Council"].ref or "")
        health = read_paper(session, viewer=OPERATOR, ref=found["Riverbank NHS"].ref or "")
    assert [council.jump(each) for each in council.form.questions if council.jump(each)] == [2]
    bare = [each for each in council.form.questions if council.without_evidence(each)]
    backed = [each for each in council.form.questions if council.form.evidence_for(each)]
    assert bare
    assert len(backed) > len(bare)
    assert all(each.reply for returns in health.returned.values() for each in returns)
    assert [each.decision for each in health.decided] == [ReviewDecision.RETURNED]


def test_its_words_are_marked_as_made_up(demo_read: Store) -> None:
    with demo_read.reading() as session:
        words = [row.title for row in session.exec(select(Evidence))]
        words += [row.reason for row in session.exec(select(ReturnedAnswer))]
        words += [row.directorate for row in session.exec(select(DraftingPart))]
    assert len(words) == 15 + 4 + 1
    assert all("(made up)" in each for each in words)


def test_some_answers_were_kept_with_one_press_and_a_release_says_how_many(demo_read: Store) -> None:
    with demo_read.reading() as session:
        kept = session.execute(
            sa.select(col(Period.ref), col(SelfAssessment.state))
            .select_from(Answer)
            .join(SelfAssessment, col(SelfAssessment.id) == col(Answer.self_assessment_id))
            .join(Period, col(Period.id) == col(SelfAssessment.period_id))
            .where(col(Answer.carried_over))
            .distinct()
        ).all()
        shares = session.exec(select(ReleaseChange.carried_share).where(col(ReleaseChange.carried_share) > 0)).all()
    _, *later = [one.ref for one in rounds()]
    assert {ref for ref, _ in kept} == set(later)
    assert SelfAssessmentState.DRAFT in {state for _, state in kept}
    # Some, and never so many that a change would be called mostly carried over.
    assert shares
    assert max(share or 0 for share in shares) < MOSTLY


def test_it_goes_with_the_demonstration(demo_store: Store) -> None:
    with demo_store.writing() as session:
        remove_demonstration(session, viewer=OPERATOR)
    with demo_store.reading() as session:
        for table in (Review, ReturnedAnswer, Evidence, EvidenceFile, EvidenceTag, DraftingPart):
            assert session.exec(select(table)).all() == []
