"""The list of responses: who is invited, where they stand, and when they were last written to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Row, Select, Subquery, case, func
from sqlmodel import Session, col, select

from charter.assisted import AssistedBy
from charter.mail.keeping_out import KEPT_OUT
from charter.pages_of_rows import PAGE_SIZE, Slice, has_words, slice_of
from charter.responses.wanted import Order, Status, Wanted, Written
from charter.rules.access import Act, Viewer, require
from db.models import Account, Assistance, Invitation, Mail, Organisation, SelfAssessment, Ward
from db.types import (
    PUBLIC_KINDS,
    VCFSE_KINDS,
    MailKind,
    MailState,
    OrganisationKind,
    SelfAssessmentState,
    Side,
)

_TROUBLE = (MailState.FAILED, MailState.BOUNCED)
_TO_GROUPS = (MailKind.INVITATION, MailKind.REMINDER, MailKind.NEW_LINK)


@dataclass(frozen=True)
class Response:
    """Where one organisation stands.

    Attributes:
        status: not started, started or sent.
        state: what its self-assessment says of itself, or None where there is none.
        reminded_at: when the last reminder was written, of those that did not come back.
        invited_at: when the last invitation was, likewise.
        trouble: whether an e-mail to it came back or failed and none has been written since.
        assisted: who typed its answers in, if the coordinator did.
    """

    invitation_id: int
    organisation_id: int
    organisation_ref: str
    name: str
    kind: OrganisationKind
    ward: str
    email: str
    phone: str
    status: Status
    state: SelfAssessmentState | None
    submitted_at: datetime | None
    reminded_at: datetime | None
    invited_at: datetime | None
    trouble: bool
    assisted: AssistedBy | None


def list_responses(
    session: Session, *, viewer: Viewer, period_id: int, wanted: Wanted, page: int = 1, size: int = PAGE_SIZE
) -> Slice[Response]:
    """Read one page of those on a period's list.

    Args:
        session: a session.
        viewer: who asks.
        period_id: the period.
        wanted: what is looked for, and in which order.
        page: which page, from 1.
        size: how many rows a page has.

    Raises:
        NotAllowedError: the viewer may not see who answered.
    """
    require(viewer, Act.READ_RESPONSES)
    mails = _last_mails(period_id)
    statement = _rows(period_id, mails).where(*_conditions(wanted, mails))
    found = slice_of(session, statement, *_order(wanted.order, mails), page=page, size=size)
    return found.of(tuple(_response(row) for row in found.rows))


def count_matching(session: Session, *, viewer: Viewer, period_id: int, wanted: Wanted) -> int:
    """Count those on a period's list who match what is looked for.

    Raises:
        NotAllowedError: the viewer may not see who answered.
    """
    require(viewer, Act.READ_RESPONSES)
    mails = _last_mails(period_id)
    found = _rows(period_id, mails).where(*_conditions(wanted, mails))
    return int(session.execute(found.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one())


def list_wards(session: Session, *, viewer: Viewer, period_id: int) -> tuple[str, ...]:
    """Read the names of the wards in which those on the list are.

    Raises:
        NotAllowedError: the viewer may not see who answered.
    """
    require(viewer, Act.READ_RESPONSES)
    statement = (
        select(Ward.name)
        .join(Organisation, col(Organisation.ward_id) == col(Ward.id))
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .where(Invitation.period_id == period_id, col(Invitation.removed_at).is_(None))
        .distinct()
        .order_by(col(Ward.name))
    )
    return tuple(session.exec(statement))


def _last_mails(period_id: int) -> Subquery:
    """Give, for each invitation, when it was last reminded and invited, and when an e-mail last failed."""
    went = col(Mail.state).not_in(_TROUBLE)
    failed = ~went & col(Mail.failure).not_in(KEPT_OUT)

    def newest(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.max(case((condition, col(Mail.created_at))))

    return (
        sa.select(
            col(Mail.invitation_id),
            newest(went & (col(Mail.kind) == MailKind.REMINDER)).label("reminded_at"),
            newest(went & (col(Mail.kind) == MailKind.INVITATION)).label("invited_at"),
            newest(went).label("went_at"),
            newest(failed).label("failed_at"),
        )
        .join(Invitation, col(Invitation.id) == col(Mail.invitation_id))
        .where(col(Invitation.period_id) == period_id, col(Mail.kind).in_(_TO_GROUPS))
        .group_by(col(Mail.invitation_id))
        .subquery()
    )


def _rows(period_id: int, mails: Subquery) -> Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Invitation,
            Organisation,
            SelfAssessment,
            Assistance,
            col(Ward.name).label("ward"),
            col(Account.name).label("typed_by"),
            *list(mails.c)[1:],
        )
        .join(Organisation, col(Organisation.id) == col(Invitation.organisation_id))
        .outerjoin(Ward, col(Ward.id) == col(Organisation.ward_id))
        .outerjoin(
            SelfAssessment,
            (col(SelfAssessment.organisation_id) == col(Organisation.id))
            & (col(SelfAssessment.period_id) == col(Invitation.period_id)),
        )
        .outerjoin(Assistance, col(Assistance.self_assessment_id) == col(SelfAssessment.id))
        .outerjoin(Account, col(Account.id) == col(Assistance.account_id))
        .outerjoin(mails, mails.c.invitation_id == col(Invitation.id))
        .where(col(Invitation.period_id) == period_id, col(Invitation.removed_at).is_(None))
    )


def _conditions(wanted: Wanted, mails: Subquery) -> list[ColumnElement[bool]]:
    found = list(has_words(wanted.search, col(Organisation.name), col(Organisation.ref)))
    if wanted.status is not None:
        found.append(_status(wanted.status))
    if wanted.side is not None:
        found.append(col(Organisation.kind).in_(PUBLIC_KINDS if wanted.side is Side.PUBLIC else VCFSE_KINDS))
    if wanted.kind is not None:
        found.append(col(Organisation.kind) == wanted.kind)
    if wanted.income is not None:
        groups = col(Organisation.kind).in_(VCFSE_KINDS)
        found.append(groups & (col(Organisation.income_band) == wanted.income))
    if wanted.ward:
        found.append(col(Ward.name) == wanted.ward)
    if wanted.written is not None:
        found.append(_written(wanted.written, mails))
    return found


def _status(status: Status) -> ColumnElement[bool]:
    begun, draft = col(SelfAssessment.id).is_not(None), col(SelfAssessment.state) == SelfAssessmentState.DRAFT
    match status:
        case Status.NOT_STARTED:
            return ~begun
        case Status.STARTED:
            return begun & draft
        case Status.SENT:
            return begun & ~draft
        case Status.MISSING:
            return ~begun | draft


def _written(written: Written, mails: Subquery) -> ColumnElement[bool]:
    match written:
        case Written.NEVER:
            return mails.c.went_at.is_(None) & mails.c.failed_at.is_(None)
        case Written.REMINDED:
            return mails.c.reminded_at.is_not(None)
        case Written.NOT_REMINDED:
            return mails.c.reminded_at.is_(None)
        case Written.TROUBLE:
            return mails.c.failed_at.is_not(None) & (mails.c.went_at.is_(None) | (mails.c.failed_at > mails.c.went_at))
        case Written.NO_ADDRESS:
            return func.coalesce(col(Organisation.email), "") == ""


def _order(order: Order, mails: Subquery) -> tuple[ColumnElement[Any], ...]:
    last = (func.lower(col(Organisation.name)), sa.type_coerce(col(Organisation.id), sa.Integer))
    match order:
        case Order.NAME:
            return last
        case Order.WARD:
            return (func.coalesce(col(Ward.name), "~"), *last)
        case Order.LAST_REMINDED:
            return (mails.c.reminded_at.asc().nulls_first(), *last)
        case Order.NEWEST:
            return (col(SelfAssessment.submitted_at).desc().nulls_last(), *last)


def _response(row: Row[Any]) -> Response:
    invitation: Invitation = row.Invitation
    organisation: Organisation = row.Organisation
    own: SelfAssessment | None = row.SelfAssessment
    status = _status_of(own)
    return Response(
        invitation_id=invitation.id or 0,
        organisation_id=organisation.id or 0,
        organisation_ref=organisation.ref,
        name=organisation.name,
        kind=organisation.kind,
        ward=row.ward or "",
        email=organisation.email or "",
        phone=organisation.phone or "",
        status=status,
        state=own.state if own else None,
        submitted_at=own.submitted_at if own and status is Status.SENT else None,
        reminded_at=row.reminded_at,
        invited_at=row.invited_at,
        trouble=row.failed_at is not None and (row.went_at is None or row.failed_at > row.went_at),
        assisted=_assisted(row.Assistance, row.typed_by),
    )


def _status_of(own: SelfAssessment | None) -> Status:
    if own is None:
        return Status.NOT_STARTED
    return Status.STARTED if own.state is SelfAssessmentState.DRAFT else Status.SENT


def _assisted(row: Assistance | None, typed_by: str | None) -> AssistedBy | None:
    return AssistedBy(typed_by or "", row.how, row.spoke_to, row.began_at) if row else None
