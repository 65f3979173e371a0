"""What is held of an organisation's evidence: each item with what it speaks of, its file, and what cites it."""

from sqlmodel import Session, col, select

from charter.evidence.fields import Tags
from charter.evidence.held import ref_of
from charter.evidence.tags import tags_of
from charter.own.data_rows import Held, plain_row
from db.models import (
    Action,
    ActionEvidence,
    Evidence,
    EvidenceFile,
    Indicator,
    Measurement,
    MeasurementEvidence,
)


def evidence_held(session: Session, organisation_id: int) -> Held:
    """Give its items, those that were taken away among them. A file is named, and fetched by its address."""
    rows = session.exec(
        select(Evidence).where(Evidence.organisation_id == organisation_id).order_by(col(Evidence.id))
    ).all()
    tags = tags_of(session, [row.id or 0 for row in rows])
    return {"evidence": [_item(session, row, tags.get(row.id or 0, Tags())) for row in rows]}


def _item(session: Session, row: Evidence, tags: Tags) -> Held:
    file = session.exec(
        select(EvidenceFile.name, EvidenceFile.content_type, EvidenceFile.size, EvidenceFile.sha256).where(
            EvidenceFile.evidence_id == row.id
        )
    ).first()
    ref = ref_of(row.id or 0)
    names = ("name", "content_type", "size", "sha256")
    held = {**dict(zip(names, file, strict=True)), "address": f"/files/evidence/{ref}"} if file else None
    speaks_of = [*sorted(tags.commitments), *sorted(tags.characteristics), *tags.groups]
    return plain_row(row, ref=ref, speaks_of=speaks_of, file=held, cited_by=_cited(session, row))


def _cited(session: Session, row: Evidence) -> list[str]:
    indicators = session.exec(
        select(Indicator.ref)
        .join(Measurement, col(Measurement.indicator_id) == col(Indicator.id))
        .join(MeasurementEvidence, col(MeasurementEvidence.measurement_id) == col(Measurement.id))
        .where(MeasurementEvidence.evidence_id == row.id)
    )
    actions = session.exec(
        select(Action.ref)
        .join(ActionEvidence, col(ActionEvidence.action_id) == col(Action.id))
        .where(ActionEvidence.evidence_id == row.id)
    )
    return [*(f"indicator {ref}" for ref in indicators), *(f"action {ref}" for ref in actions)]
