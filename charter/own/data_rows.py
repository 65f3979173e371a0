"""The rows about an organisation, as plain values: no keys of the store, no secrets, nobody else's data."""

import json
from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from charter.own.forgetting import invitations_of
from charter.own.people import people_with_addresses
from db.models import (
    Account,
    AccountSession,
    Adoption,
    AuditDetail,
    AuditEntry,
    Champion,
    Charter,
    Commitment,
    Deck,
    DeckSlide,
    EarlyAccess,
    Invitation,
    InvitationLink,
    LinkRequest,
    Mail,
    Organisation,
    Period,
    PeriodText,
    Release,
    ReleaseInput,
    Signatory,
    Theme,
    Ward,
    YouSaid,
)

Held = dict[str, object]
_SECRET = frozenset({"password_hash", "token_digest", "stop_digest", "message_id"})


def plain_row(row: SQLModel, **more: object) -> Held:
    """Give a row's values, without keys of the store and digests of secrets, and what else is said of it."""
    values = row.model_dump()
    kept = {name: value for name, value in values.items() if name not in _SECRET and not _is_key(name)}
    return {**kept, **more}


def contact_held(session: Session, organisation_id: int) -> Held:
    """Give the organisation itself, its champions, its invitations, and the e-mails that were sent to it."""
    row, ward = session.execute(
        sa.select(Organisation, col(Ward.name))
        .outerjoin(Ward, col(Ward.id) == col(Organisation.ward_id))
        .where(col(Organisation.id) == organisation_id)
    ).one()
    champions = session.exec(select(Champion).where(Champion.organisation_id == organisation_id))
    invitations = invitations_of(organisation_id)
    mails = session.exec(select(Mail).where(col(Mail.invitation_id).in_(invitations)).order_by(col(Mail.created_at)))
    return {
        "organisation": plain_row(row, ward=ward),
        "champions": [plain_row(each) for each in champions],
        "invitations": _invitations(session, organisation_id),
        "emails": [plain_row(each) for each in mails],
    }


def _invitations(session: Session, organisation_id: int) -> list[Held]:
    rows = session.exec(
        select(Invitation, Period.ref)
        .join(Period, col(Period.id) == col(Invitation.period_id))
        .where(Invitation.organisation_id == organisation_id)
        .order_by(col(Period.opens_on))
    ).all()
    keys = invitations_of(organisation_id)
    links = session.exec(select(InvitationLink).where(col(InvitationLink.invitation_id).in_(keys))).all()
    asked = session.exec(select(LinkRequest).where(col(LinkRequest.invitation_id).in_(keys))).all()
    return [
        plain_row(
            row,
            period=period,
            links=[plain_row(link) for link in links if link.invitation_id == row.id],
            links_asked_for=[plain_row(each) for each in asked if each.invitation_id == row.id],
        )
        for row, period in rows
    ]


def signatures_held(session: Session, organisation_id: int) -> list[Held]:
    """Give which charters it signed, and which promises it adopted of each."""
    adopted = session.exec(
        select(Adoption, Commitment.ref, Commitment.charter_id)
        .join(Commitment, col(Commitment.id) == col(Adoption.commitment_id))
        .where(Adoption.organisation_id == organisation_id)
    ).all()
    signed = session.exec(
        select(Signatory, Charter)
        .join(Charter, col(Charter.id) == col(Signatory.charter_id))
        .where(Signatory.organisation_id == organisation_id)
    ).all()
    return [
        plain_row(
            row,
            charter=charter.ref,
            adopted=[
                {"commitment": ref, "adopted_on": each.adopted_on} for each, ref, of in adopted if of == charter.id
            ],
        )
        for row, charter in signed
    ]


