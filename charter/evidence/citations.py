"""Which reported outcomes and actions an item of evidence speaks for, and what cites it."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select

from charter import audit
from charter.evidence.held import held_item
from charter.evidence.reading import EvidenceFound, items_seen
from charter.rules.access import Act, Viewer, may, require
from charter.rules.outcomes import Span
from charter.rules.refusals import EditedElsewhereError, NotFoundError
from db.models import (
    Action,
    ActionEvidence,
    Answer,
    AnswerEvidence,
    CommitmentVersion,
    Evidence,
    Indicator,
    Measurement,
    MeasurementEvidence,
    Period,
    SelfAssessment,
)
from db.types import SelfAssessmentState

_ELSEWHERE = (
    "What this item speaks for was changed in another window after this page showed it. Nothing was overwritten: load "
    "the page again."
)


@dataclass(frozen=True)
class ReportedValue:
    """A reported outcome that can be cited from: the value of an indicator for one period."""

    id: int
    indicator_ref: str
    title: str
    span: Span


@dataclass(frozen=True)
class CitingAction:
    """An action that can be cited from."""

    id: int
    ref: str
    heading: str


@dataclass(frozen=True)
class Citations:
    """What an item speaks for."""

    values: tuple[ReportedValue, ...] = ()
    actions: tuple[CitingAction, ...] = ()


def speak_for(
    session: Session,
    *,
    viewer: Viewer,
    evidence_id: int,
    seen: Citations,
    value_ids: Collection[int],
    action_ids: Collection[int],
) -> None:
    """Say which reported outcomes and actions of its organisation an item speaks for, in place of those before.

    Args:
        session: a writing session.
        viewer: who asks.
        evidence_id: the item.
        seen: what the page showed.
        value_ids: the keys of the reported outcomes.
        action_ids: the keys of the actions.

    Raises:
        NotFoundError: there is no such item, or it or one of those is another organisation's.
        EditedElsewhereError: it was changed since the page showed it.
    """
    item = held_item(session, viewer=viewer, evidence_id=evidence_id)
    own = citable(session, viewer=viewer, organisation_id=item.organisation_id)
    values, actions = frozenset(value_ids), frozenset(action_ids)
    if values - {each.id for each in own.values} or actions - {each.id for each in own.actions}:
        raise NotFoundError("One of these is not there any more, or is not yours. Nothing was changed.")
    if _cited(session, evidence_id) != seen:
        raise EditedElsewhereError(_ELSEWHERE)
    session.exec(delete(MeasurementEvidence).where(col(MeasurementEvidence.evidence_id) == evidence_id))
    session.exec(delete(ActionEvidence).where(col(ActionEvidence.evidence_id) == evidence_id))
    session.add_all(MeasurementEvidence(measurement_id=key, evidence_id=evidence_id) for key in sorted(values))
    session.add_all(ActionEvidence(action_id=key, evidence_id=evidence_id) for key in sorted(actions))
    before = {
        "measurements": sorted(each.id for each in seen.values),
        "actions": sorted(each.id for each in seen.actions),
    }
    detail = audit.changes(before, {"measurements": sorted(values), "actions": sorted(actions)})
    audit.record(session, viewer, act="evidence_cited", subject=f"evidence {evidence_id}", detail=detail)


def citable(session: Session, *, viewer: Viewer, organisation_id: int) -> Citations:
    """Read which reported outcomes and actions of an organisation its evidence can speak for.

    Raises:
        NotAllowedError: the viewer does not answer for this organisation.
    """
    require(viewer, Act.KEEP_EVIDENCE, organisation_id=organisation_id)
    return Citations(
        _values(session, col(Indicator.organisation_id) == organisation_id),
        _actions(session, col(Action.organisation_id) == organisation_id),
    )


def cited_by(session: Session, *, viewer: Viewer, item: EvidenceFound) -> Citations:
    """Read which reported outcomes and actions an item speaks for; nothing for those who see published ones alone."""
    if not may(viewer, Act.READ_OUTCOMES, organisation_id=item.organisation_id):
        return Citations()
    return _cited(session, item.id)


def answers_citing(session: Session, *, viewer: Viewer, item: EvidenceFound) -> tuple[tuple[str, str], ...]:
    """Read which answers point to an item, as review and promise; nothing for those who may not see these answers.

    Answers that were never sent are told of to their own organisation alone.
    """
    if not may(viewer, Act.READ_BODY_ANSWERS, organisation_id=item.organisation_id):
        return ()
    own = item.organisation_id in viewer.organisations()
    read = sa.true() if own else col(SelfAssessment.state) != SelfAssessmentState.DRAFT
    rows = session.exec(
        select(Period.title, CommitmentVersion.title)
        .join(SelfAssessment, col(SelfAssessment.period_id) == col(Period.id))
        .join(Answer, col(Answer.self_assessment_id) == col(SelfAssessment.id))
        .join(AnswerEvidence, col(AnswerEvidence.answer_id) == col(Answer.id))
        .join(CommitmentVersion, col(CommitmentVersion.id) == col(Answer.commitment_version_id))
        .where(AnswerEvidence.evidence_id == item.id, read)
        .order_by(col(Period.opens_on).desc(), col(CommitmentVersion.title))
    )
    return tuple((str(period), str(promise)) for period, promise in rows)


def evidence_of_indicator(session: Session, *, viewer: Viewer, indicator_ref: str) -> tuple[EvidenceFound, ...]:
    """Read the evidence of an indicator's reported outcomes that a viewer sees, the newest first."""
    cited = (
        sa.select(col(MeasurementEvidence.evidence_id))
        .join(Measurement, col(Measurement.id) == col(MeasurementEvidence.measurement_id))
        .join(Indicator, col(Indicator.id) == col(Measurement.indicator_id))
        .where(col(Indicator.ref) == indicator_ref)
    )
    return items_seen(session, viewer=viewer, which=col(Evidence.id).in_(cited))


