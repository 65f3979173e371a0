"""Ending reminders by one press, at the address that stands in each."""

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError
from charter.tokens import digest
from db.models import Invitation, Mail, Organisation, OrganisationMerge


def find_stop(session: Session, *, token: str) -> str:
    """Give the name of the organisation whose reminders a token ends. It changes nothing: mail scanners open links.

    Raises:
        NotFoundError: nothing is known of this token.
    """
    return _organisation(session, token).name


def stop_reminders(session: Session, *, token: str, address: str) -> None:
    """End an organisation's reminders. A second press changes nothing.

    Args:
        session: a writing session.
        token: what stands in the address at the end of a reminder; whoever has it may do this.
        address: the network address that the request came from.

    Raises:
        NotFoundError: nothing is known of this token.
    """
    organisation = _organisation(session, token)
    if organisation.reminders_stopped_at is not None:
        return
    organisation.reminders_stopped_at = clock.now()
    viewer = Viewer(address=address)
    detail = audit.changes({"reminders_stopped_at": None}, {"reminders_stopped_at": organisation.reminders_stopped_at})
    audit.record(session, viewer, act="reminders_stopped", subject=f"organisation {organisation.ref}", detail=detail)


def _organisation(session: Session, token: str) -> Organisation:
    found = session.exec(
        select(Organisation)
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .join(Mail, col(Mail.invitation_id) == col(Invitation.id))
        .where(Mail.stop_digest == digest(token))
    ).one_or_none()
    if found is None:
        raise NotFoundError("We do not know this address. Nothing was changed.")
    return _that_it_is_now(session, found)


def _that_it_is_now(session: Session, organisation: Organisation) -> Organisation:
    """Follow a duplicate to the organisation that it was merged into: that one is reminded in its place."""
    found = organisation
    while (merge := session.get(OrganisationMerge, found.id)) is not None:
        found = session.get_one(Organisation, merge.into_id)
    return found
