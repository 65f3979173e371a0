"""What a period asks of whom: the form as data."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from charter.rules.scoring import measure_asked
from db.models import Adoption, AskedCommitment, Commitment, CommitmentVersion, Strand, Theme
from db.types import PUBLIC_KINDS, Continuity, Meaning, Measure, OrganisationKind, OwedBy, Side


@dataclass(frozen=True)
class AskedVersion:
    """A version of a commitment that a period asks about, with where it stands in its charter."""

    version_id: int
    commitment_id: int
    ref: str
    number: int
    title: str
    summary: str
    theme_ref: str
    theme_title: str
    scored: bool
    strand_ref: str
    strand_title: str
    owed_by: OwedBy
    seen_by_sector: bool
    core: bool
    practice_question: str
    experience_question: str | None


@dataclass(frozen=True)
class Question:
    """What one organisation is asked about one commitment."""

    version: AskedVersion
    measure: Measure
    owes: bool

    @property
    def text(self) -> str:
        """The question's words."""
        if self.measure is Measure.EXPERIENCE and self.version.experience_question:
            return self.version.experience_question
        return self.version.practice_question


def side_of(kind: OrganisationKind) -> Side:
    """Tell which side an organisation of a kind is on. Boards own actions and are never asked."""
    return Side.PUBLIC if kind in PUBLIC_KINDS else Side.VCFSE


def asked_versions(session: Session, *, period_id: int) -> tuple[AskedVersion, ...]:
    """Read what a period asks about, in the order of its charter."""
    asked = select(AskedCommitment.commitment_version_id).where(AskedCommitment.period_id == period_id)
    return _versions(session, col(CommitmentVersion.id).in_(asked))


def newest_versions(session: Session, *, charter_id: int) -> tuple[AskedVersion, ...]:
    """Read what a period that opened now would ask about: the newest version of each, but for a one-off that is done.

    They are in the order of the charter.
    """
    newest = (
        select(func.max(col(CommitmentVersion.number)))
        .where(col(CommitmentVersion.commitment_id) == col(Commitment.id))
        .correlate(Commitment)
        .scalar_subquery()
    )
    return _versions(
        session,
        (col(Commitment.charter_id) == charter_id)
        & (col(CommitmentVersion.number) == newest)
        & ((col(Commitment.continuity) == Continuity.STANDING) | col(Commitment.done_on).is_(None)),
    )


def _versions(session: Session, wanted: ColumnElement[bool]) -> tuple[AskedVersion, ...]:
    statement = (
        select(CommitmentVersion, Commitment, Strand, Theme)
        .join(Commitment, col(Commitment.id) == CommitmentVersion.commitment_id)
        .join(Strand, col(Strand.id) == Commitment.strand_id)
        .join(Theme, col(Theme.id) == Strand.theme_id)
        .where(wanted)
        .order_by(col(Theme.position), col(Strand.position), col(Commitment.position))
    )
    return tuple(
        AskedVersion(
            version_id=version.id or 0,
            commitment_id=version.commitment_id,
            ref=commitment.ref,
            number=version.number,
            title=version.title,
            summary=version.summary,
            theme_ref=theme.ref,
            theme_title=theme.title,
            scored=theme.scored,
            strand_ref=strand.ref,
            strand_title=strand.title,
            owed_by=version.owed_by,
            seen_by_sector=version.seen_by_sector,
            core=version.core,
            practice_question=version.practice_question,
            experience_question=version.experience_question,
        )
        for version, commitment, strand, theme in session.exec(statement)
    )


def owing_bodies(session: Session, *, on: date) -> Mapping[int, frozenset[int]]:
    """Read which organisations had adopted each commitment, or are named in its source, on a day.

    One that left the charter since stays among them, as a period that was open then goes on asking it. It is not
    invited to later ones: `charter/inviting.py`.
    """
    found: dict[int, set[int]] = {}
    for adoption in session.exec(select(Adoption).where(Adoption.adopted_on <= on)):
        found.setdefault(adoption.commitment_id, set()).add(adoption.organisation_id)
    return {commitment: frozenset(bodies) for commitment, bodies in found.items()}


def questions_asked(
    session: Session, *, period_id: int, opens_on: date, organisation_id: int, side: Side
) -> tuple[Question, ...]:
    """Read what one organisation is asked in a period, by what is owed on the day on which it opens."""
    versions, owing = asked_versions(session, period_id=period_id), owing_bodies(session, on=opens_on)
    return questions_for(versions, organisation_id=organisation_id, side=side, owing=owing)


def questions_for(
    versions: Sequence[AskedVersion],
    *,
    organisation_id: int,
    side: Side,
    owing: Mapping[int, Collection[int]],
) -> tuple[Question, ...]:
    """Choose what one organisation is asked, core commitments first, by rule 1 of the method."""
    questions = []
    for version in versions:
        owes = _owes(version, organisation_id=organisation_id, side=side, owing=owing)
        measure = measure_asked(owed_by=version.owed_by, seen_by_sector=version.seen_by_sector, side=side, owes=owes)
        if measure is not None:
            questions.append(Question(version=version, measure=measure, owes=owes))
    return tuple(sorted(questions, key=lambda question: not question.version.core))


def same_meaning(
    session: Session, *, first: Mapping[str, int], second: Mapping[str, int], charter_id: int
) -> frozenset[str]:
    """Tell which commitments mean the same in two periods: no version between the two changed the meaning.

    Args:
        session: a session.
        first: commitment reference to version number, in one period.
        second: the same, in the other period.
        charter_id: the charter that both periods ask about.
    """
    statement = (
        select(Commitment.ref, CommitmentVersion.number)
        .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == Commitment.id)
        .where(Commitment.charter_id == charter_id, CommitmentVersion.meaning == Meaning.CHANGED)
    )
    changed = session.exec(statement).all()
    return frozenset(
        ref
        for ref in first.keys() & second.keys()
        if not any(
            found == ref and min(first[ref], second[ref]) < number <= max(first[ref], second[ref])
            for found, number in changed
        )
    )


def _owes(version: AskedVersion, *, organisation_id: int, side: Side, owing: Mapping[int, Collection[int]]) -> bool:
    match version.owed_by:
        case OwedBy.ALL_PARTNERS:
            return True
        case OwedBy.VCFSE:
            return side is Side.VCFSE
        case OwedBy.ALL_PUBLIC_BODIES:
            return side is Side.PUBLIC
        case OwedBy.NAMED_BODIES:
            return organisation_id in owing.get(version.commitment_id, ())
