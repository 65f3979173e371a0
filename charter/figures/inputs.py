"""The frozen inputs of a release: who was invited, what each was asked, and what counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from charter.questions import AskedVersion
from charter.rules.corrections import hidden_in_either
from charter.rules.disclosure import Suppression, published_kind, suppress
from charter.rules.scoring import CommitmentAnswers
from db.types import Breakdown, IncomeBand, Measure, NoLevel, OrganisationKind, Side

GroupKey = tuple[Breakdown, str]
WHOLE: GroupKey = (Breakdown.WHOLE, "")
_SCORED = (Breakdown.KIND, Breakdown.INCOME)


class FrozenAnswer(NamedTuple):
    """A question that an organisation was asked, with the answer that counted, if one did."""

    measure: Measure
    owes: bool
    level: int | None = None
    no_level: NoLevel | None = None
    carried_over: bool = False


@dataclass(frozen=True)
class FrozenOrganisation:
    """An invited organisation as it was when the period closed. `answers` is keyed by commitment reference."""

    organisation_id: int
    name: str
    side: Side
    kind: OrganisationKind
    income_band: IncomeBand
    ward: str
    counted: bool
    influence: str | None
    contact: str | None
    engagement_level: str | None
    answers: Mapping[str, FrozenAnswer]


@dataclass(frozen=True)
class FrozenPeriod:
    """Everything that a release's figures are made from.

    Attributes:
        held_back: in a correction, what of each commitment must not be shown beside the earlier releases (rule 9f).
        changed: in a correction, whose answers to each commitment differ from those in each earlier release.
    """

    versions: tuple[AskedVersion, ...]
    organisations: tuple[FrozenOrganisation, ...]
    threshold: int
    known_sector: int | None
    held_back: Mapping[str, Suppression] = field(default_factory=dict)
    changed: Mapping[str, tuple[frozenset[int], ...]] = field(default_factory=dict)

    @cached_property
    def groups_side(self) -> tuple[FrozenOrganisation, ...]:
        """The invited groups: the VCFSE side."""
        return tuple(found for found in self.organisations if found.side is Side.VCFSE)

    @cached_property
    def bodies(self) -> tuple[FrozenOrganisation, ...]:
        """The invited public bodies."""
        return tuple(found for found in self.organisations if found.side is Side.PUBLIC)

    @cached_property
    def members(self) -> Mapping[GroupKey, tuple[FrozenOrganisation, ...]]:
        """The invited groups of each breakdown for which scores are published, the whole among them."""
        found: dict[GroupKey, list[FrozenOrganisation]] = {WHOLE: list(self.groups_side)}
        for organisation in self.groups_side:
            for breakdown in _SCORED:
                found.setdefault((breakdown, group_code(organisation, breakdown)), []).append(organisation)
        return {key: tuple(members) for key, members in sorted(found.items())}

    @cached_property
    def sector(self) -> Mapping[str, Mapping[GroupKey, CommitmentAnswers]]:
        """The groups' answers to each commitment that was asked of any of them, by breakdown."""
        asked = {ref for organisation in self.groups_side for ref in organisation.answers}
        return {
            version.ref: {key: answers_of(members, version.ref) for key, members in self.members.items()}
            for version in self.versions
            if version.ref in asked
        }

    @cached_property
    def suppressions(self) -> Mapping[str, Suppression]:
        """What of each commitment's answers may be shown."""
        cells: dict[tuple[str, str], list[FrozenOrganisation]] = {}
        for found in self.groups_side:
            cell = (group_code(found, Breakdown.KIND), group_code(found, Breakdown.INCOME))
            cells.setdefault(cell, []).append(found)
        own = {
            ref: suppress(
                {cell: answers_of(members, ref).level_counts for cell, members in cells.items()},
                threshold=self.threshold,
            )
            for ref in self.sector
        }
        held = {ref: hidden_in_either(own[ref], reasons) for ref, reasons in self.held_back.items()}
        return {**own, **held}

    @cached_property
    def response(self) -> float | None:
        """The share (0 to 1) of the invited groups that submitted."""
        if not self.groups_side:
            return None
        return sum(found.counted for found in self.groups_side) / len(self.groups_side)

    def measure(self, ref: str, side: Side) -> Measure | None:
        """What a side rates of a commitment, or None where it was not asked."""
        members = self.groups_side if side is Side.VCFSE else self.bodies
        return next((found.answers[ref].measure for found in members if ref in found.answers), None)

    def body_levels(self, ref: str) -> tuple[int, ...]:
        """The levels that public bodies gave to a commitment."""
        given = (found.answers[ref].level for found in self.bodies if ref in found.answers)
        return tuple(level for level in given if level is not None)

    def bodies_asked(self, ref: str) -> int:
        """How many public bodies were asked about a commitment."""
        return sum(ref in found.answers for found in self.bodies)


def group_code(organisation: FrozenOrganisation, breakdown: Breakdown) -> str:
    """Give the code of the group that an organisation counts in."""
    match breakdown:
        case Breakdown.KIND:
            return published_kind(organisation.kind).value
        case Breakdown.INCOME:
            return organisation.income_band.value
        case Breakdown.WARD:
            return organisation.ward or "not_known"
        case Breakdown.WHOLE:
            return ""


def answers_of(members: Iterable[FrozenOrganisation], ref: str) -> CommitmentAnswers:
    """Count some organisations' answers to one commitment."""
    asked = {found.organisation_id: found.answers[ref] for found in members if ref in found.answers}
    kinds = [answer.no_level for answer in asked.values()]
    return CommitmentAnswers(
        invited=len(asked),
        levels={key: answer.level for key, answer in asked.items() if answer.level is not None},
        does_not_apply=kinds.count(NoLevel.DOES_NOT_APPLY),
        dont_know=kinds.count(NoLevel.DONT_KNOW),
    )
