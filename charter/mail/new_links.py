"""Links that were lost: anybody may ask for one, and it goes only to the address that is held.

Whoever asks learns nothing of who is on the list: the same is looked up, written and said whether or not the address is
known, and the worker sends the e-mail later.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.attempts import begin_attempt
from charter.job_steps import Task
from charter.links import issue_link, link_address
from charter.mail import wording
from charter.mail.addresses import usable_address
from charter.mail.recipients import open_periods
from charter.mail.sending import post
from charter.rules.access import Act, Viewer, require
from charter.rules.networks import counted_as
from charter.rules.refusals import ClosedError, FieldError
from charter.store import reading, writing
from db.models import Invitation, LinkRequest, Mail, Organisation, Period
from db.types import VCFSE_KINDS, MailKind

# Who presses twice gets one e-mail.
_SAME_REQUEST = timedelta(minutes=5)
# Attempts of this kind are counted beside those to sign in, so that neither keeps a person from the other.
_COUNTED_AS = "new-link"


@dataclass(frozen=True)
class LinkRequestsFound:
    """How often a link was asked for in a period.

    Attributes:
        asked: by anybody.
        matched: with the address of a group on the list, which was sent one.
        waiting: not answered yet.
    """

    asked: int
    matched: int
    waiting: int


def ask_for_link(session: Session, *, email: str, address: str) -> None:
    """Write down that somebody asked for a group's link. Whether the address is known is not told.

    Args:
        session: a writing session.
        email: the address as it was typed.
        address: the network address that the request came from.

    Raises:
        FieldError: this is no e-mail address.
        ClosedError: no period takes answers.
        LockedError: there were too many requests.
    """
    typed = usable_address(email)
    if typed is None:
        raise FieldError("email", "That is not an e-mail address. It should look like name@example.org.")
    begin_attempt(session, email=f"{_COUNTED_AS} {typed}", address=f"{_COUNTED_AS} {counted_as(address)}")
    periods = open_periods(session)
    if not periods:
        raise ClosedError("No review is open for answers now, so there is no form to open.")
    matches = _matches(session, typed, [period.id or 0 for period in periods])
    # One for each open review, whether or not the address is invited to it; in it, the first of its groups stands for
    # all of them.
    first = {match.period_id: match.id for match in reversed(matches)}
    for period in periods:
        invitation_id = first.get(period.id or 0)
        session.add(LinkRequest(period_id=period.id or 0, invitation_id=invitation_id, asked_at=clock.now()))
    audit.record(session, Viewer(address=address), act="link_asked_for", subject="a form")


def link_requests(session: Session, *, viewer: Viewer, period_ref: str) -> LinkRequestsFound:
    """Count how often a link was asked for in a period.

    Raises:
        NotAllowedError: the viewer may not see this.
    """
    require(viewer, Act.SEND_MAIL)
    counted = select(
        func.count(col(LinkRequest.id)),
        func.count(col(LinkRequest.invitation_id)),
        func.count(col(LinkRequest.id)) - func.count(col(LinkRequest.answered_at)),
    )
    in_period = counted.join(Period, col(Period.id) == col(LinkRequest.period_id)).where(Period.ref == period_ref)
    asked, matched, waiting = session.exec(in_period).one()
    return LinkRequestsFound(asked, matched, waiting)


def links_are_asked_for() -> bool:
    """Tell whether a request waits for its answer."""
    return bool(_unanswered(limit=1))


def new_links_work(task: Task) -> str:
    """Answer every request that waits, as a job's work."""
    keys = _unanswered()
    task.total(len(keys))
    for key in keys:
        if task.stopping:
            break
        with writing() as session:
            _answer(session, task.viewer, key)
        task.step()
    return f"Requests answered: {len(keys):,}."


def _unanswered(limit: int | None = None) -> list[int]:
    waiting = select(LinkRequest.id).where(col(LinkRequest.answered_at).is_(None)).order_by(col(LinkRequest.id))
    with reading() as session:
        return [key for key in session.exec(waiting.limit(limit)) if key is not None]


def _answer(session: Session, viewer: Viewer, key: int) -> None:
    request = session.exec(select(LinkRequest).where(LinkRequest.id == key).with_for_update()).one()
    if request.answered_at is not None:
        return
    request.answered_at = clock.now()
    period = session.get_one(Period, request.period_id)
    if request.invitation_id is None or not open_periods(session, ref=period.ref):
        return
    for invitation, organisation in _of_one_address(session, request.invitation_id, period.id or 0):
        if not _sent_just_now(session, invitation.id or 0):
            _post(session, viewer, period, invitation.id or 0, organisation)


def _matches(session: Session, address: str, period_ids: list[int]) -> list[Invitation]:
    return list(
        session.exec(
            select(Invitation)
            .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
            .where(
                col(Invitation.period_id).in_(period_ids),
                col(Invitation.removed_at).is_(None),
                col(Organisation.kind).in_(VCFSE_KINDS),
                func.lower(func.trim(col(Organisation.email))) == address,
            )
            .order_by(col(Invitation.id))
        )
    )


def _of_one_address(session: Session, invitation_id: int, period_id: int) -> list[tuple[Invitation, Organisation]]:
    """Read the groups on the list that hold the same address: one volunteer may look after several."""
    first = session.get_one(Invitation, invitation_id)
    held = usable_address(session.get_one(Organisation, first.organisation_id).email)
    if held is None:
        return []
    found = _matches(session, held, [period_id])
    return [(one, session.get_one(Organisation, one.organisation_id)) for one in found]


def _sent_just_now(session: Session, invitation_id: int) -> bool:
    newer = select(Mail.id).where(
        Mail.invitation_id == invitation_id,
        col(Mail.kind) == MailKind.NEW_LINK,
        col(Mail.created_at) > clock.now() - _SAME_REQUEST,
    )
    return session.exec(newer.limit(1)).first() is not None


def _post(session: Session, viewer: Viewer, period: Period, invitation_id: int, organisation: Organisation) -> None:
    link = link_address(issue_link(session, viewer=viewer, invitation_id=invitation_id))
    subject, text = wording.new_link(period, organisation=organisation.name, link=link)
    post(
        session,
        viewer=viewer,
        kind=MailKind.NEW_LINK,
        address=organisation.email or "",
        subject=subject,
        text=text,
        invitation_id=invitation_id,
    )