def evidence_of_action(session: Session, *, viewer: Viewer, action_ref: str) -> tuple[EvidenceFound, ...]:
    """Read the evidence of an action that a viewer sees, the newest first."""
    cited = (
        sa.select(col(ActionEvidence.evidence_id))
        .join(Action, col(Action.id) == col(ActionEvidence.action_id))
        .where(col(Action.ref) == action_ref)
    )
    return items_seen(session, viewer=viewer, which=col(Evidence.id).in_(cited))


def _cited(session: Session, evidence_id: int) -> Citations:
    values = sa.select(col(MeasurementEvidence.measurement_id)).where(
        col(MeasurementEvidence.evidence_id) == evidence_id
    )
    actions = sa.select(col(ActionEvidence.action_id)).where(col(ActionEvidence.evidence_id) == evidence_id)
    return Citations(_values(session, col(Measurement.id).in_(values)), _actions(session, col(Action.id).in_(actions)))


def _values(session: Session, which: sa.ColumnElement[bool]) -> tuple[ReportedValue, ...]:
    rows = session.execute(
        sa.select(
            col(Measurement.id),
            col(Indicator.ref),
            col(Indicator.title),
            col(Measurement.starts_on),
            col(Measurement.ends_on),
        )
        .join(Indicator, col(Indicator.id) == col(Measurement.indicator_id))
        .where(which)
        .order_by(col(Indicator.title), col(Indicator.ref), col(Measurement.ends_on).desc())
    )
    return tuple(ReportedValue(key, ref, title, Span(first, last)) for key, ref, title, first, last in rows)


def _actions(session: Session, which: sa.ColumnElement[bool]) -> tuple[CitingAction, ...]:
    rows = session.execute(
        sa.select(col(Action.id), col(Action.ref), col(Action.heading))
        .where(which)
        .order_by(col(Action.heading), col(Action.ref))
    )
    return tuple(CitingAction(key, ref, heading) for key, ref, heading in rows)
