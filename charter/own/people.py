"""The people of an organisation: who can sign in for it, and taking one of them away."""

from dataclasses import dataclass

from sqlmodel import Session, col, delete, func, select

from charter import audit
from charter.accounts import roles_of
from charter.drafters import people_of
from charter.drafting import require_lead
from charter.own.forgetting import forget_account, without_address
from charter.own.forgetting_concerns import take_officers_away
from charter.questions import side_of
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError, RefusedError
from db.models import Account, AccountGrant, DraftingPart, Organisation
from db.types import Role, Side


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in for an organisation.

    Attributes:
        directorate: the part of a public body that the person drafts for; empty for a lead.
        shut: whether the account cannot sign in at the moment.
        elsewhere: whether the account is used for something else too, so that it stays when it leaves here.
    """

    account_id: int
    name: str
    email: str
    directorate: str
    shut: bool
    elsewhere: bool


def list_people(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[Person, ...]:
    """Read everybody who can sign in for an organisation, by name.

    Raises:
        NotAllowedError: the organisation is not the viewer's.
    """
    require(viewer, Act.READ_OWN, organisation_id=organisation_id)
    return people_with_addresses(session, organisation_id)


def people_with_addresses(session: Session, organisation_id: int) -> tuple[Person, ...]:
    """Read an organisation's people. Whoever calls it has asked who may."""
    grants = (
        select(func.count(col(AccountGrant.id)))
        .where(col(AccountGrant.account_id) == col(Account.id))
        .correlate(Account)
        .scalar_subquery()
    )
    directorate = (
        select(func.max(col(DraftingPart.directorate)))
        .where(col(DraftingPart.account_id) == col(Account.id), col(DraftingPart.organisation_id) == organisation_id)
        .correlate(Account)
        .scalar_subquery()
    )
    rows = session.exec(
        select(Account, directorate, grants)
        .join(AccountGrant, col(AccountGrant.account_id) == col(Account.id))
        .where(col(AccountGrant.role) == Role.PARTNER, col(AccountGrant.organisation_id) == organisation_id)
        .order_by(col(Account.name), col(Account.id))
    )
    return tuple(
        Person(row.id or 0, row.name, row.email, part or "", row.disabled_at is not None, held > 1)
        for row, part, held in rows
    )


def remove_person(session: Session, *, viewer: Viewer, organisation_id: int, account_id: int) -> bool:
    """Take a person away from an organisation, and forget who it was unless their account is used elsewhere too.

    What they sent for the organisation, and what was published of it, stays.

    Args:
        session: a writing session.
        viewer: who asks; for a public body, one of its leads. Anybody may take themselves away.
        organisation_id: the organisation.
        account_id: the person's account.

    Returns:
        Whether the account was forgotten. If not, only its access to this organisation was taken away.

    Raises:
        NotAllowedError: the organisation is not the viewer's.
        NotFoundError: the person is not of this organisation, or somebody was quicker.
        RefusedError: the viewer drafts a part of the answers only, or nobody would be left who sends them.
    """
    require(viewer, Act.REMOVE_OWN_DATA, organisation_id=organisation_id)
    if account_id != viewer.account_id:
        require_lead(session, viewer=viewer, organisation_id=organisation_id)
    account, ref = _locked(session, organisation_id, account_id)
    _require_lead_left(session, organisation_id, account_id)
    before = roles_of(session, account)
    mine = col(AccountGrant.organisation_id) == organisation_id
    session.exec(delete(AccountGrant).where(col(AccountGrant.account_id) == account_id, mine))
    session.exec(
        delete(DraftingPart).where(
            col(DraftingPart.account_id) == account_id, col(DraftingPart.organisation_id) == organisation_id
        )
    )
    held = session.exec(select(AccountGrant.id).where(col(AccountGrant.account_id) == account_id)).first()
    if held is None:
        take_officers_away(session, organisation_id=organisation_id, name=account.name)
        forget_account(session, account, organisation_id=organisation_id)
    # Nothing new is to be kept of the person: those who take themselves away leave no network address behind.
    who = without_address(viewer) if account_id == viewer.account_id else viewer
    detail = {"organisation": ref, **audit.changes({"roles": before}, {"roles": roles_of(session, account)})}
    audit.record(session, who, act="person_removed", subject=f"account {account_id}", detail=detail)
    return held is None


def _locked(session: Session, organisation_id: int, account_id: int) -> tuple[Account, str]:
    row = session.exec(
        select(Account, Organisation)
        .join(AccountGrant, col(AccountGrant.account_id) == col(Account.id))
        .join(Organisation, col(Organisation.id) == col(AccountGrant.organisation_id))
        .where(Account.id == account_id, Organisation.id == organisation_id, col(AccountGrant.role) == Role.PARTNER)
        .with_for_update()
    ).first()
    if row is None:
        raise NotFoundError("This person does not answer for your organisation any more. Nothing was changed.")
    return row[0], row[1].ref


def _require_lead_left(session: Session, organisation_id: int, account_id: int) -> None:
    """Those who draft parts cannot send: where they are left alone, a public body's answers would never arrive."""
    if side_of(session.get_one(Organisation, organisation_id).kind) is Side.VCFSE:
        return
    left = [each for each in people_of(session, organisation_id) if each.account_id != account_id]
    if left and not any(each.leads for each in left):
        raise RefusedError(
            "Nobody would be left who can send the answers: make another person a lead first. Nothing was changed."
        )
