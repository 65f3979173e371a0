"""The evidence that a public body's answers can point to. Groups are never asked for any with their answers."""

from sqlmodel import Session, col

from charter.assessments import organisation_row
from charter.evidence.reading import EvidenceFound, items_seen
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import RefusedError
from db.models import Evidence
from db.types import PUBLIC_KINDS

_GROUP = "Groups are never asked for evidence. Nothing was changed."


def list_evidence(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[EvidenceFound, ...]:
    """Read what a public body can point to, as far as the viewer sees it, the newest first; of a group, nothing.

    Raises:
        NotAllowedError: the viewer may not see this body's answers.
    """
    if organisation_row(session, organisation_id).kind not in PUBLIC_KINDS:
        return ()
    require(viewer, Act.READ_BODY_ANSWERS, organisation_id=organisation_id)
    return items_seen(session, viewer=viewer, which=col(Evidence.organisation_id) == organisation_id)


def require_body(session: Session, *, viewer: Viewer, organisation_id: int) -> None:
    """Refuse all but those who answer for a public body.

    Raises:
        NotAllowedError: the viewer does not answer for this organisation.
        RefusedError: the organisation is a group.
    """
    require(viewer, Act.ANSWER, organisation_id=organisation_id)
    if organisation_row(session, organisation_id).kind not in PUBLIC_KINDS:
        raise RefusedError(_GROUP)
