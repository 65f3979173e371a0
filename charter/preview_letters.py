"""Sharing figures early by a letter: a named person's own link goes to their e-mail address."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from charter.early_access import list_early_access, preview_address, share_preview
from charter.mail import wording
from charter.mail.addresses import usable_address
from charter.mail.listing import condition_of
from charter.mail.sending import post
from charter.mail.wording import Condition
from charter.periods import held_period
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError
from charter.tokens import digest
from charter.typed import clean_text
from db.models import EarlyAccess, Mail, Period
from db.types import MailKind, PeriodState


@dataclass(frozen=True)
class Shared:
    """A link that was made.

    Attributes:
        access_id: the number of the early access.
        link: the person's own link, which is kept nowhere but in the letter; None where they had one already.
        address: where the letter goes; None where there is none, and the link is handed on by hand.
    """

    access_id: int
    link: str | None
    address: str | None


@dataclass(frozen=True)
class PreviewLetter:
    """The newest letter about somebody's early access: where it goes, and what is known of it."""

    address: str
    condition: Condition


def share_by_mail(session: Session, *, viewer: Viewer, period_ref: str, name: str, email: str) -> Shared:
    """Let a named person see a closed period's figures for 24 hours, and write to them. See `share_preview`.

    Who is named again, with the same address or again without one, while their link opens, has it already: nothing is
    made, and no letter is written.

    Args:
        session: a writing session.
        viewer: who asks.
        period_ref: the period.
        name: who is given the link. It is published with the figures.
        email: the person's e-mail address; empty to hand the link on by hand.

    Raises:
        NotAllowedError: the viewer may not publish.
        NotFoundError: there is no such period.
        FieldError: the name is missing or too long, or no mail can go to the address that was given.
        RefusedError: the period is not closed, or is published already.
    """
    require(viewer, Act.PUBLISH)
    address = usable_address(email)
    if email.strip() and address is None:
        raise FieldError(
            "email",
            "No mail can go to this address. It should look like name@example.org. Type it again, or leave it empty "
            "and send the link yourself. Nothing was shared.",
        )
    # Two presses at once take turns at the period's row, so that the second finds what the first has made.
    period = held_period(session, ref=period_ref)
    given = _given_already(session, viewer, period_ref, name, address)
    if given is not None and period.state is PeriodState.CLOSED:
        return Shared(given, None, address)
    token = share_preview(session, viewer=viewer, period_ref=period_ref, name=name)
    access = session.exec(select(EarlyAccess).where(EarlyAccess.token_digest == digest(token))).one()
    link = preview_address(token)
    if address is not None:
        _post(session, viewer, access, link=link, address=address)
    return Shared(access.id or 0, link, address)


def read_letters(session: Session, *, viewer: Viewer, period_ref: str) -> Mapping[int, PreviewLetter]:
    """Read what became of the letters about early access to a period, by the number of the early access.

    Raises:
        NotAllowedError: the viewer may not publish.
    """
    require(viewer, Act.PUBLISH)
    rows = session.exec(
        select(Mail)
        .join(EarlyAccess, col(EarlyAccess.id) == col(Mail.early_access_id))
        .join(Period, col(Period.id) == col(EarlyAccess.period_id))
        .where(Period.ref == period_ref)
        .order_by(col(Mail.id))
    )
    return {row.early_access_id or 0: PreviewLetter(row.address, condition_of(row)) for row in rows}


def _given_already(session: Session, viewer: Viewer, period_ref: str, name: str, address: str | None) -> int | None:
    """Give the number of the early access that the same person has by a link that still opens, or None."""
    who, letters = " ".join(clean_text(name).split()), read_letters(session, viewer=viewer, period_ref=period_ref)
    for access in list_early_access(session, viewer=viewer, period_ref=period_ref):
        letter = letters.get(access.id)
        if access.live and (access.name, letter.address if letter else None) == (who, address):
            return access.id
    return None


def _post(session: Session, viewer: Viewer, access: EarlyAccess, *, link: str, address: str) -> None:
    if access.expires_at is None:
        return
    period = session.get_one(Period, access.period_id)
    subject, text = wording.preview(period, name=access.name, link=link, until=access.expires_at)
    post(
        session,
        viewer=viewer,
        kind=MailKind.PREVIEW,
        address=address,
        subject=subject,
        text=text,
        early_access_id=access.id,
    )
