"""Invitations by e-mail: a new link and its QR code to each invited group that has an address."""

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

import segno
from sqlmodel import Session

from charter import clock
from charter.job_steps import Task
from charter.links import issue_link, link_address
from charter.mail import wording
from charter.mail.letters import Attachment
from charter.mail.one_by_one import post_each
from charter.mail.recipients import LeftOut, OnList, Recipient, Why, lock_invitations, on_list, open_periods
from charter.mail.sending import post
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import ClosedError, RefusedError
from charter.store import reading
from db.models import Period
from db.types import MailKind, Side

# A group that is named twice within this time gets one invitation: two people pressed, or one pressed twice.
_SAME_PRESS = timedelta(minutes=5)


@dataclass(frozen=True)
class InvitationsDue:
    """Who gets an invitation, and who gets none and why."""

    recipients: tuple[Recipient, ...]
    left_out: tuple[LeftOut, ...]


def due_invitations(session: Session, *, viewer: Viewer, period_ref: str) -> InvitationsDue:
    """Read who would be invited by e-mail now: each group with an address that had no invitation there yet.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
        ClosedError: there is no such period that takes answers.
    """
    require(viewer, Act.SEND_MAIL)
    listed = on_list(session, period_id=_open(session, period_ref).id or 0)
    judged = [(one, _why_not(one, named=False)) for one in listed]
    return InvitationsDue(
        tuple(one.recipient() for one, why in judged if why is None),
        tuple(one.left_out(why) for one, why in judged if why is not None),
    )


def invite_by_mail(
    session: Session, *, viewer: Viewer, period_ref: str, invitation_ids: Collection[int] | None = None
) -> int:
    """Invite groups by e-mail, each with a new link, and give how many were invited.

    Args:
        session: a writing session.
        viewer: who asks.
        period_ref: the period's reference.
        invitation_ids: the groups that are wanted. They are invited even if they were before, or if the last e-mail
            came back. None: every group that is due.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
        ClosedError: there is no such period that takes answers.
        RefusedError: a group that is named had one a moment ago: somebody else was quicker.
    """
    named = invitation_ids is not None
    return len(_invite(session, viewer=viewer, period_ref=period_ref, only=invitation_ids, named=named))


def invitations_work(task: Task) -> str:
    """Invite every group of a period that is due, as a job's work."""
    with reading() as session:
        due = due_invitations(session, viewer=task.viewer, period_ref=task.subject)

    def invite_one(session: Session, key: int) -> tuple[int, ...]:
        return _invite(session, viewer=task.viewer, period_ref=task.subject, only=[key], named=False)

    posted = post_each([recipient.invitation_id for recipient in due.recipients], invite_one, task)
    return f"Invited by e-mail: {len(posted):,}. Left out: {len(due.left_out):,}."


def _invite(
    session: Session, *, viewer: Viewer, period_ref: str, only: Collection[int] | None, named: bool
) -> tuple[int, ...]:
    require(viewer, Act.SEND_MAIL)
    period = _open(session, period_ref)
    lock_invitations(session, period_id=period.id or 0, only=only)
    # Read after the lock is held, so that what another run did a moment ago is seen.
    listed = on_list(session, period_id=period.id or 0, only=only)
    if named:
        _refuse_if_just_invited(listed)
    wanted = [one.recipient() for one in listed if _why_not(one, named=named) is None]
    return tuple(_post(session, viewer, period, recipient) for recipient in wanted)


def _post(session: Session, viewer: Viewer, period: Period, recipient: Recipient) -> int:
    link = link_address(issue_link(session, viewer=viewer, invitation_id=recipient.invitation_id))
    subject, text = wording.invitation(period, organisation=recipient.organisation, link=link)
    return post(
        session,
        viewer=viewer,
        kind=MailKind.INVITATION,
        address=recipient.address,
        subject=subject,
        text=text,
        invitation_id=recipient.invitation_id,
        attachments=[Attachment("link.png", "image/png", _qr_png(link))],
    )


def _refuse_if_just_invited(listed: Sequence[OnList]) -> None:
    just = clock.now() - _SAME_PRESS
    quick = [one for one in listed if one.invited_at is not None and one.invited_at > just and not one.bounced]
    if quick:
        raise RefusedError(
            f"An invitation to {quick[0].organisation} was written a moment ago. Wait until it has arrived before you "
            "send another. Nothing was sent."
        )


def _why_not(one: OnList, *, named: bool) -> Why | None:
    """Tell why an organisation is not invited, or None if it is. One that was named is invited again."""
    if one.side is Side.PUBLIC:
        return Why.SIGNS_IN
    if one.address is None:
        return Why.NO_ADDRESS
    if one.submitted:
        return Why.SUBMITTED
    if named:
        return None
    if one.bounced:
        return Why.BOUNCED
    return Why.HAD_IT if one.invited_at is not None else None


def _open(session: Session, ref: str) -> Period:
    found = open_periods(session, ref=ref)
    if not found:
        raise ClosedError(f"The period {ref} is not open for answers, so nobody is written to. Nothing was changed.")
    return found[0]


def _qr_png(url: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
    return drawn.getvalue()
