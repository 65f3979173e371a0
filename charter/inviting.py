"""What happens when a period opens: what it asks is fixed, and those who are asked are invited."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session, col, select

from charter.questions import AskedVersion, asked_versions, newest_versions, owing_bodies, questions_for, side_of
from charter.rules.refusals import RefusedError
from db.bulk import insert_rows
from db.models import AskedCommitment, Invitation, Organisation, OrganisationMerge, Period, Signatory
from db.types import PUBLIC_KINDS, VCFSE_KINDS, OrganisationKind, Side


def fix_what_is_asked(session: Session, period: Period) -> None:
    """Ask the newest version of each commitment, but for a one-off that is done.

    Raises:
        RefusedError: there is nothing left to ask.
    """
    newest = newest_versions(session, charter_id=period.charter_id)
    if not newest:
        raise RefusedError("There is nothing left to ask in this period: the charter has no open commitments.")
    session.add_all(
        AskedCommitment(period_id=period.id or 0, commitment_version_id=version.version_id) for version in newest
    )
    session.flush()


def invite_everyone(session: Session, period: Period) -> None:
    """Invite every known group, and each public body that is asked something. Made-up and real never meet."""
    versions = asked_versions(session, period_id=period.id or 0)
    keys = to_be_invited(
        session, versions=versions, charter_id=period.charter_id, on=period.opens_on, made_up=period.made_up
    )
    insert_rows(session, Invitation, [{"period_id": period.id, "organisation_id": key} for key in keys])


def to_be_invited(
    session: Session, *, versions: Sequence[AskedVersion], charter_id: int, on: date, made_up: bool
) -> Mapping[int, OrganisationKind]:
    """Find who is there on a day and would be asked something: the kind of each organisation, by its key.

    A public body that has left the charter owes nothing under it any more, so it is not among them. A group is, with
    or without a signature: what groups see is asked of every group that is known.

    Args:
        session: a session.
        versions: what is asked.
        charter_id: the charter that it is asked about.
        on: the day on which the period opens.
        made_up: whether the period is made up: made-up and real organisations never share one.
    """
    owing, gone = owing_bodies(session, on=on), _who_left(session, charter_id)
    rows = session.exec(
        select(Organisation.id, Organisation.kind).where(
            Organisation.made_up == made_up,
            col(Organisation.kind).in_(VCFSE_KINDS | PUBLIC_KINDS),
            col(Organisation.id).not_in(select(OrganisationMerge.organisation_id)),
            col(Organisation.starts_on).is_(None) | (col(Organisation.starts_on) <= on),
            col(Organisation.ends_on).is_(None) | (col(Organisation.ends_on) >= on),
        )
    )
    return {
        key or 0: OrganisationKind(kind)
        for key, kind in rows
        if side_of(OrganisationKind(kind)) is Side.VCFSE
        or (key not in gone and questions_for(versions, organisation_id=key or 0, side=Side.PUBLIC, owing=owing))
    }


def _who_left(session: Session, charter_id: int) -> frozenset[int]:
    """Read who has left a charter. Nobody leaves on a day to come, so who has left is gone when the list is made."""
    left = (Signatory.charter_id == charter_id, col(Signatory.left_on).is_not(None))
    return frozenset(session.exec(select(Signatory.organisation_id).where(*left)))
