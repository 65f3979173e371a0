"""Who drafts which part of a public body's answers, and who leads and sends."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from charter.assessments import organisation_row
from charter.rules.access import Act, Viewer, require
from db.models import (
    Account,
    AccountGrant,
    AskedCommitment,
    Charter,
    Commitment,
    CommitmentVersion,
    DraftingPart,
    Organisation,
    Period,
    Strand,
    Theme,
)
from db.types import PUBLIC_KINDS, CharterState, Role


@dataclass(frozen=True)
class Drafter:
    """A person of a public body. One without strands is a lead.

    Attributes:
        account_id: the person's account.
        name: how the person is called on the screen.
        directorate: for which part of the body the person drafts; empty for a lead.
        strand_ids: the strands that the person drafts.
    """

    account_id: int
    name: str
    directorate: str = ""
    strand_ids: frozenset[int] = frozenset()

    @property
    def leads(self) -> bool:
        """Whether the person answers everything, and sends."""
        return not self.strand_ids


@dataclass(frozen=True)
class StrandAsked:
    """A strand that a period asks about, with the versions of the commitments in it that it asks about."""

    id: int
    title: str
    version_ids: frozenset[int]


@dataclass(frozen=True)
class Drafting:
    """Who drafts which part of a body's answers.

    Attributes:
        people: everybody who answers for the body, by name.
        strands: the strands that the period asks about, in the order of the charter.
        own_id: the account of whoever asks, or None.
    """

    people: tuple[Drafter, ...] = ()
    strands: tuple[StrandAsked, ...] = ()
    own_id: int | None = None

    @property
    def own(self) -> Drafter | None:
        """Whoever asks, where they draft a part; None for a lead, and for anybody else."""
        return next((each for each in self.people if each.account_id == self.own_id and not each.leads), None)

    @property
    def leads(self) -> tuple[Drafter, ...]:
        """Those who send."""
        return tuple(each for each in self.people if each.leads)

    def drafters(self, version_id: int) -> tuple[Drafter, ...]:
        """Give those who draft the part that a version of a commitment is in."""
        strands = {strand.id for strand in self.strands if version_id in strand.version_ids}
        return tuple(each for each in self.people if each.strand_ids & strands)

    def may_answer(self, version_id: int) -> bool:
        """Tell whether whoever asks may answer a question: those who draft a part, only in it."""
        return self.own is None or self.own in self.drafters(version_id)


def read_drafting(session: Session, *, viewer: Viewer, organisation_id: int, period_id: int) -> Drafting:
    """Read who drafts which part of a public body's answers. A group's are drafted by nobody.

    Raises:
        NotAllowedError: the viewer may not see this body's answers.
    """
    if organisation_row(session, organisation_id).kind not in PUBLIC_KINDS:
        return Drafting()
    require(viewer, Act.READ_BODY_ANSWERS, organisation_id=organisation_id)
    return Drafting(people_of(session, organisation_id), _strands(session, period_id), viewer.account_id)


def bodies_that_draft(session: Session, *, viewer: Viewer) -> dict[int, str]:
    """Give the names of the public bodies for which somebody answers, by key and in the order of names.

    Raises:
        NotAllowedError: the viewer is neither a coordinator nor an administrator.
    """
    require(viewer, Act.KEEP_DRAFTING)
    rows = session.exec(
        select(Organisation.id, Organisation.name)
        .where(
            col(Organisation.kind).in_(PUBLIC_KINDS),
            col(Organisation.id).in_(select(AccountGrant.organisation_id).where(AccountGrant.role == Role.PARTNER)),
        )
        .order_by(func.lower(Organisation.name), col(Organisation.id))
    )
    return {key or 0: name for key, name in rows}


def drafting_of(session: Session, *, viewer: Viewer, organisation_id: int) -> Drafting:
    """Read who drafts which part of a public body's answers, for those who keep its people. It tells of no answer.

    The parts are the strands of the charter that the newest review is about, or of the newest one that can be assessed.

    Raises:
        NotAllowedError: the viewer may not say who drafts for this body.
        NotFoundError: there is no such organisation.
    """
    require(viewer, Act.KEEP_DRAFTING, organisation_id=organisation_id)
    body = organisation_row(session, organisation_id)
    reviewed = select(Period.charter_id).where(Period.made_up == body.made_up).order_by(col(Period.opens_on).desc())
    assessed = select(Charter.id).where(Charter.state == CharterState.ASSESSED).order_by(col(Charter.adopted_on).desc())
    charter_id = session.exec(reviewed).first() or session.exec(assessed).first()
    rows = session.exec(
        select(Strand.id, Strand.title)
        .join(Theme, col(Theme.id) == col(Strand.theme_id))
        .where(Theme.charter_id == charter_id)
        .order_by(col(Theme.position), col(Strand.position))
    )
    strands = tuple(StrandAsked(key or 0, title, frozenset()) for key, title in rows)
    return Drafting(people_of(session, organisation_id), strands, viewer.account_id)


def people_of(session: Session, organisation_id: int) -> tuple[Drafter, ...]:
    """Read everybody who answers for an organisation, by name. Those who are shut out are left out."""
    accounts = session.exec(
        select(Account.id, Account.name)
        .join(AccountGrant, col(AccountGrant.account_id) == col(Account.id))
        .where(
            AccountGrant.role == Role.PARTNER,
            AccountGrant.organisation_id == organisation_id,
            col(Account.disabled_at).is_(None),
        )
        .order_by(col(Account.name), col(Account.id))
    ).all()
    parts: dict[int, list[DraftingPart]] = {}
    for part in session.exec(select(DraftingPart).where(DraftingPart.organisation_id == organisation_id)):
        parts.setdefault(part.account_id, []).append(part)
    return tuple(_drafter(key or 0, name, parts.get(key or 0, [])) for key, name in accounts)


def _drafter(account_id: int, name: str, parts: Collection[DraftingPart]) -> Drafter:
    directorate = next((part.directorate for part in parts), "")
    return Drafter(account_id, name, directorate, frozenset(part.strand_id for part in parts))


def _strands(session: Session, period_id: int) -> tuple[StrandAsked, ...]:
    rows = session.exec(
        select(Strand.id, Strand.title, AskedCommitment.commitment_version_id)
        .join(Commitment, col(Commitment.strand_id) == col(Strand.id))
        .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == col(Commitment.id))
        .join(AskedCommitment, col(AskedCommitment.commitment_version_id) == col(CommitmentVersion.id))
        .join(Theme, col(Theme.id) == col(Strand.theme_id))
        .where(AskedCommitment.period_id == period_id)
        .order_by(col(Theme.position), col(Strand.position))
    )
    found: dict[tuple[int, str], set[int]] = {}
    for key, title, version in rows:
        found.setdefault((key or 0, title), set()).add(version)
    return tuple(StrandAsked(key, title, frozenset(versions)) for (key, title), versions in found.items())
