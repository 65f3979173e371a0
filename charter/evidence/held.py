"""Whose evidence is whose: the name an item goes by outside, who sees it, and holding one for a change."""

import re

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.drafting import require_lead
from charter.rules import workflow
from charter.rules.access import Act, Viewer, may, require
from charter.rules.refusals import NotFoundError
from db.models import Answer, AnswerEvidence, Evidence, SelfAssessment
from db.types import EvidenceSeenBy, SelfAssessmentState

_REF = re.compile(r"EV-([1-9][0-9]{0,17})")
_NOT_THERE = "There is no such item, or it is not yours to see. Nothing was changed."


def ref_of(evidence_id: int) -> str:
    """Give the reference that an item goes by in addresses, such as `EV-12`."""
    return f"EV-{evidence_id}"


def key_of(ref: str) -> int:
    """Give the key of the item that goes by a reference.

    Raises:
        NotFoundError: no reference looks like this.
    """
    found = _REF.fullmatch(ref)
    if found is None:
        raise NotFoundError(_NOT_THERE)
    return int(found[1])


def visible(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Give the condition for the items that a viewer sees: public ones, their own, and what is shown to them."""
    seen_by = col(Evidence.seen_by)
    allowed = [seen_by == EvidenceSeenBy.PUBLIC, col(Evidence.organisation_id).in_(viewer.organisations())]
    if may(viewer, Act.READ_EVIDENCE):
        allowed.append(seen_by == EvidenceSeenBy.MONITORING_GROUP)
    return sa.and_(col(Evidence.removed_at).is_(None), sa.or_(*allowed))


def held_item(session: Session, *, viewer: Viewer, evidence_id: int) -> Evidence:
    """Give an item for a change by its organisation, held until the end of the scope.

    Raises:
        SignedOutError: the viewer's session has ended.
        NotFoundError: there is no such item, or it is another organisation's.
    """
    item = session.exec(
        select(Evidence).where(Evidence.id == evidence_id, col(Evidence.removed_at).is_(None)).with_for_update()
    ).first()
    if item is None or not may(viewer, Act.KEEP_EVIDENCE, organisation_id=item.organisation_id):
        if viewer.ended:
            require(viewer, Act.KEEP_EVIDENCE)
        raise NotFoundError(_NOT_THERE)
    return item


def require_may_publish(
    session: Session, *, viewer: Viewer, organisation_id: int, before: EvidenceSeenBy, wanted: EvidenceSeenBy
) -> None:
    """Refuse those who draft a part of a body's answers whatever everyone would see: also another file in its place.

    Raises:
        RefusedError: the viewer drafts a part, and everyone sees the item, or would.
    """
    if EvidenceSeenBy.PUBLIC in {before, wanted}:
        require_lead(session, viewer=viewer, organisation_id=organisation_id)


def is_cited(session: Session, evidence_id: int, *, sent: bool) -> bool:
    """Tell whether an answer points to an item; with `sent`, one that cannot be changed any more."""
    states = session.exec(
        select(SelfAssessment.state)
        .join(Answer, col(Answer.self_assessment_id) == col(SelfAssessment.id))
        .join(AnswerEvidence, col(AnswerEvidence.answer_id) == col(Answer.id))
        .where(AnswerEvidence.evidence_id == evidence_id)
    ).all()
    return any(not sent or not workflow.editable(SelfAssessmentState(state)) for state in states)
