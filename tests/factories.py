"""Rows for tests: each function adds one row, with what it stands on, and gives its id.

Every argument has a default that makes a valid row, and what must be unique is numbered. A parent that is not given is
made. What a function does not name can still be set with `more`, by the column's name, and is else an ordinary value.
"""

import hashlib
import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from pydantic.fields import FieldInfo
from sqlmodel import Session, SQLModel

from db import models
from db.types import (
    CharterState,
    Continuity,
    IncomeBand,
    Meaning,
    Measure,
    OrganisationKind,
    OwedBy,
    PeriodState,
    Role,
    SelfAssessmentState,
)

DAY = date(2026, 4, 1)
MOMENT = datetime(2026, 4, 1, 9, 30, 15, 123456, tzinfo=UTC)
Id = int | None  # None: a row is made
Words = str | None  # None: a value that no other row has
_numbers = itertools.count(1)


class CommitmentIds(NamedTuple):
    """A commitment and its first version."""

    id: int
    version_id: int


def add(session: Session, table: type[SQLModel], values: Mapping[str, object]) -> int:
    """Add a row and give its key. A column that must have a value, and was given none, gets an ordinary one.

    The row is written as it is, without an object for it in the session: that takes a quarter of the time, of which the
    tests spent a seventh here.
    """
    session.flush()
    target = SQLModel.metadata.tables[str(table.__tablename__)]
    others = {name: _other(field) for name, field in table.model_fields.items() if name not in values}
    row = {**others, **values}
    for column in target.primary_key:
        if row[column.name] is None:  # the store gives it
            del row[column.name]
    key = session.connection().execute(target.insert(), row).inserted_primary_key
    assert key is not None
    return int(key[0])


def _other(field: FieldInfo) -> object:
    return ordinary(field.annotation) if field.is_required() else field.get_default(call_default_factory=True)


def ordinary(kind: object) -> object:
    """Give an ordinary value: of a closed list of words, the first."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    values: dict[object, object] = {
        str: "Words",
        int: 1,
        bool: True,
        float: 1 / 3,
        Decimal: Decimal("1234567.8901"),
        bytes: b"%PDF-1.7",
        date: DAY,
        datetime: MOMENT,
    }
    return values[kind]


def number() -> int:
    """Give a number that no other row of this test run has."""
    return next(_numbers)


def digest() -> str:
    """Give a digest like a token's, which no other row has."""
    return hashlib.sha256(str(number()).encode()).hexdigest()


def charter(session: Session, *, ref: Words = None, state: CharterState = CharterState.ASSESSED, **more: object) -> int:
    values = {"ref": ref or f"charter-{number()}", "state": state}
    return add(session, models.Charter, values | more)


def theme(session: Session, *, charter_id: Id = None, ref: Words = None, scored: bool = True, **more: object) -> int:
    n = number()
    values = {"charter_id": charter_id or charter(session), "ref": ref or f"theme-{n}", "position": n, "scored": scored}
    return add(session, models.Theme, values | more)


def strand(session: Session, *, theme_id: Id = None, ref: Words = None, **more: object) -> int:
    n = number()
    values = {"ref": ref or f"strand-{n}", "position": n}
    return add(session, models.Strand, {"theme_id": theme_id or theme(session)} | values | more)


def commitment(
    session: Session,
    *,
    ref: Words = None,
    strand_id: Id = None,
    continuity: Continuity = Continuity.STANDING,
    owed_by: OwedBy = OwedBy.NAMED_BODIES,
    core: bool = True,
    **more: object,
) -> CommitmentIds:
    """Add a commitment and its first version; `more` goes to the version."""
    strand_id = strand_id or strand(session)
    n = number()
    values = {
        "ref": ref or f"ENG-DIA-{n}",
        "charter_id": session.get_one(models.Theme, session.get_one(models.Strand, strand_id).theme_id).charter_id,
        "strand_id": strand_id,
        "position": n,
        "continuity": continuity,
    }
    made = add(session, models.Commitment, values)
    wording = version(session, commitment_id=made, number=1, meaning=Meaning.FIRST, owed_by=owed_by, core=core, **more)
    return CommitmentIds(made, wording)


def version(
    session: Session,
    *,
    commitment_id: int,
    number: int = 2,
    meaning: Meaning = Meaning.SAME,
    owed_by: OwedBy = OwedBy.NAMED_BODIES,
    core: bool = True,
    **more: object,
) -> int:
    values = {
        "commitment_id": commitment_id,
        "number": number,
        "meaning": meaning,
        "owed_by": owed_by,
        "core": core,
        "experience_question": "How far did you see this?",
    }
    return add(session, models.CommitmentVersion, values | more)


