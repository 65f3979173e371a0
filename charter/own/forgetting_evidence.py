"""Taking a group's evidence away with its personal data: titles and files may name people."""

from sqlmodel import Session, col, delete, select, update

from charter import clock
from db.models import ActionEvidence, AnswerEvidence, Evidence, EvidenceFile, EvidenceTag, MeasurementEvidence

TITLE = "Taken away"


def take_evidence_away(session: Session, *, organisation_id: int) -> None:
    """Take all items of an organisation away, with files, tags and titles, those among them that went before.

    Their rows stay, as the audit log speaks of them by their numbers.
    """
    own = select(Evidence.id).where(Evidence.organisation_id == organisation_id)
    for table in (AnswerEvidence, MeasurementEvidence, ActionEvidence, EvidenceTag, EvidenceFile):
        session.exec(delete(table).where(col(table.evidence_id).in_(own)))
    now = clock.now()
    still_there = (col(Evidence.organisation_id) == organisation_id, col(Evidence.removed_at).is_(None))
    session.exec(update(Evidence).where(*still_there).values(removed_at=now))
    whose = col(Evidence.organisation_id) == organisation_id
    session.exec(update(Evidence).where(whose).values(title=TITLE, link="", dated_on=None))