def people_held(session: Session, organisation_id: int) -> list[Held]:
    """Give the accounts of its people, with e-mails to them, when they signed in, and the decks that they arranged.

    Of an account that is used elsewhere too, only who it is: the rest is not about this organisation alone.
    """
    people = people_with_addresses(session, organisation_id)
    alone = {person.account_id: person.directorate for person in people if not person.elsewhere}
    keys = list(alone)
    accounts = session.exec(select(Account).where(col(Account.id).in_(keys))).all()
    sessions = session.exec(select(AccountSession).where(col(AccountSession.account_id).in_(keys))).all()
    mails = session.exec(select(Mail).where(col(Mail.account_id).in_(keys))).all()
    decks = session.exec(select(Deck).where(col(Deck.account_id).in_(keys))).all()
    in_decks = [deck.id for deck in decks]
    slides = session.exec(select(DeckSlide).where(col(DeckSlide.deck_id).in_(in_decks))).all()
    found: list[Held] = [
        {"name": person.name, "email": person.email, "directorate": person.directorate}
        for person in people
        if person.elsewhere
    ]
    found += [
        plain_row(
            account,
            directorate=alone[account.id or 0],
            sessions=[plain_row(each) for each in sessions if each.account_id == account.id],
            emails=[plain_row(each) for each in mails if each.account_id == account.id],
            decks=[
                plain_row(deck, slides=[plain_row(each) for each in slides if each.deck_id == deck.id])
                for deck in decks
                if deck.account_id == account.id
            ],
        )
        for account in accounts
    ]
    return found


def promises_held(session: Session, organisation_id: int) -> Held:
    """Give what it promised, its replies, and when it looked before others."""
    promised = session.exec(
        select(YouSaid, Period.ref, Theme.ref)
        .join(Period, col(Period.id) == col(YouSaid.period_id))
        .join(Theme, col(Theme.id) == col(YouSaid.theme_id))
        .where(YouSaid.organisation_id == organisation_id)
    )
    words = _by_period(session, PeriodText, organisation_id)
    looked = _by_period(session, EarlyAccess, organisation_id)
    return {
        "you_said_we_will": [plain_row(row, period=period, theme=theme) for row, period, theme in promised],
        "replies": words,
        "seen_before_publishing": looked,
    }


def _by_period(session: Session, table: type[PeriodText | EarlyAccess], organisation_id: int) -> list[Held]:
    rows = session.execute(
        sa.select(table, Period)
        .join(Period, col(Period.id) == col(table.period_id))
        .where(col(table.organisation_id) == organisation_id)
    )
    return [plain_row(row[0], period=row[1].ref) for row in rows]


def releases_held(session: Session, organisation_id: int) -> list[Held]:
    """Give what each release kept of it: its kind, income band and ward as they were, and whether it counted."""
    rows = session.exec(
        select(ReleaseInput, Release.ref)
        .join(Release, col(Release.id) == col(ReleaseInput.release_id))
        .where(ReleaseInput.organisation_id == organisation_id)
        .order_by(col(Release.published_at))
    )
    return [plain_row(row, release=ref) for row, ref in rows]


def audit_held(session: Session, organisation_id: int, about: sa.ColumnElement[bool]) -> list[Held]:
    """Give the audit log's entries about it. What is said in them of those who are not its people is left out."""
    people = {person.account_id for person in people_with_addresses(session, organisation_id)}
    rows = session.execute(
        sa.select(AuditEntry, col(AuditDetail.detail))
        .outerjoin(AuditDetail, col(AuditDetail.number) == col(AuditEntry.number))
        .where(about)
        .order_by(col(AuditEntry.number))
    )
    return [_entry(entry, detail, people=people) for entry, detail in rows]


def _entry(entry: AuditEntry, detail: str | None, *, people: set[int]) -> Held:
    own = entry.account_id in people or entry.actor == "invitation link"
    said: Mapping[str, object] = json.loads(detail) if detail and own else {}
    return {
        "number": entry.number,
        "at": entry.at,
        "by": "your people" if own else "others",
        "act": entry.act,
        "subject": entry.subject,
        "detail": said,
    }


def _is_key(name: str) -> bool:
    return name == "id" or name.endswith("_id")
