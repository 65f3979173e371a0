"""Which items of evidence an answer points to."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, delete, select

from charter.answer_rows import answer_row, keep, question_asked
from charter.assessments import start_editable
from charter.evidence.for_answers import list_evidence, require_body
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError, RefusedError
from charter.saved import Saved, require_seen
from db.models import Answer, AnswerEvidence, Evidence
from db.types import EvidenceSeenBy

_PRIVATE = (
    "Only your organisation sees this item. Let the monitoring group see it first, on the page Evidence. Nothing was "
    "changed."
)


def cite_evidence(
    session: Session,
    *,
    viewer: Viewer,
    organisation_id: int,
    period_id: int,
    version_id: int,
    evidence_ids: Collection[int],
    seen_revision: int,
) -> Saved:
    """Say which items an answer points to, in place of those before.

    Args:
        session: a writing session.
        viewer: who asks.
        organisation_id: the public body.
        period_id: the period.
        version_id: the version of the commitment that is answered.
        evidence_ids: the items; none takes all away.
        seen_revision: the answer's revision that the page showed; 0 where it showed none.

    Raises:
        NotAllowedError: the viewer may not answer for this organisation.
        ClosedError: the period takes no answers.
        RefusedError: the organisation is a group, its answers were sent, the viewer drafts another part, or only the
            organisation sees an item.
        NotFoundError: the organisation is not asked this, or has no such item.
        EditedElsewhereError: the answer was changed since the page showed it.
    """
    require_body(session, viewer=viewer, organisation_id=organisation_id)
    # Held until the end, so that nobody hides an item, or takes it away, while it is chosen; and held before the audit
    # log is written to, as by those who change an item.
    wanted = frozenset(evidence_ids)
    held = select(Evidence.id).where(col(Evidence.id).in_(wanted)).order_by(col(Evidence.id))
    session.exec(held.with_for_update(read=True)).all()
    row = start_editable(session, viewer=viewer, organisation_id=organisation_id, period_id=period_id)
    question = question_asked(session, viewer=viewer, row=row, version_id=version_id)
    answer = answer_row(session, row=row, question=question)
    if wanted == _cited(session, answer):
        return Saved(answer.revision, answer.saved_at)
    require_seen(answer.revision, seen=seen_revision)
    own = {item.id: item for item in list_evidence(session, viewer=viewer, organisation_id=organisation_id)}
    if wanted - own.keys():
        raise NotFoundError("An item of evidence is not there any more. Nothing was changed.")
    if any(own[key].fields.seen_by is EvidenceSeenBy.PRIVATE for key in wanted):
        raise RefusedError(_PRIVATE)
    return _point_to(session, answer, wanted)


def cited_evidence(session: Session, *, assessment_id: int) -> Mapping[int, tuple[int, ...]]:
    """Read which items the answers of a self-assessment point to, by version. The caller has asked for access."""
    found: dict[int, tuple[int, ...]] = {}
    rows = session.exec(
        select(Answer.commitment_version_id, AnswerEvidence.evidence_id)
        .join(AnswerEvidence, col(AnswerEvidence.answer_id) == col(Answer.id))
        .where(Answer.self_assessment_id == assessment_id)
        .order_by(col(AnswerEvidence.evidence_id))
    )
    for version_id, evidence_id in rows:
        found[version_id] = (*found.get(version_id, ()), evidence_id)
    return found


def _cited(session: Session, answer: Answer) -> frozenset[int]:
    cited = select(AnswerEvidence.evidence_id).where(AnswerEvidence.answer_id == answer.id)
    return frozenset(session.exec(cited).all())


def _point_to(session: Session, answer: Answer, wanted: frozenset[int]) -> Saved:
    saved = keep(session, answer)
    session.exec(delete(AnswerEvidence).where(col(AnswerEvidence.answer_id) == answer.id))
    session.add_all(AnswerEvidence(answer_id=answer.id or 0, evidence_id=key) for key in sorted(wanted))
    session.flush()
    return saved
