"""Who is on a period's invitation list, and what decides whether an e-mail goes to them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import Session, col, select

from charter import clock
from charter.mail.addresses import usable_address
from charter.questions import side_of
from charter.settings import settings
from db.models import Invitation, Mail, Organisation, Period, SelfAssessment
from db.types import MailKind, MailState, PeriodState, SelfAssessmentState, Side

SENT_ANSWERS = frozenset({SelfAssessmentState.SUBMITTED, SelfAssessmentState.REVIEWED})


class Why(StrEnum):
    """Why an organisation gets no e-mail."""

    SUBMITTED = "submitted"
    SIGNS_IN = "signs_in"
    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"
    STOPPED = "stopped"
    HAD_IT = "had_it"


@dataclass(frozen=True)
class Recipient:
    """An organisation that an e-mail goes to."""

    invitation_id: int
    organisation_id: int
    organisation: str
    address: str
    side: Side


@dataclass(frozen=True)
class LeftOut:
    """An organisation that gets no e-mail, and why."""

    invitation_id: int
    organisation_id: int
    organisation: str
    why: Why


@dataclass(frozen=True)
class OnList:
    """An organisation on the invitation list.

    Attributes:
        address: the address that is held, if mail can go there.
        bounced: whether the last e-mail to that address came back.
        invited_at: when the newest invitation to that address was made, or None.
        reminded_for: the dates that reminders were made for.
    """

    invitation_id: int
    organisation_id: int
    organisation: str
    side: Side
    address: str | None
    stopped: bool
    submitted: bool
    bounced: bool
    invited_at: datetime | None
    reminded_for: frozenset[date]

    def recipient(self) -> Recipient:
        """Give it as a recipient.

        Raises:
            ValueError: no address is held.
        """
        if self.address is None:
            raise ValueError("no address is held")
        return Recipient(self.invitation_id, self.organisation_id, self.organisation, self.address, self.side)

    def left_out(self, why: Why) -> LeftOut:
        """Give it as left out."""
        return LeftOut(self.invitation_id, self.organisation_id, self.organisation, why)


def open_periods(session: Session, *, ref: str | None = None) -> Sequence[Period]:
    """Read the periods that take answers today, or the one with this reference if it does."""
    wanted = select(Period).where(col(Period.state) == PeriodState.OPEN, col(Period.closes_on) >= clock.today())
    if not settings().demonstration:
        wanted = wanted.where(col(Period.made_up).is_(False))
    if ref is not None:
        wanted = wanted.where(Period.ref == ref)
    return session.exec(wanted.order_by(col(Period.closes_on), col(Period.id))).all()


def lock_invitations(session: Session, *, period_id: int, only: Collection[int] | None) -> None:
    """Have another run that posts to the same organisations wait until this transaction ends.

    They are locked in one order and before anything else, so that two runs never wait for each other.
    """
    wanted = select(Invitation.id).where(Invitation.period_id == period_id)
    if only is not None:
        wanted = wanted.where(col(Invitation.id).in_(only))
    session.exec(wanted.order_by(col(Invitation.id)).with_for_update()).all()


def on_list(session: Session, *, period_id: int, only: Collection[int] | None = None) -> list[OnList]:
    """Read who is on a period's invitation list, by name, in three queries whatever their number.

    Args:
        session: a session.
        period_id: the period.
        only: the numbers of the invitations that are wanted; None for all.
    """
    wanted = (
        select(Invitation.id, Organisation, SelfAssessment)
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .outerjoin(
            SelfAssessment,
            (col(SelfAssessment.organisation_id) == col(Organisation.id))
            & (col(SelfAssessment.period_id) == col(Invitation.period_id)),
        )
        .where(Invitation.period_id == period_id, col(Invitation.removed_at).is_(None))
        .order_by(col(Organisation.name), col(Invitation.id))
    )
    if only is not None:
        wanted = wanted.where(col(Invitation.id).in_(only))
    rows = session.exec(wanted).all()
    mails = _mails(session, period_id, only)
    held = {usable_address(organisation.email) for _, organisation, _ in rows}
    bounced = _bounced_addresses(session, [address for address in held if address is not None])
    return [_on_list(key or 0, organisation, started, mails, bounced) for key, organisation, started in rows]


def _on_list(
    key: int,
    organisation: Organisation,
    started: SelfAssessment | None,
    mails: Mapping[int, list[Mail]],
    bounced: Collection[str],
) -> OnList:
    address = usable_address(organisation.email)
    mine = mails.get(key, [])
    return OnList(
        invitation_id=key,
        organisation_id=organisation.id or 0,
        organisation=organisation.name,
        side=side_of(organisation.kind),
        address=address,
        stopped=organisation.reminders_stopped_at is not None,
        submitted=started is not None and started.state in SENT_ANSWERS,
        bounced=address in bounced,
        invited_at=max(
            (mail.created_at for mail in mine if mail.kind is MailKind.INVITATION and mail.address == address),
            default=None,
        ),
        reminded_for=frozenset(
            mail.due_on for mail in mine if mail.kind is MailKind.REMINDER and mail.due_on is not None
        ),
    )


def _mails(session: Session, period_id: int, only: Collection[int] | None) -> Mapping[int, list[Mail]]:
    """Read the e-mails that were made, by invitation."""
    wanted = (
        select(Mail)
        .join(Invitation, col(Invitation.id) == col(Mail.invitation_id))
        .where(Invitation.period_id == period_id)
    )
    if only is not None:
        wanted = wanted.where(col(Mail.invitation_id).in_(only))
    found: defaultdict[int, list[Mail]] = defaultdict(list)
    for row in session.exec(wanted):
        found[row.invitation_id or 0].append(row)
    return found


def _bounced_addresses(session: Session, addresses: Collection[str]) -> frozenset[str]:
    """Read from which of some addresses the last e-mail came back."""
    newest = select(func.max(Mail.id)).where(col(Mail.address).in_(addresses)).group_by(col(Mail.address))
    rows = session.exec(select(Mail.address).where(col(Mail.id).in_(newest), col(Mail.state) == MailState.BOUNCED))
    return frozenset(rows)
