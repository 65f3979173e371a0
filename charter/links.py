"""Invitation links: a personal address, or its QR code, that opens one group's form without a password."""

import io
from dataclasses import dataclass

import segno
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.mail.keeping_out import take_back_letters
from charter.rules.access import Act, Invited, Viewer, require
from charter.rules.refusals import ClosedError, NotFoundError
from charter.sessions import start_link_session
from charter.settings import settings
from charter.tokens import digest, new_token
from charter.viewers import Ending, link_ending
from db.models import Invitation, InvitationLink, Mail, Organisation, Period


@dataclass(frozen=True)
class LinkFound:
    """What an invitation link speaks of, and why it does not open anything, if so."""

    organisation: str
    period_title: str
    ending: Ending | None


def invitation_of(session: Session, *, viewer: Viewer, period_ref: str, organisation_ref: str) -> int:
    """Find an organisation's invitation to a period, by the references of both.

    Raises:
        NotAllowedError: the viewer may not send links.
        NotFoundError: the organisation is not on that period's invitation list.
    """
    require(viewer, Act.ISSUE_LINKS)
    found = session.exec(
        select(Invitation.id)
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .join(Period, col(Period.id) == col(Invitation.period_id))
        .where(Period.ref == period_ref, Organisation.ref == organisation_ref)
    ).one_or_none()
    if found is None:
        raise NotFoundError(f"{organisation_ref} is not on the invitation list of period {period_ref}.")
    return found


def issue_link(session: Session, *, viewer: Viewer, invitation_id: int) -> str:
    """Make another link for an invitation and return its token. Earlier links stay good until they are revoked.

    Raises:
        NotAllowedError: the viewer may not send links.
        NotFoundError: there is no such invitation.
        ClosedError: the invitation was removed from the list.
    """
    require(viewer, Act.ISSUE_LINKS)
    invitation = session.get(Invitation, invitation_id)
    if invitation is None:
        raise NotFoundError("There is no such invitation. Nothing was changed.")
    if invitation.removed_at is not None:
        raise ClosedError("This group was taken off the invitation list, so it gets no link. Nothing was changed.")
    token = new_token()
    session.add(InvitationLink(invitation_id=invitation_id, token_digest=digest(token), created_at=clock.now()))
    audit.record(session, viewer, act="link_issued", subject=f"invitation {invitation_id}")
    return token


def revoke_link(session: Session, *, viewer: Viewer, invitation_id: int) -> int:
    """Put every link of an invitation out of use at once, and return how many that were. No letter with one goes.

    Raises:
        NotAllowedError: the viewer may not send links.
    """
    require(viewer, Act.ISSUE_LINKS)
    live = session.exec(
        select(InvitationLink).where(
            InvitationLink.invitation_id == invitation_id, col(InvitationLink.revoked_at).is_(None)
        )
    ).all()
    for link in live:
        link.revoked_at = clock.now()
    if live:
        session.flush()
        take_back_letters(session, viewer=viewer, which=col(Mail.invitation_id) == invitation_id)
    detail = audit.changes({"links_in_use": len(live)}, {"links_in_use": 0})
    audit.record(session, viewer, act="link_revoked", subject=f"invitation {invitation_id}", detail=detail)
    return len(live)


def find_link(session: Session, *, token: str) -> LinkFound:
    """Tell what a link speaks of. It changes nothing: mail scanners open links too.

    Raises:
        NotFoundError: nothing is known of this link.
    """
    link, invitation, organisation, period = _rows(session, token)
    ending = link_ending(link=link, invitation=invitation, period=period, now=clock.now())
    return LinkFound(organisation.name, period.title, ending)


def open_link(session: Session, *, token: str, address: str) -> str:
    """Begin a session by a link and return the token for the browser's cookie.

    Raises:
        NotFoundError: nothing is known of this link, or it was revoked.
        ClosedError: the period is not open for answers.
    """
    link, invitation, _, period = _rows(session, token)
    ending = link_ending(link=link, invitation=invitation, period=period, now=clock.now())
    if ending is Ending.PERIOD_CLOSED:
        raise ClosedError("This review is not open for answers. Nothing was changed.")
    if ending is not None or link.id is None:
        raise NotFoundError("This link is no longer in use. Nothing was changed.")
    started = start_link_session(session, link_id=link.id, until=clock.end_of(period.closes_on))
    link.first_used_at = link.first_used_at or clock.now()
    invited = Invited(link.id, invitation.organisation_id, invitation.period_id)
    audit.record(
        session, Viewer(invited=invited, address=address), act="link_opened", subject=f"invitation {invitation.id}"
    )
    return started.token


def link_address(token: str) -> str:
    """Give the address that a link's token stands in."""
    return f"{settings().site_address}/link/{token}"


def qr_svg(url: str) -> str:
    """Draw a QR code of an address as one SVG element, with the quiet zone that scanners need."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", scale=4, border=4, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()


def _rows(session: Session, token: str) -> tuple[InvitationLink, Invitation, Organisation, Period]:
    found = session.exec(
        select(InvitationLink, Invitation, Organisation, Period)
        .join(Invitation, col(InvitationLink.invitation_id) == col(Invitation.id))
        .join(Organisation, col(Invitation.organisation_id) == col(Organisation.id))
        .join(Period, col(Invitation.period_id) == col(Period.id))
        .where(InvitationLink.token_digest == digest(token))
    ).one_or_none()
    if found is None:
        raise NotFoundError("We do not know this link. Nothing was changed.")
    return found[0], found[1], found[2], found[3]
