"""What else belongs to a duplicate and moves: people, signatures, champions, evidence, actions, concerns, parts."""

from datetime import timedelta
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter import clock
from db.models import (
    AccountGrant,
    Action,
    ActionOwner,
    Adoption,
    AwardedGrant,
    Champion,
    Concern,
    ConcernReply,
    DraftingPart,
    Evidence,
    Indicator,
    Organisation,
    RegisterEntry,
    Signatory,
)
from db.types import IncomeBand

_REASON_LIMIT = 300  # characters
_Owned = TypeVar("_Owned", Signatory, Champion, Adoption)
_FETCH = {"synchronize_session": "fetch"}


def move_belongings(session: Session, duplicate: Organisation, into: Organisation) -> None:
    """Move what belongs to a duplicate to the organisation that it is, without making anything stand there twice."""
    here, there = duplicate.id or 0, into.id or 0
    _fill_gaps(duplicate, into)
    _move_rights(session, here, there)
    _move_signatures(session, here, there, into.name)
    _move_champions(session, here, there)
    _name_doers_once(session, here, there)
    for table in (Evidence, Action, ActionOwner, Indicator, AwardedGrant):
        session.execute(
            sa.update(table).where(col(table.organisation_id) == here).values(organisation_id=there),
            execution_options=_FETCH,
        )
    _move_concerns(session, here, there)
    _move_register_entry(session, here, there)
    _move_adoptions(session, here, there)
    _move_parts(session, duplicate, into)
    session.flush()


def gives_place(duplicate: Organisation, into: Organisation) -> bool:
    """Tell whether the duplicate gives the other its ward or its income, by which figures count it."""
    ward = into.ward_id is None and duplicate.ward_id is not None
    return ward or (into.income_band is IncomeBand.NOT_KNOWN and duplicate.income_band is not IncomeBand.NOT_KNOWN)


def owes_by_name(session: Session, organisation: Organisation) -> bool:
    """Tell whether an organisation owes a commitment by its name, and so was asked about it in each review."""
    owed = select(Adoption.id).where(Adoption.organisation_id == organisation.id).limit(1)
    return session.exec(owed).first() is not None


def _fill_gaps(duplicate: Organisation, into: Organisation) -> None:
    if not into.email and duplicate.email:
        # Whoever reads mail at this address may have asked for no more reminders.
        into.email, into.reminders_stopped_at = duplicate.email, duplicate.reminders_stopped_at
    into.phone = into.phone or duplicate.phone
    into.ward_id = into.ward_id or duplicate.ward_id
    if into.income_band is IncomeBand.NOT_KNOWN:
        into.income_band = duplicate.income_band


def _move_rights(session: Session, here: int, there: int) -> None:
    held = set(session.exec(select(AccountGrant.account_id).where(AccountGrant.organisation_id == there)))
    for grant in session.exec(select(AccountGrant).where(AccountGrant.organisation_id == here)).all():
        if grant.account_id in held:
            session.delete(grant)
        else:
            grant.organisation_id = there
    parts = select(DraftingPart.account_id, DraftingPart.strand_id).where(DraftingPart.organisation_id == there)
    drafted = set(session.exec(parts))
    for part in session.exec(select(DraftingPart).where(DraftingPart.organisation_id == here)).all():
        # Whoever answers everything for the one does not come to draft a part alone, through the other.
        if part.account_id in held or (part.account_id, part.strand_id) in drafted:
            session.delete(part)
        else:
            part.organisation_id = there


def _move_signatures(session: Session, here: int, there: int, into_name: str) -> None:
    """Move each signature; of two under one charter the earlier day counts, and the duplicate's own has left."""
    kept = {row.charter_id: row for row in _all(session, Signatory, there)}
    for row in _all(session, Signatory, here):
        own = kept.get(row.charter_id)
        if own is None:
            row.organisation_id = there
        elif row.left_on is None:
            own.signed_on = row.signed_on if own.left_on else min(own.signed_on, row.signed_on)
            own.left_on = own.left_reason = None
            row.left_on = max(clock.today(), row.signed_on)
            row.left_reason = f"Merged into {into_name}"[:_REASON_LIMIT]
    # Nobody signs through itself.
    session.flush()
    session.execute(
        sa.update(Signatory).where(col(Signatory.through_id) == here).values(through_id=there),
        execution_options=_FETCH,
    )
    own_name = (col(Signatory.organisation_id) == there) & (col(Signatory.through_id) == there)
    session.execute(sa.update(Signatory).where(own_name).values(through_id=None), execution_options=_FETCH)


def _move_champions(session: Session, here: int, there: int) -> None:
    """Move the champions; where both have one now, the duplicate's ends: a body has one at a time."""
    has_one = any(row.until is None for row in _all(session, Champion, there))
    for row in _all(session, Champion, here):
        row.organisation_id = there
        if has_one and row.until is None:
            row.until = max(row.since, clock.today() - timedelta(days=1))


def _move_concerns(session: Session, here: int, there: int) -> None:
    """Move both ends of concerns. One between the two stays in both names, as do its answers."""
    both = (here, there)
    ends = ((Concern.raised_by_id, Concern.about_id), (Concern.about_id, Concern.raised_by_id))
    for end, other in ends:
        moved = sa.update(Concern).where(col(end) == here, col(other) != there).values({col(end): there})
        session.execute(moved, execution_options=_FETCH)
    between = sa.select(col(Concern.id)).where(col(Concern.raised_by_id).in_(both), col(Concern.about_id).in_(both))
    replies = sa.update(ConcernReply).where(
        col(ConcernReply.organisation_id) == here, col(ConcernReply.concern_id).not_in(between)
    )
    session.execute(replies.values(organisation_id=there), execution_options=_FETCH)


def _name_doers_once(session: Session, here: int, there: int) -> None:
    """Take the duplicate's name out of actions that name the other one too."""
    named = sa.select(col(ActionOwner.action_id)).where(col(ActionOwner.organisation_id) == there)
    twice = col(ActionOwner.action_id).in_(named)
    session.execute(sa.delete(ActionOwner).where(col(ActionOwner.organisation_id) == here, twice))


def _move_register_entry(session: Session, here: int, there: int) -> None:
    """Move what the charity register says of the duplicate, unless it says something of the other."""
    entry = session.exec(select(RegisterEntry).where(RegisterEntry.organisation_id == here)).first()
    own = session.exec(select(RegisterEntry).where(RegisterEntry.organisation_id == there)).first()
    if entry is not None and own is None:
        entry.organisation_id = there


def _move_adoptions(session: Session, here: int, there: int) -> None:
    kept = {row.commitment_id: row for row in _all(session, Adoption, there)}
    for row in _all(session, Adoption, here):
        own = kept.get(row.commitment_id)
        if own is None:
            row.organisation_id = there
        else:
            own.adopted_on = min(own.adopted_on, row.adopted_on)


def _move_parts(session: Session, duplicate: Organisation, into: Organisation) -> None:
    """Let the parts of the duplicate be parts of the other, and let nothing be a part of itself."""
    for name in ("part_of_id", "successor_id"):
        if getattr(into, name) == duplicate.id:
            setattr(into, name, None)
        column = col(getattr(Organisation, name))
        session.flush()
        session.execute(
            sa.update(Organisation).where(column == duplicate.id).values({name: into.id}), execution_options=_FETCH
        )


def _all(session: Session, table: type[_Owned], organisation_id: int) -> list[_Owned]:
    return list(session.exec(select(table).where(table.organisation_id == organisation_id)))