def adoption(session: Session, *, commitment_id: Id = None, organisation_id: Id = None, adopted_on: date = DAY) -> int:
    values = {
        "commitment_id": commitment_id or commitment(session).id,
        "organisation_id": organisation_id or organisation(session, kind=OrganisationKind.COUNCIL),
        "adopted_on": adopted_on,
    }
    return add(session, models.Adoption, values)


def ward(session: Session, *, code: Words = None, name: str = "A ward", **more: object) -> int:
    return add(session, models.Ward, {"code": code or f"E{number():08}", "name": name} | more)


def organisation(
    session: Session,
    *,
    ref: Words = None,
    name: Words = None,
    kind: OrganisationKind = OrganisationKind.VOLUNTARY,
    income_band: IncomeBand = IncomeBand.NOT_KNOWN,
    **more: object,
) -> int:
    n = number()
    values = {"ref": ref or f"OWN-{n}", "name": name or f"Organisation {n}", "kind": kind, "income_band": income_band}
    return add(session, models.Organisation, values | more)


def period(
    session: Session, *, ref: Words = None, charter_id: Id = None, state: PeriodState = PeriodState.OPEN, **more: object
) -> int:
    n = number()
    values = {
        "ref": ref or f"p{n}",
        "title": f"Period {n}",
        "charter_id": charter_id or charter(session),
        "opens_on": DAY,
        "closes_on": DAY + timedelta(days=90),
        "state": state,
    }
    return add(session, models.Period, values | more)


def asked(session: Session, *, period_id: Id = None, version_id: Id = None) -> int:
    values = {
        "period_id": period_id or period(session),
        "commitment_version_id": version_id or commitment(session).version_id,
    }
    return add(session, models.AskedCommitment, values)


def invitation(session: Session, *, period_id: Id = None, organisation_id: Id = None, **more: object) -> int:
    values = {"period_id": period_id or period(session), "organisation_id": organisation_id or organisation(session)}
    return add(session, models.Invitation, values | more)


def invitation_link(session: Session, *, invitation_id: Id = None, token_digest: Words = None, **more: object) -> int:
    values = {"invitation_id": invitation_id or invitation(session), "token_digest": token_digest or digest()}
    return add(session, models.InvitationLink, values | more)


def self_assessment(
    session: Session,
    *,
    period_id: Id = None,
    organisation_id: Id = None,
    state: SelfAssessmentState = SelfAssessmentState.DRAFT,
    **more: object,
) -> int:
    values = {
        "ref": f"SA-{number():08}",
        "period_id": period_id or period(session),
        "organisation_id": organisation_id or organisation(session),
        "state": state,
    }
    return add(session, models.SelfAssessment, values | more)


def answer(
    session: Session,
    *,
    self_assessment_id: Id = None,
    version_id: Id = None,
    measure: Measure = Measure.EXPERIENCE,
    level: int | None = None,
    **more: object,
) -> int:
    values = {
        "self_assessment_id": self_assessment_id or self_assessment(session),
        "commitment_version_id": version_id or commitment(session).version_id,
        "measure": measure,
        "level": level,
    }
    return add(session, models.Answer, values | more)


def account(session: Session, *, email: Words = None, name: str = "A person", **more: object) -> int:
    values = {"email": email or f"person{number()}@example.org", "name": name}
    return add(session, models.Account, values | more)


def grant(session: Session, *, account_id: Id = None, role: Role = Role.PARTNER, organisation_id: Id = None) -> int:
    """Grant a role; a partner without an organisation gets a new one."""
    if role is Role.PARTNER:
        organisation_id = organisation_id or organisation(session)
    values = {"account_id": account_id or account(session), "role": role, "organisation_id": organisation_id}
    return add(session, models.AccountGrant, values)


def account_session(session: Session, *, account_id: Id = None, invitation_link_id: Id = None, **more: object) -> int:
    """Open a session by account, or by an invitation link if one is given."""
    if invitation_link_id is None:
        account_id = account_id or account(session)
    values = {
        "token_digest": digest(),
        "account_id": account_id,
        "invitation_link_id": invitation_link_id,
        "expires_at": MOMENT + timedelta(hours=12),
    }
    return add(session, models.AccountSession, values | more)


def release(session: Session, *, period_id: Id = None, ref: Words = None, **more: object) -> int:
    values = {
        "ref": ref or f"r{number()}",
        "period_id": period_id or period(session),
        "number": 1,
        "threshold": 10,
        "made_up": False,
    }
    return add(session, models.Release, values | more)
