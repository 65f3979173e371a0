"""How far a period has come: invited, started and submitted, in all and by kind, income and ward."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import case, func
from sqlmodel import Session, col

from charter.rules.access import Act, Viewer, require
from charter.words import BREAKDOWNS, INCOMES, KINDS, WARD_NOT_KNOWN
from db.models import Invitation, Organisation, SelfAssessment, Ward
from db.types import PUBLIC_KINDS, Breakdown, IncomeBand, OrganisationKind, SelfAssessmentState


@dataclass(frozen=True)
class Count:
    """How many of some organisations were invited, have begun and not sent yet, and have sent their answers."""

    label: str
    invited: int
    started: int
    submitted: int

    @property
    def missing(self) -> int:
        """How many have not sent their answers."""
        return self.invited - self.submitted


@dataclass(frozen=True)
class Progress:
    """How far a period has come."""

    groups: Count
    bodies: Count
    by: dict[Breakdown, tuple[Count, ...]]


@dataclass(frozen=True)
class _Cell:
    kind: OrganisationKind
    income: IncomeBand
    ward: str
    invited: int
    started: int
    submitted: int


def count_responses(session: Session, *, viewer: Viewer, period_id: int) -> Progress:
    """Count, in one query, who was invited, has started and has submitted.

    Wards are put in order of their names, kinds and incomes in their usual order.

    Raises:
        NotAllowedError: the viewer may not see who answered.
    """
    require(viewer, Act.READ_RESPONSES)
    cells = _cells(session, period_id)
    groups = [cell for cell in cells if cell.kind not in PUBLIC_KINDS]
    wards = sorted({cell.ward for cell in groups}, key=lambda ward: (ward == WARD_NOT_KNOWN, ward))
    return Progress(
        groups=_sum("All groups", groups),
        bodies=_sum("Public bodies", [cell for cell in cells if cell.kind in PUBLIC_KINDS]),
        by={
            Breakdown.KIND: _split(groups, [(KINDS[kind], _is_of(kind)) for kind in KINDS]),
            Breakdown.INCOME: _split(groups, [(INCOMES[band], _earns(band)) for band in INCOMES]),
            Breakdown.WARD: _split(groups, [(ward, _lies_in(ward)) for ward in wards]),
        },
    )


def count_table(counts: Sequence[Count], breakdown: Breakdown) -> pd.DataFrame:
    """Tabulate counts as words, for the screen."""
    return pd.DataFrame(
        {
            BREAKDOWNS[breakdown]: [count.label for count in counts],
            "Sent": [f"{count.submitted} of {count.invited}" for count in counts],
            "Begun, not sent": [str(count.started) for count in counts],
            "Not begun": [str(count.missing - count.started) for count in counts],
        },
        dtype=str,
    )


def _cells(session: Session, period_id: int) -> list[_Cell]:
    draft = col(SelfAssessment.state) == SelfAssessmentState.DRAFT
    statement = (
        sa.select(
            col(Organisation.kind),
            col(Organisation.income_band),
            col(Ward.name),
            func.count(),
            func.sum(case((draft, 1), else_=0)),
            func.sum(case((col(SelfAssessment.id).is_not(None) & ~draft, 1), else_=0)),
        )
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .outerjoin(Ward, col(Ward.id) == col(Organisation.ward_id))
        .outerjoin(
            SelfAssessment,
            (col(SelfAssessment.organisation_id) == col(Organisation.id))
            & (col(SelfAssessment.period_id) == col(Invitation.period_id)),
        )
        .where(col(Invitation.period_id) == period_id, col(Invitation.removed_at).is_(None))
        .group_by(col(Organisation.kind), col(Organisation.income_band), col(Ward.name))
    )
    return [
        _Cell(kind, income, ward or WARD_NOT_KNOWN, int(invited), int(started), int(submitted))
        for kind, income, ward, invited, started, submitted in session.execute(statement)
    ]


def _split(cells: Sequence[_Cell], parts: Sequence[tuple[str, Callable[[_Cell], bool]]]) -> tuple[Count, ...]:
    """Count each part; one of which nobody was invited is left out."""
    counts = (_sum(label, [cell for cell in cells if belongs(cell)]) for label, belongs in parts)
    return tuple(count for count in counts if count.invited)


def _sum(label: str, cells: Sequence[_Cell]) -> Count:
    return Count(
        label,
        sum(cell.invited for cell in cells),
        sum(cell.started for cell in cells),
        sum(cell.submitted for cell in cells),
    )


def _is_of(kind: OrganisationKind) -> Callable[[_Cell], bool]:
    return lambda cell: cell.kind is kind


def _earns(band: IncomeBand) -> Callable[[_Cell], bool]:
    return lambda cell: cell.income is band


def _lies_in(ward: str) -> Callable[[_Cell], bool]:
    return lambda cell: cell.ward == ward
