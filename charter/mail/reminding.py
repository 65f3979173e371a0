"""Reminders: who gets one on a day and who does not, and posting them, never twice for the same date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from charter import audit, clock
from charter.job_steps import Task
from charter.links import issue_link, link_address
from charter.mail import wording
from charter.mail.letters import stop_address
from charter.mail.one_by_one import post_each
from charter.mail.recipients import LeftOut, OnList, Recipient, Why, lock_invitations, on_list, open_periods
from charter.mail.sending import post
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError, RefusedError
from charter.rules.reminders import due_date, next_date, was_reminded
from charter.store import reading
from charter.tokens import new_token
from db.models import Organisation, Period
from db.types import MailKind, Side


@dataclass(frozen=True)
class RemindersDue:
    """The reminders of one open period on a day.

    Attributes:
        due_on: the date that they are for; None where none are due on that day, and nobody gets one.
        next_on: the first date after that day on which some are due, or None.
        recipients: who gets one.
        left_out: who gets none, and why.
    """

    period_ref: str
    period_title: str
    closes_on: date
    due_on: date | None
    next_on: date | None
    recipients: tuple[Recipient, ...]
    left_out: tuple[LeftOut, ...]


def due_reminders(
    session: Session, *, viewer: Viewer, on: date, now: bool = False, period_ref: str | None = None
) -> tuple[RemindersDue, ...]:
    """Read what reminders are due on a day, for each period that takes answers. Nothing is changed.

    Args:
        session: a session.
        viewer: who asks.
        on: the day.
        now: whether the coordinator sends them on this day, whatever the dates are.
        period_ref: only this period, if it takes answers.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
    """
    require(viewer, Act.SEND_MAIL)
    return tuple(_due(session, period, on=on, now=now, only=None) for period in open_periods(session, ref=period_ref))


def send_reminders(
    session: Session,
    *,
    viewer: Viewer,
    on: date,
    now: bool = False,
    period_ref: str | None = None,
    invitation_ids: Collection[int] | None = None,
) -> tuple[int, ...]:
    """Post the reminders that are due on a day, and give the e-mails' numbers. A second time there are none.

    Each has a new link to the group's form, as of earlier ones only digests are kept, and an address at which one
    press ends reminders.

    Args:
        session: a writing session.
        viewer: who asks.
        on: the day.
        now: whether the coordinator sends them on this day, whatever the dates are.
        period_ref: only to those on the list of this period, if it takes answers.
        invitation_ids: only to these.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
    """
    require(viewer, Act.SEND_MAIL)
    periods = open_periods(session, ref=period_ref)
    for period in periods:
        lock_invitations(session, period_id=period.id or 0, only=invitation_ids)
    posted: list[int] = []
    for period in periods:
        # Read after the lock is held, so that what another run did a moment ago is seen.
        due = _due(session, period, on=on, now=now, only=invitation_ids)
        if due.due_on is not None:
            posted += [_post(session, viewer, period, recipient, due.due_on) for recipient in due.recipients]
    return tuple(posted)


def remind_each(
    *, viewer: Viewer, on: date, now: bool = False, period_ref: str | None = None, task: Task | None = None
) -> tuple[int, ...]:
    """Post the reminders that are due on a day, each in a transaction of its own, and give the e-mails' numbers.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
    """
    with reading() as session:
        due = due_reminders(session, viewer=viewer, on=on, now=now, period_ref=period_ref)

    def remind_one(session: Session, key: int) -> tuple[int, ...]:
        return send_reminders(session, viewer=viewer, on=on, now=now, period_ref=period_ref, invitation_ids=[key])

    return post_each([one.invitation_id for each in due for one in each.recipients], remind_one, task)


def reminders_work(task: Task) -> str:
    """Send the reminders of a period now, as a job's work."""
    posted = remind_each(viewer=task.viewer, on=clock.today(), now=True, period_ref=task.subject, task=task)
    return f"Reminded by e-mail: {len(posted):,}."


def resume_reminders(session: Session, *, viewer: Viewer, organisation_id: int) -> None:
    """Remind an organisation again that had stopped reminders, because it asks for it.

    Raises:
        NotAllowedError: the viewer may not send e-mails.
        NotFoundError: there is no such organisation.
        RefusedError: its reminders are not stopped.
    """
    require(viewer, Act.SEND_MAIL)
    organisation = session.get(Organisation, organisation_id, with_for_update=True, populate_existing=True)
    if organisation is None:
        raise NotFoundError("There is no such organisation. Nothing was changed.")
    if organisation.reminders_stopped_at is None:
        raise RefusedError(f"{organisation.name} gets reminders already: somebody was quicker. Nothing was changed.")
    detail = audit.changes({"reminders_stopped_at": organisation.reminders_stopped_at}, {"reminders_stopped_at": None})
    organisation.reminders_stopped_at = None
    audit.record(session, viewer, act="reminders_resumed", subject=f"organisation {organisation.ref}", detail=detail)


def _due(session: Session, period: Period, *, on: date, now: bool, only: Collection[int] | None) -> RemindersDue:
    opened_on = clock.local(period.opened_at).date() if period.opened_at is not None else period.opens_on
    dates = {"on": on, "opened_on": opened_on, "closes_on": period.closes_on}
    due_on = on if now else due_date(**dates)
    judged = []
    if due_on is not None:
        listed = on_list(session, period_id=period.id or 0, only=only)
        judged = [(one, _why_not(one, due_on)) for one in listed]
    return RemindersDue(
        period_ref=period.ref,
        period_title=period.title,
        closes_on=period.closes_on,
        due_on=due_on,
        next_on=next_date(**dates),
        recipients=tuple(one.recipient() for one, why in judged if why is None),
        left_out=tuple(one.left_out(why) for one, why in judged if why is not None),
    )


def _why_not(one: OnList, due_on: date) -> Why | None:
    if one.submitted:
        return Why.SUBMITTED
    if one.address is None:
        return Why.NO_ADDRESS
    if one.stopped:
        return Why.STOPPED
    if one.bounced:
        return Why.BOUNCED
    return Why.HAD_IT if was_reminded(due_on, one.reminded_for) else None


def _post(session: Session, viewer: Viewer, period: Period, recipient: Recipient, due_on: date) -> int:
    link = None
    if recipient.side is Side.VCFSE:
        link = link_address(issue_link(session, viewer=viewer, invitation_id=recipient.invitation_id))
    stop = new_token()
    subject, text = wording.reminder(period, organisation=recipient.organisation, link=link, stop=stop_address(stop))
    return post(
        session,
        viewer=viewer,
        kind=MailKind.REMINDER,
        address=recipient.address,
        subject=subject,
        text=text,
        invitation_id=recipient.invitation_id,
        due_on=due_on,
        stop_token=stop,
    )
