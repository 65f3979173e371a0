"""The organisations that a viewer answers for: the only ones that this package speaks of to them."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter.questions import side_of
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError
from db.models import DraftingPart, Organisation
from db.types import Side

# The same words for what is another's and for what is not there: nobody learns which it is.
_NOT_YOURS = "This organisation is not yours, or is not there. Nothing was changed."


@dataclass(frozen=True)
class OwnOrganisation:
    """An organisation that the viewer answers for.

    Attributes:
        leads: whether the viewer speaks for all of it; not those who draft a part of a public body's answers.
    """

    id: int
    ref: str
    name: str
    side: Side
    email: str | None
    phone: str | None
    leads: bool


def own_organisations(session: Session, *, viewer: Viewer) -> tuple[OwnOrganisation, ...]:
    """Read the organisations that a viewer answers for, by name: those of their account, or the one of their link."""
    link = viewer.invited
    wanted = frozenset({link.organisation_id}) if link else viewer.organisations()
    rows = session.exec(
        select(Organisation).where(col(Organisation.id).in_(wanted)).order_by(col(Organisation.name))
    ).all()
    drafted = _drafted(session, viewer)
    return tuple(_own(row, viewer, drafted) for row in rows)


def find_own(session: Session, *, viewer: Viewer, ref: str) -> OwnOrganisation:
    """Find an organisation that the viewer answers for with their account.

    Raises:
        SignedOutError: the viewer's session has ended.
        NotFoundError: it is not theirs, or there is none of this reference.
    """
    row = session.exec(select(Organisation).where(Organisation.ref == ref)).one_or_none()
    if viewer.ended:
        require(viewer, Act.READ_OWN)
    if row is None or row.id not in viewer.organisations():
        raise NotFoundError(_NOT_YOURS)
    require(viewer, Act.READ_OWN, organisation_id=row.id)
    return _own(row, viewer, _drafted(session, viewer))


def _drafted(session: Session, viewer: Viewer) -> frozenset[int]:
    """Read the bodies of whose answers the viewer drafts a part only."""
    parts = select(DraftingPart.organisation_id).where(DraftingPart.account_id == viewer.account_id)
    return frozenset(session.exec(parts)) if viewer.account_id is not None else frozenset()


def _own(row: Organisation, viewer: Viewer, drafted: frozenset[int]) -> OwnOrganisation:
    return OwnOrganisation(
        id=row.id or 0,
        ref=row.ref,
        name=row.name,
        side=side_of(row.kind),
        email=row.email,
        phone=row.phone,
        leads=row.id in viewer.organisations() and row.id not in drafted,
    )
