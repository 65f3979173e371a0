"""The made-up people of the demonstration: their accounts, with passwords drawn anew for each store."""

import secrets

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from charter import clock
from charter.accounts import add_account
from charter.links import issue_link
from charter.passwords import hash_password
from charter.rules.access import Viewer
from charter.words import MADE_UP_MARK
from db.models import Account, Invitation, Organisation, Period, SelfAssessment
from db.types import VCFSE_KINDS, Role, SelfAssessmentState

DOMAIN = "demonstration.example"  # a domain that no one can own, so that no mail goes astray
COORDINATOR_EMAIL = f"coordinator@{DOMAIN}"
_PASSWORD_BYTES = 12


def add_people(session: Session, *, viewer: Viewer, period_ref: str) -> tuple[str, ...]:
    """Add one made-up account for each role, and a link for a group that has not started.

    The accounts share one password: they are one newcomer's, and hashing each took longer than all the figures.

    Returns:
        A line for each, with what one needs to use it. Passwords and links are kept nowhere in the store.
    """
    drafting = _group_with_a_draft(session, period_ref)
    people = (
        ("coordinator", Role.COORDINATOR, "", "the CVS coordinator"),
        ("reviewer", Role.REVIEWER, "", "of the monitoring group"),
        ("administrator", Role.ADMINISTRATOR, "", "the administrator"),
        ("council", Role.PARTNER, "DEMO-COUNCIL", "a partner, for Riverbank Council"),
        ("police", Role.PARTNER, "DEMO-POLICE", "a partner, for Riverbank Police, whose answers were sent back"),
        ("neighbourhood", Role.PARTNER, "DEMO-POLICE", "who drafts a part of the answers of Riverbank Police"),
        ("group", Role.PARTNER, drafting.ref, f"a partner, for {drafting.name}"),
    )
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    hashed = hash_password(password)
    lines = []
    for name, role, organisation_ref, what in people:
        email = f"{name}@{DOMAIN}"
        add_account(
            session,
            viewer=viewer,
            email=email,
            role=role,
            organisation_ref=organisation_ref,
            name=f"{name.capitalize()} {MADE_UP_MARK}",
        )
        account = session.exec(select(Account).where(Account.email == email)).one()
        account.made_up, account.password_hash = True, hashed
        account.password_changed_at = clock.now()
        lines.append(f"{email:42} {password:18} {what}")
    invitation, organisation = _invitation_not_started(session, period_ref)
    token = issue_link(session, viewer=viewer, invitation_id=invitation.id or 0)
    lines.append(f"/link/{token}  opens the form of {organisation.name}")
    return tuple(lines)


def _group_with_a_draft(session: Session, period_ref: str) -> Organisation:
    earlier = aliased(SelfAssessment)
    # Its page has most to show if it answered in the years before too.
    answered = (
        select(func.count(col(earlier.id)))
        .where(col(earlier.organisation_id) == col(Organisation.id))
        .correlate(Organisation)
        .scalar_subquery()
    )
    statement = (
        select(Organisation)
        .join(SelfAssessment, col(SelfAssessment.organisation_id) == Organisation.id)
        .join(Period, col(Period.id) == SelfAssessment.period_id)
        .where(
            Period.ref == period_ref,
            SelfAssessment.state == SelfAssessmentState.DRAFT,
            col(Organisation.kind).in_(VCFSE_KINDS),
        )
        .order_by(answered.desc(), col(Organisation.id))
    )
    organisation = session.exec(statement).first()
    if organisation is None:
        raise LookupError("the demonstration's open period has no draft")
    return organisation


def _invitation_not_started(session: Session, period_ref: str) -> tuple[Invitation, Organisation]:
    started = (
        select(SelfAssessment.organisation_id)
        .join(Period, col(Period.id) == SelfAssessment.period_id)
        .where(Period.ref == period_ref)
    )
    statement = (
        select(Invitation, Organisation)
        .join(Organisation, col(Organisation.id) == Invitation.organisation_id)
        .join(Period, col(Period.id) == Invitation.period_id)
        .where(
            Period.ref == period_ref,
            col(Organisation.kind).in_(VCFSE_KINDS),
            col(Organisation.id).not_in(started),
        )
        .order_by(col(Organisation.id))
    )
    found = session.exec(statement).first()
    if found is None:
        raise LookupError("every group of the demonstration's open period has started")
    return found
