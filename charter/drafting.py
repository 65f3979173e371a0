"""Directorates draft parts of one self-assessment: who drafts which strands, and who leads and sends.

An account without parts is a lead. One with parts answers the questions of its strands, and nothing else.
"""

from collections.abc import Collection

from sqlmodel import Session, col, delete, select

from charter import audit
from charter.assessments import organisation_row
from charter.drafters import people_of
from charter.rules.access import Act, Viewer, Who, require, standings
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import (
    Commitment,
    DraftingPart,
    Organisation,
    Strand,
)
from db.types import PUBLIC_KINDS

DIRECTORATE_LIMIT = 120  # letters
_NOT_YOURS = (
    "This part is drafted by somebody else of your organisation, so nothing was changed. Ask them, or your lead."
)
_ONLY_A_LEAD = "You draft a part of these answers. Only the lead of your organisation can do this. Nothing was changed."
_NO_LEAD_LEFT = (
    "Somebody must be left who sends the answers: give a part to another person, or none. Nothing was changed."
)
_GROUP = "Only a public body's answers are drafted in parts. Nothing was changed."


def assign_parts(
    session: Session,
    *,
    viewer: Viewer,
    organisation_id: int,
    account_id: int,
    directorate: str,
    strand_ids: Collection[int],
) -> None:
    """Say which strands a person drafts, in place of those before. With none, the person is a lead again.

    Args:
        session: a writing session.
        viewer: who asks.
        organisation_id: the public body.
        account_id: somebody who answers for it.
        directorate: for which part of the body, up to 120 letters; not needed where there are no strands.
        strand_ids: the strands.

    Raises:
        NotAllowedError: the viewer may not say who drafts for this body.
        NotFoundError: there is no such person or strand.
        FieldError: the directorate has no name, or too long a one.
        RefusedError: the viewer drafts a part; the organisation is a group; or nobody would be left who sends.
    """
    require(viewer, Act.KEEP_DRAFTING, organisation_id=organisation_id)
    body = _held_body(session, organisation_id)
    if not standings(viewer) & {Who.COORDINATOR, Who.ADMINISTRATOR}:
        require_lead(session, viewer=viewer, organisation_id=organisation_id)
    wanted = frozenset(strand_ids)
    name = _directorate(directorate) if wanted else ""
    _require_known(session, organisation_id=organisation_id, account_id=account_id, strand_ids=wanted)
    leads = {each.account_id for each in people_of(session, organisation_id) if each.leads}
    if wanted and leads <= {account_id}:
        raise RefusedError(_NO_LEAD_LEFT)
    before = _parts(session, organisation_id=organisation_id, account_id=account_id)
    _put_parts(session, organisation_id=organisation_id, account_id=account_id, directorate=name, strand_ids=wanted)
    after = _parts(session, organisation_id=organisation_id, account_id=account_id)
    detail = {"account": account_id, **audit.changes(before, after)}
    audit.record(session, viewer, act="drafting_assigned", subject=f"organisation {body.ref}", detail=detail)


def require_lead(session: Session, *, viewer: Viewer, organisation_id: int) -> None:
    """Refuse those who draft a part of a body's answers: what is the whole body's is its lead's.

    Raises:
        RefusedError: the viewer drafts a part.
    """
    if _own_strands(session, viewer, organisation_id):
        raise RefusedError(_ONLY_A_LEAD)


def require_part(session: Session, *, viewer: Viewer, organisation_id: int, commitment_id: int) -> None:
    """Refuse those who draft other parts of a body's answers than the one that a commitment is in.

    Raises:
        RefusedError: the viewer drafts parts, and this is not in them.
    """
    own = _own_strands(session, viewer, organisation_id)
    if own and session.get_one(Commitment, commitment_id).strand_id not in own:
        raise RefusedError(_NOT_YOURS)


def _held_body(session: Session, organisation_id: int) -> Organisation:
    """Read a public body, and hold it until the end: two leads who make a drafter of each other take turns."""
    session.exec(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()).first()
    body = organisation_row(session, organisation_id)
    if body.kind not in PUBLIC_KINDS:
        raise RefusedError(_GROUP)
    return body


def _parts(session: Session, *, organisation_id: int, account_id: int) -> dict[str, object]:
    own = (DraftingPart.account_id == account_id, DraftingPart.organisation_id == organisation_id)
    parts = session.exec(select(DraftingPart).where(*own)).all()
    return {
        "strands": sorted(part.strand_id for part in parts),
        "directorate": next((part.directorate for part in parts), ""),
    }


def _put_parts(
    session: Session, *, organisation_id: int, account_id: int, directorate: str, strand_ids: Collection[int]
) -> None:
    own = (col(DraftingPart.account_id) == account_id, col(DraftingPart.organisation_id) == organisation_id)
    session.exec(delete(DraftingPart).where(*own))
    session.add_all(
        DraftingPart(account_id=account_id, organisation_id=organisation_id, strand_id=strand, directorate=directorate)
        for strand in sorted(strand_ids)
    )
    session.flush()


def _own_strands(session: Session, viewer: Viewer, organisation_id: int) -> frozenset[int]:
    statement = select(DraftingPart.strand_id).where(
        DraftingPart.account_id == viewer.account_id, DraftingPart.organisation_id == organisation_id
    )
    return frozenset(session.exec(statement)) if viewer.account_id is not None else frozenset()


def _directorate(typed: str) -> str:
    name = " ".join(clean_text(typed).split())
    if not name:
        raise FieldError("directorate", "Please type which part of your organisation drafts. Nothing was lost.")
    if len(name) > DIRECTORATE_LIMIT:
        raise FieldError("directorate", f"A name can have up to {DIRECTORATE_LIMIT} letters. Nothing was lost.")
    return name


def _require_known(session: Session, *, organisation_id: int, account_id: int, strand_ids: Collection[int]) -> None:
    if account_id not in {each.account_id for each in people_of(session, organisation_id)}:
        raise NotFoundError("This person does not answer for this organisation. Nothing was changed.")
    if len(session.exec(select(Strand.id).where(col(Strand.id).in_(strand_ids))).all()) != len(strand_ids):
        raise NotFoundError("There is no such part of the charter. Nothing was changed.")
