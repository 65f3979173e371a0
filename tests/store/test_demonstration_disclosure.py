"""Rule 9 in what the demonstration published: hidden figures are nowhere, and none follows from the shown ones."""

from collections import Counter

from sqlmodel import Session, SQLModel, col, select

from charter.figures.all_figures import FIGURE_TABLES
from charter.rules.disclosure import published_kind
from db.engine import Store
from db.models import (
    AskedCommitment,
    Commitment,
    CommitmentVersion,
    Release,
    ReleaseAnswer,
    ReleaseBodyAnswer,
    ReleaseInput,
    ReleaseResponse,
    ReleaseScore,
)
from db.types import Breakdown, OrganisationKind, Scope, Side, Withheld
from tests.rules.test_disclosure import Group, Table, leaking_unions
from tests.store.databases import one_database

DISCLOSIVE = {Withheld.FEW_OR_UNIFORM, Withheld.PROTECTS_ANOTHER}
NEVER_HIDDEN: tuple[type[SQLModel], ...] = (ReleaseResponse, ReleaseBodyAnswer)
# What may stand beside a hidden figure: which figure it is, and what is not made from anyone's answer.
KEPT = {
    *("id", "release_id", "before_release_id", "scope", "ref", "kind", "side", "owing_side", "measure", "breakdown"),
    *("group_code", "invited", "question", "contact_code", "option", "withheld", "direction", "listed_direction"),
    *("bodies_answered", "bodies_asked", "commitments", "commitments_shown", "commitments_asked"),
}


def test_no_hidden_figure_has_a_value_in_the_store(demo_read: Store) -> None:
    hidden: Counter[str] = Counter()
    with demo_read.reading() as session:
        for table in FIGURE_TABLES:
            if table in NEVER_HIDDEN:
                continue
            for row in session.exec(select(table)):
                values = row.model_dump()
                if values["withheld"] is not None:
                    hidden[f"{table.__tablename__} {values['withheld'] in DISCLOSIVE}"] += 1
                    left = {name: value for name, value in values.items() if name not in KEPT and value is not None}
                    assert left == {}, (table.__tablename__, values)
    assert hidden["release_score True"] > 100
    assert hidden["release_share True"] > 0


def cells(session: Session, release: int, ref: str) -> Table:
    """Count the levels that groups gave to one commitment, by kind and income, from the frozen inputs."""
    rows = session.exec(
        select(ReleaseInput.kind, ReleaseInput.income_band, ReleaseAnswer.level)
        .join(ReleaseAnswer, col(ReleaseAnswer.release_input_id) == ReleaseInput.id)
        .join(CommitmentVersion, col(CommitmentVersion.id) == ReleaseAnswer.commitment_version_id)
        .join(Commitment, col(Commitment.id) == CommitmentVersion.commitment_id)
        .where(
            ReleaseInput.release_id == release,
            ReleaseInput.side == Side.VCFSE,
            Commitment.ref == ref,
            col(ReleaseAnswer.level).is_not(None),
        )
    ).all()
    found: dict[tuple[str, str], list[int]] = {}
    for kind, income, level in rows:
        found.setdefault((published_kind(OrganisationKind(kind)), income), [0] * 5)[level or 0] += 1
    return {cell: tuple(counts) for cell, counts in found.items()}


def shown(session: Session, release: int, ref: str) -> list[Group] | None:
    """Give the groups that are shown of one commitment, or None where even the whole is hidden."""
    rows = session.exec(
        select(ReleaseScore).where(
            ReleaseScore.release_id == release,
            ReleaseScore.scope == Scope.COMMITMENT,
            ReleaseScore.ref == ref,
            ReleaseScore.side == Side.VCFSE,
            col(ReleaseScore.withheld).is_(None),
        )
    ).all()
    places = {Breakdown.KIND: 0, Breakdown.INCOME: 1}
    if not any(row.breakdown is Breakdown.WHOLE for row in rows):
        return None
    return [(places[row.breakdown], row.group_code) for row in rows if row.breakdown in places]


@one_database
def test_no_hidden_figure_follows_from_the_shown_ones(demo_read: Store) -> None:
    """Reckoned anew from the frozen answers and the published rows, for a third of all commitments."""
    tried = groups = 0
    with demo_read.reading() as session:
        for release in [row.id or 0 for row in session.exec(select(Release))]:
            refs = session.exec(
                select(Commitment.ref)
                .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == Commitment.id)
                .join(AskedCommitment, col(AskedCommitment.commitment_version_id) == CommitmentVersion.id)
                .join(Release, col(Release.period_id) == AskedCommitment.period_id)
                .where(Release.id == release)
                .order_by(Commitment.ref)
            ).all()
            for ref in refs[release % 3 :: 3]:
                table, figures = cells(session, release, ref), shown(session, release, ref)
                if figures is not None:
                    assert leaking_unions(table, figures) == 0, (release, ref)
                    tried, groups = tried + 1, groups + len(figures)
    assert tried > 30
    assert groups > 100
